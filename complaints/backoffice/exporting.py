"""Cases as a table to download: the list as it is filtered, newest first, in constant memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.access import EXPORT_PERSONAL
from complaints.backoffice.access_log import log_export
from complaints.backoffice.entry import sees_words
from complaints.backoffice.export_columns import Columns
from complaints.backoffice.export_purpose import CaseTableForm, begin, finish, watermark
from complaints.backoffice.listing import STYLES, CaseListView
from complaints.backoffice.paging import ORDERS, Cursor, page_of
from complaints.models import Case, ExportLog
from complaints.models.case import CaseQuerySet

#: So many cases are read, written and forgotten at once.
BATCH = 500
#: With more rows it is asked whether they are all wanted; a spreadsheet takes a million.
MANY = 100_000
ORDER = ORDERS["-received_at"]
#: Spreadsheets take a file for UTF-8 only if it begins with this mark.
BOM = "\ufeff"


class CaseExportView(CaseListView):
    """What the list shows, for the same people, as CSV. Without a tab: all that they see.

    First a page asks what for. Names and words come along only if they are chosen there, by who has
    the permission, and only of the cases whose words this person may read; each of those is noted
    in the access log.
    """

    finds_whole = True
    page_title = _("Take a table along")
    header_icon = "download"
    export_template = "conduct_complaints/backoffice/export.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.filters and not self.filters.is_valid():
            return self._back_to_filters(request)
        return self._ask(self._form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.filters and not self.filters.is_valid():
            return self._back_to_filters(request)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._ask(form)
        return self._send(form)

    def _back_to_filters(self, request: HttpRequest) -> HttpResponseBase:
        # The list says what is wrong; without its filter this would be another export.
        return HttpResponseRedirect(f"{self.index_url}?{request.GET.urlencode()}")

    def _form(self, data: Any = None) -> CaseTableForm:
        return CaseTableForm(data, may_have_names=may_take_names(self.request.user))

    def _send(self, form: CaseTableForm) -> HttpResponseBase:
        log = begin(
            self.request.user,
            "cases",
            asked_for=self.asked_for,
            purpose=form.cleaned_data["purpose"],
            purpose_note=form.cleaned_data["purpose_note"],
            personal=form.personal,
        )
        columns = Columns(viewer=self.request.user, personal=form.personal, mark=watermark(log))
        response = StreamingHttpResponse(
            _lines(self.get_queryset(), columns, log), content_type="text/csv; charset=utf-8"
        )
        name = f"cases-{timezone.localdate().isoformat()}-{log.reference}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response

    def get_base_queryset(self) -> CaseQuerySet:
        cases = Case.objects.visible_to(self.request.user)
        if "preset" in self.kwargs:
            cases = self.preset.narrow(cases, self.request.user, self.now)
        return cases.select_related("complainant", "handler").prefetch_related(
            "issues__category", "issues__promise", "extra_answers__option"
        )

    @property
    def asked_for(self) -> str:
        """The list and its filters, never what was searched for: it may name a person."""
        tab = self.preset.slug if "preset" in self.kwargs else "all"
        query = self.request.GET.copy()
        for name in [name for name in query if name not in self.filterset_class.base_filters]:
            # A range of dates has two parts.
            if name.rsplit("_", 1)[0] not in self.filterset_class.base_filters:
                del query[name]
        return f"{tab} {query.urlencode()}".strip()

    def _ask(self, form: CaseTableForm) -> HttpResponseBase:
        found = _count(self.get_queryset())
        cases = {"url": self.index_url, "label": _("Cases")}
        context = {
            "breadcrumbs_items": [
                *self.breadcrumbs_items,
                cases,
                {"url": "", "label": self.page_title},
            ],
            "header_title": self.page_title,
            "header_icon": self.header_icon,
            "page_title": self.page_title,
            "form": form,
            "found": min(found, MANY),
            "is_large": found > MANY,
            "list_label": self.preset.label if "preset" in self.kwargs else _("All cases"),
            "is_narrowed": bool(self.is_filtering or self.is_searching),
            "index_url": self.index_url,
            "media": form.media + STYLES,
        }
        return TemplateResponse(self.request, self.export_template, context)


def may_take_names(user: Any) -> bool:
    """Has the permission for it, and may read words of cases at all."""
    return bool(user.has_perm(EXPORT_PERSONAL) and sees_words(user))


def _count(cases: CaseQuerySet) -> int:
    return cases.order_by("-received_at", "-pk").values("pk")[: MANY + 1].count()


class _Line:
    """What `csv` writes into: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(cases: CaseQuerySet, columns: Columns, log: ExportLog) -> Iterator[str]:
    """Batch by batch, each from its own short query. Who reads what is noted before it is sent."""
    write = csv.writer(_Line()).writerow
    written, complete = 0, False
    yield BOM + write(columns.names)
    cursor: Cursor | None = None
    try:
        while not complete:
            page = page_of(cases, ORDER, size=BATCH, cursor=cursor)
            if columns.personal:
                read = [case for case in page.rows if columns.may_read(case)]
                log_export(read, log.user, timezone.now(), log)
            lines = "".join(write(columns.values(case)) for case in page.rows)
            # Counted first: should it break off here, nobody knows how much of it has arrived.
            written += len(page.rows)
            yield lines
            cursor = Cursor.parse(page.next, ORDER)
            complete = cursor is None
    finally:
        finish(log, written, complete=complete)
