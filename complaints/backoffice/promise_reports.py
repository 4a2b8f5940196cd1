"""Reports about promises: kept or not, complaints about each, the nightly collection (8.1, 8.2).

Numbers only, for leads (of their own teams' cases), quality managers and auditors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import AUDIT, LEAD, OVERSEE
from complaints.analysis.promise_complaints import PromiseComplaints, promise_complaints
from complaints.analysis.promise_figures import code_reports
from complaints.backoffice.configuration_report import may_see_changes
from complaints.backoffice.export_purpose import begin, finish
from complaints.backoffice.helping.view import GUIDE
from complaints.backoffice.refused_report import PeriodForm, days_of
from complaints.models import Case, ExportLog
from complaints.transfer.files import CONTENT_TYPES, write
from conduct.gaps import Gap
from conduct.models import CollectedFigures, CollectionRun

PER_PAGE = 30
MEASURED = ("code", "span", "since", "until", "indicator", "kept", "measured", "source")
COUNTED = (
    "complaints",
    "inquiries",
    "remedies_due",
    "remedies_delivered",
    "remedies_on_time",
    "costs",
)


def may_see_promises(user: Any) -> bool:
    """Leads, quality managers, auditors and administrators (who have every permission)."""
    return bool(user.is_active and any(user.has_perm(p) for p in (LEAD, OVERSEE, AUDIT)))


class PromiseReportMixin(WagtailAdminTemplateMixin):
    request: HttpRequest
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: Any) -> bool:
        return may_see_promises(user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def table(self, name: str, headings: Sequence[str], rows: list[list[Any]]) -> HttpResponse:
        """A CSV file, noted as every table that leaves the house is."""
        log = begin(self.request.user, name, purpose=ExportLog.Purpose.STATISTICS, personal=False)
        response = HttpResponse(write("csv", headings, rows), content_type=CONTENT_TYPES["csv"])
        finish(log, len(rows))
        filename = f"{name}-{timezone.localdate().isoformat()}.csv"
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        response["Cache-Control"] = "no-store"
        return response


class PromisesReportView(PromiseReportMixin, TemplateView):
    """Every code and promise against its target, with trend, number, range, breaches, causes."""

    template_name = "conduct_complaints/backoffice/promises.html"
    page_title = gettext_lazy("How promises were kept")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cases = Case.objects.visible_to(self.request.user)
        return super().get_context_data(**kwargs) | {
            "codes": code_reports(cases, now=timezone.now()),
            "last": CollectionRun.objects.first(),
            "may_see_collections": may_see_changes(self.request.user),
            "media": GUIDE,
        }


class CollectedTableView(PromiseReportMixin, TemplateView):
    """The rows that the figures are made of, so that anybody can recompute them."""

    http_method_names = ["get"]
    page_title = gettext_lazy("Collected figures")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # What cases tell is about all teams: for those who see all.
        names = (*MEASURED, *COUNTED) if may_see_changes(request.user) else MEASURED
        return self.table("collectedfigures", names, list(collected_rows(names)))


def collected_rows(names: Sequence[str]) -> Iterator[list[Any]]:
    rows = CollectedFigures.objects.select_related("promise")
    for row in rows.order_by("promise__order", "promise__code", "span", "since"):
        yield [_cell(row, name) for name in names]


def _cell(row: CollectedFigures, name: str) -> Any:
    if name == "code":
        return row.promise.code
    value = getattr(row, name)
    if name == "costs":
        return json.dumps(value, sort_keys=True) if value else ""
    return value if isinstance(value, int) else str(value)


class PromiseComplaintsView(PromiseReportMixin, TemplateView):
    """Complaints and disputes by promise, and what no promise covers."""

    template_name = "conduct_complaints/backoffice/promise_complaints.html"
    page_title = gettext_lazy("Complaints by promise")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "csv":
            _form, lines = self.lines()
            return self.table("promisecomplaints", HEADINGS, [_line(line) for line in lines])
        return super().get(request, *args, **kwargs)

    def lines(self) -> tuple[PeriodForm, list[PromiseComplaints]]:
        asked = {"since", "until"} & set(self.request.GET)
        form = PeriodForm(self.request.GET if asked else None)
        days = days_of(form)
        form.initial = {"since": days.first, "until": days.last}
        cases = Case.objects.visible_to(self.request.user)
        return form, promise_complaints(cases, since=days.since, until=days.until)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, lines = self.lines()
        query = self.request.GET.copy()
        query["format"] = "csv"
        return super().get_context_data(**kwargs) | {
            "form": form,
            "lines": lines,
            "uncovered": lines[-1],
            "csv_query": query.urlencode(),
            "media": form.media + GUIDE,
        }


HEADINGS = ("code", "complaints", "disputes", "questions", "upheld", "causes")


def _line(line: PromiseComplaints) -> list[Any]:
    causes = [f"{row.cause or _('cause not named')}: {row.count}" for row in line.causes]
    code = line.promise.code if line.promise else ""
    counts = [line.complaints, line.disputes, line.questions, line.upheld]
    return [code, *counts, "; ".join(causes)]


class CollectionsView(PromiseReportMixin, TemplateView):
    """What each night collected, and what was missing."""

    template_name = "conduct_complaints/backoffice/collections.html"
    page_title = gettext_lazy("What was collected each night")

    def is_allowed(self, user: Any) -> bool:
        return may_see_changes(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = Paginator(CollectionRun.objects.all(), PER_PAGE)
        page = runs.get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "runs": [(run, [Gap.from_json(gap) for gap in run.gaps]) for run in page],
            "media": GUIDE,
        }
