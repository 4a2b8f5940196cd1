"""Report: what was not taken as a complaint, by reason. Numbers only, so overseers see it, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from complaints.analysis.refusals import Refusal, count_received, refusals
from complaints.backoffice.entry import CaseStaffMixin
from complaints.backoffice.listing import STYLES
from complaints.models import Case


class PeriodForm(forms.Form):
    """The last twelve months unless somebody chooses otherwise."""

    since = forms.DateField(label=_("Received from"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=_("To"), required=False, widget=AdminDateInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first one."))
        return data


@dataclass(frozen=True)
class Days:
    """Whole days in the time zone of the screen, the last one included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def until(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))


def days_of(form: PeriodForm) -> Days:
    given = form.cleaned_data if form.is_valid() else {}
    last = given.get("until") or timezone.localdate()
    return Days(given.get("since") or last - timedelta(days=364), last)


class RefusedReportView(CaseStaffMixin, WagtailAdminTemplateMixin, TemplateView):
    """Of the cases that the viewer may see: nobody learns of one about themselves."""

    template_name = "conduct_complaints/backoffice/refused.html"
    page_title = _("Not taken as a complaint, by reason")
    header_icon = "table"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {"since", "until"} & set(self.request.GET)
        form = PeriodForm(self.request.GET if asked else None)
        days = days_of(form)
        form.initial = {"since": days.first, "until": days.last}
        cases = Case.objects.visible_to(self.request.user)
        rows: list[Refusal] = refusals(cases, since=days.since, until=days.until)
        received = (
            rows[0].received if rows else count_received(cases, since=days.since, until=days.until)
        )
        return super().get_context_data(**kwargs) | {
            "form": form,
            "days": days,
            "rows": rows,
            "refused": sum(row.count for row in rows),
            "received": received,
            "media": form.media + STYLES,
        }
