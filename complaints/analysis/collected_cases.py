"""What cases tell of each promise, month by month: for the nightly collection (10001:2018, 8.1).

Left out: what was no handling at all, confidential cases, and cases that somebody of the staff is
barred from. Nobody may learn of such a case from the difference between two numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from complaints.analysis.refusals import REFUSED
from complaints.models import Case, Involvement, Issue, Remedy
from complaints.states import Kind
from conduct import collecting
from conduct.collecting import Facts
from conduct.periods import Period

Key = tuple[int, dt.date]


def countable() -> QuerySet[Case]:
    """The cases that every overseer may see."""
    barred = Involvement.objects.filter(case=OuterRef("pk"), part__in=Involvement.BARRED)
    return Case.objects.exclude(outcome__in=REFUSED).filter(~Exists(barred), confidential=False)


def collect_cases(*, months: Sequence[Period]) -> dict[Key, Facts]:
    """Complaints and questions received, and remedies that fell due or were paid, in the months.

    Four queries, however many promises and months.
    """
    found: dict[Key, Facts] = {}
    for key, counted in _received(months):
        found[key] = replace(found.get(key, Facts()), **counted)
    for key, counted in _remedies(months):
        found[key] = replace(found.get(key, Facts()), **counted)
    for key, currency, amount in _costs(months):
        facts = found.get(key, Facts())
        found[key] = replace(facts, costs={**facts.costs, currency: str(amount)})
    return found


def _received(months: Sequence[Period]) -> list[tuple[Key, dict[str, Any]]]:
    rows = (
        Issue.objects.filter(
            promise__isnull=False,
            case__in=countable(),
            case__received_at__gte=months[0].since,
            case__received_at__lt=months[-1].until,
        )
        .order_by()
        .annotate(month=TruncMonth("case__received_at"))
        .values("promise", "month")
        .annotate(
            complaints=Count("case", distinct=True, filter=Q(case__kind=Kind.COMPLAINT)),
            inquiries=Count("case", distinct=True, filter=Q(case__kind=Kind.QUESTION)),
        )
    )
    return [
        (
            (row["promise"], row["month"].date()),
            {"complaints": row["complaints"], "inquiries": row["inquiries"]},
        )
        for row in rows
    ]


def _promised() -> QuerySet[Any]:
    """Remedies with the promise they are for: that of their issue, else the first of the case."""
    of_case = Issue.objects.filter(case=OuterRef("case"), promise__isnull=False).order_by("number")
    return (
        Remedy.objects.filter(promised_at__isnull=False, case__in=countable())
        .order_by()
        .annotate(
            broken=Coalesce(
                "issue__promise",
                Subquery(of_case.values("promise")[:1]),
                output_field=BigIntegerField(),
            ),
            due=Coalesce("due_on", TruncDate("promised_at")),
            delivered_on=TruncDate("delivered_at"),
        )
        .filter(broken__isnull=False)
    )


def _remedies(months: Sequence[Period]) -> list[tuple[Key, dict[str, Any]]]:
    delivered = Q(delivered_on__isnull=False)
    rows = (
        _promised()
        .filter(due__gte=months[0].first_day, due__lte=months[-1].last_day)
        .annotate(month=TruncMonth("due"))
        .values("broken", "month")
        .annotate(
            remedies_due=Count("pk"),
            remedies_delivered=Count("pk", filter=delivered),
            # Without a day to be done by, it is on time whenever it is done.
            remedies_on_time=Count(
                "pk", filter=delivered & (Q(due_on=None) | Q(delivered_on__lte=F("due_on")))
            ),
        )
    )
    return [((row.pop("broken"), row.pop("month")), row) for row in map(dict, rows)]


def _costs(months: Sequence[Period]) -> list[tuple[Key, str, Decimal]]:
    """What was paid, by the month in which it was."""
    rows = (
        _promised()
        .filter(
            amount__isnull=False,
            delivered_at__gte=months[0].since,
            delivered_at__lt=months[-1].until,
        )
        .annotate(month=TruncMonth("delivered_on"))
        .values("broken", "month", "currency")
        .annotate(paid=Sum("amount"))
        .order_by("currency")
    )
    return [
        ((row["broken"], row["month"]), row["currency"], row["paid"].quantize(Decimal("0.01")))
        for row in rows
    ]


def connect() -> None:
    """Called once, when the app is ready."""
    from complaints.signals import clocks_run

    collecting.add_source("complaints", collect_cases)
    clocks_run.connect(_collect, dispatch_uid="conduct_complaints.collect")


def _collect(now: dt.datetime, **kwargs: Any) -> None:
    collecting.collect_daily(now)
