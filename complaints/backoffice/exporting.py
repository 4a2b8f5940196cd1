"""Cases as a table to download: the list as it is filtered, newest first, in constant memory."""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from complaints.backoffice.access_log import log_export
from complaints.backoffice.entry import sees_words
from complaints.backoffice.export_columns import Columns
from complaints.backoffice.listing import CaseListView
from complaints.backoffice.paging import ORDERS, Cursor, page_of
from complaints.models import Case
from complaints.models.case import CaseQuerySet

logger = logging.getLogger(__name__)
#: So many cases are read, written and forgotten at once.
BATCH = 500
#: With more rows it is asked whether they are all wanted; a spreadsheet takes a million.
MANY = 100_000
ORDER = ORDERS["-received_at"]
#: Spreadsheets take a file for UTF-8 only if it begins with this mark.
BOM = "\ufeff"


class CaseExportView(CaseListView):
    """What the list shows, for the same people, as CSV. Without a tab: all that they see.

    Names and words come along only with `?personal=1`, and only of the cases whose words this
    person may read; each of those is noted in the access log.
    """

    finds_whole = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.filters and not self.filters.is_valid():
            # The list says what is wrong; without its filter this would be another export.
            return HttpResponseRedirect(f"{self.index_url}?{request.GET.urlencode()}")
        cases = self.get_queryset()
        if "all" not in request.GET and _is_large(cases):
            return self._ask_first(request)
        personal = "personal" in request.GET and sees_words(request.user)
        columns = Columns(viewer=request.user, personal=personal)
        response = StreamingHttpResponse(
            _lines(cases, columns, request.user, self.asked_for),
            content_type="text/csv; charset=utf-8",
        )
        name = f"cases-{timezone.localdate().isoformat()}.csv"
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

    def _ask_first(self, request: HttpRequest) -> HttpResponseBase:
        query = request.GET.copy()
        query["all"] = "1"
        return TemplateResponse(
            request,
            "conduct_complaints/backoffice/export_large.html",
            {"limit": MANY, "go_on": f"?{query.urlencode()}", "index_url": self.index_url},
        )


def _is_large(cases: CaseQuerySet) -> bool:
    return cases.order_by("-received_at", "-pk").values("pk")[: MANY + 1].count() > MANY


class _Line:
    """What `csv` writes into: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(cases: CaseQuerySet, columns: Columns, user: Any, asked_for: str) -> Iterator[str]:
    """Batch by batch, each from its own short query. Who reads what is noted before it is sent."""
    write = csv.writer(_Line()).writerow
    written = 0
    yield BOM + write(columns.names)
    cursor: Cursor | None = None
    try:
        while True:
            page = page_of(cases, ORDER, size=BATCH, cursor=cursor)
            if columns.personal:
                log_export([c for c in page.rows if columns.may_read(c)], user, timezone.now())
            yield "".join(write(columns.values(case)) for case in page.rows)
            written += len(page.rows)
            cursor = Cursor.parse(page.next, ORDER)
            if cursor is None:
                return
    finally:
        kind = "with personal data" if columns.personal else "without personal data"
        logger.info(
            "User %s exported %s cases %s: %s", user.pk, written, kind, asked_for or "no filter"
        )
