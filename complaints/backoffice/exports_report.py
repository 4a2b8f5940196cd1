"""Report: which tables left the house, for privacy officers and auditors (GDPR 32)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.backoffice.appearance import person_name
from complaints.backoffice.held_report import may_see_register
from complaints.backoffice.listing import STYLES
from complaints.models import ExportLog

PER_PAGE = 50
RECENT = timedelta(days=30)
#: So many people are counted; who takes many tables along stands first.
PEOPLE = 10


class TraceForm(forms.Form):
    """A table that was found is traced by the mark in its rows."""

    reference = forms.CharField(
        label=gettext_lazy("Mark in a table"),
        help_text=gettext_lazy("Such as E-7K2M-9QPD, from the last column."),
        max_length=200,
        required=False,
    )


class ExportsReportView(WagtailAdminTemplateMixin, TemplateView):
    """Newest first, and how many each person took along lately."""

    template_name = "conduct_complaints/backoffice/exports.html"
    page_title = gettext_lazy("Tables taken along")
    header_icon = "download"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_register(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = TraceForm(self.request.GET or None)
        reference = form.cleaned_data["reference"] if form.is_valid() else ""
        page = Paginator(_exports(reference), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "form": form,
            "page": page,
            "lines": [_Line(e, person_name(e.user), _table_name(e.table)) for e in page],
            "reference": reference,
            "people": _people(),
            "media": form.media + STYLES,
        }


class _Line(NamedTuple):
    export: ExportLog
    person: str
    table: str


def _exports(reference: str) -> QuerySet[ExportLog]:
    exports = ExportLog.objects.select_related("user")
    if not reference:
        return exports
    # The whole cell may be pasted: the reference is its first word.
    return exports.filter(reference=reference.replace("'", "").split(" ")[0].strip().upper())


def _table_name(table: str) -> str:
    if table == "cases":
        return _("Cases")
    try:
        model = apps.get_model("conduct_complaints", table)
    except LookupError:
        return table
    return str(model._meta.verbose_name_plural).capitalize()


def _people() -> list[dict[str, Any]]:
    since = timezone.now() - RECENT
    counted = list(
        ExportLog.objects.filter(at__gte=since)
        .order_by()
        .values("user")
        .annotate(
            tables=Count("pk"),
            personal=Count("pk", filter=Q(personal=True)),
            most=Max("rows"),
        )
        .order_by("-personal", "-tables", "user")[:PEOPLE]
    )
    users = get_user_model()._default_manager.in_bulk([row["user"] for row in counted])
    return [row | {"name": person_name(users[row["user"]])} for row in counted]
