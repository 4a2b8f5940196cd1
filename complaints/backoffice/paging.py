"""Pages by key instead of by number: the thousandth costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.models import Case
from complaints.models.case import CaseQuerySet

#: Counting stops here, the list says "1,000+".
COUNT_LIMIT = 1000
#: And here where filters narrow the list.
FILTERED_LIMIT = 100


@dataclass(frozen=True)
class Order:
    """One order of the list: by a date, then by id, so that no two rows tie."""

    name: str
    field: str
    label: LazyText

    @property
    def descending(self) -> bool:
        return self.name.startswith("-")

    @property
    def fields(self) -> tuple[str, str]:
        """What to order by, for a query."""
        return self.name, "-pk" if self.descending else "pk"


ORDERS = {
    order.name: order
    for order in (
        Order("due_at", "due_at", _("Soonest due first")),
        Order("-due_at", "due_at", _("Latest due first")),
        Order("-received_at", "received_at", _("Newest received first")),
        Order("received_at", "received_at", _("Oldest received first")),
        Order("-changed_at", "changed_at", _("Last changed first")),
        Order("changed_at", "changed_at", _("Longest unchanged first")),
    )
}


@dataclass(frozen=True)
class Cursor:
    """The row that a page begins after, or ends before."""

    value: datetime
    pk: int
    backwards: bool = False

    @classmethod
    def parse(cls, text: str | None, order: Order) -> Cursor | None:
        """None for what isn't a cursor of this order: a mangled address shows the first page."""
        try:
            side, name, value, pk = (text or "").split("~")
            moment = datetime.fromisoformat(value)
            number = int(pk)
            if name != order.name or side not in {"after", "before"} or moment.tzinfo is None:
                return None
            # Here, because a moment may lie outside of the calendar only as UTC.
            moment = moment.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        return cls(moment, number, backwards=side == "before")


@dataclass(frozen=True)
class KeysetPage:
    """Some rows; `next` and `previous` are cursors for the address, empty at an end."""

    rows: list[Case]
    next: str = ""
    previous: str = ""


def _cursor_text(side: str, case: Case, order: Order) -> str:
    value = getattr(case, order.field).astimezone(UTC).isoformat()
    return f"{side}~{order.name}~{value}~{case.pk}"


def page_of(
    cases: CaseQuerySet, order: Order, *, size: int, cursor: Cursor | None = None
) -> KeysetPage:
    """One page of the cases in the order."""
    backwards = cursor is not None and cursor.backwards
    falling = order.descending != backwards
    if cursor is not None:
        # The first condition is what the index is searched with, the second settles ties.
        side = "lt" if falling else "gt"
        cases = cases.filter(**{f"{order.field}__{side}e": cursor.value}).filter(
            Q(**{f"{order.field}__{side}": cursor.value}) | Q(**{f"pk__{side}": cursor.pk})
        )
    sign = "-" if falling else ""
    found = list(cases.order_by(f"{sign}{order.field}", f"{sign}pk")[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (more or backwards)
    has_previous = bool(rows) and (more if backwards else cursor is not None)
    return KeysetPage(
        rows,
        next=_cursor_text("after", rows[-1], order) if has_next else "",
        previous=_cursor_text("before", rows[0], order) if has_previous else "",
    )


def capped_count(cases: CaseQuerySet, order: Order, limit: int | None = None) -> int:
    """How many, counted up to one more than `limit` (by default `COUNT_LIMIT`).

    In an order although a number has none: give the one that the tab has an index for, which is
    read until the limit; a database that may choose reads another one to the end.
    """
    at_most = (COUNT_LIMIT if limit is None else limit) + 1
    return cases.order_by(*order.fields).values("pk")[:at_most].count()
