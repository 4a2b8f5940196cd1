"""Complaints and disputes by the promise they are about, and those no promise covers (10001:2018).

What no promise covers shows where the code is silent: a further promise may remove the cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from complaints.analysis.refusals import REFUSED
from complaints.models import Cause, Issue
from complaints.models.case import CaseQuerySet
from complaints.states import Finding, Kind, State
from conduct.models import Promise

#: So many causes are named for each line.
TOP = 5
#: The answer was rejected, looked at again, or somebody outside decides.
DISPUTED = Q(contested=True) | Q(stage__gt=1) | Q(state=State.REFERRED)
UPHELD = (Finding.UPHELD, Finding.PARTLY_UPHELD)


@dataclass(frozen=True)
class CauseCount:
    #: None: nobody said yet what caused it.
    cause: Cause | None
    count: int


@dataclass(frozen=True)
class PromiseComplaints:
    """One line; `promise` None: complaints that no promise covers."""

    promise: Promise | None
    complaints: int = 0
    disputes: int = 0
    questions: int = 0
    #: Complaints in which it was found broken, wholly or partly.
    upheld: int = 0
    causes: list[CauseCount] = field(default_factory=list)


def promise_complaints(
    cases: CaseQuerySet, *, since: datetime, until: datetime
) -> list[PromiseComplaints]:
    """Of these cases, received from `since` to before `until`: every promise that is live or was
    complained about, the fullest first, and at the end what no promise covers. Six queries."""
    received = cases.filter(received_at__gte=since, received_at__lt=until).exclude(
        outcome__in=REFUSED
    )
    counted = _by_promise(received)
    causes = _causes_by_promise(received)
    live = set(Promise.objects.live().values_list("pk", flat=True))
    promises = Promise.objects.in_bulk(live | set(counted))
    lines = [
        PromiseComplaints(promise, causes=causes.get(pk, [])[:TOP], **counted.get(pk, {}))
        for pk, promise in promises.items()
    ]
    lines.sort(key=lambda line: (-line.complaints, (line.promise and line.promise.code) or ""))
    return [*lines, _uncovered(received)]


def _by_promise(cases: CaseQuerySet) -> dict[int, dict[str, int]]:
    complaint = Q(case__kind=Kind.COMPLAINT)
    disputed = Q(case__contested=True) | Q(case__stage__gt=1) | Q(case__state=State.REFERRED)
    rows: Iterable[Any] = (
        Issue.objects.filter(promise__isnull=False, case__in=cases)
        .order_by()
        .values("promise")
        .annotate(
            complaints=Count("case", distinct=True, filter=complaint),
            disputes=Count("case", distinct=True, filter=complaint & disputed),
            questions=Count("case", distinct=True, filter=Q(case__kind=Kind.QUESTION)),
            upheld=Count("case", distinct=True, filter=complaint & Q(finding__in=UPHELD)),
        )
    )
    return {row.pop("promise"): row for row in map(dict, rows)}


def _causes_by_promise(cases: CaseQuerySet) -> dict[int, list[CauseCount]]:
    rows = (
        Issue.objects.filter(promise__isnull=False, case__in=cases.filter(kind=Kind.COMPLAINT))
        .order_by()
        .values_list("promise", "case__cause_kind")
        .annotate(count=Count("case", distinct=True))
    )
    found: dict[int, dict[int | None, int]] = {}
    for promise, cause, count in rows:
        found.setdefault(promise, {})[cause] = count
    known = Cause.objects.in_bulk({pk for causes in found.values() for pk in causes if pk})
    return {promise: _named(causes, known) for promise, causes in found.items()}


def _uncovered(cases: CaseQuerySet) -> PromiseComplaints:
    covered = Issue.objects.filter(case=OuterRef("pk"), promise__isnull=False)
    complaints = cases.filter(~Exists(covered), kind=Kind.COMPLAINT).order_by()
    totals = complaints.aggregate(complaints=Count("pk"), disputes=Count("pk", filter=DISPUTED))
    causes: dict[Any, int] = dict(complaints.values_list("cause_kind").annotate(count=Count("pk")))
    known = Cause.objects.in_bulk([pk for pk in causes if pk])
    return PromiseComplaints(None, causes=_named(causes, known)[:TOP], **totals)


def _named(causes: dict[int | None, int], known: dict[int, Cause]) -> list[CauseCount]:
    """The most frequent first; what nobody named stands last, however often."""
    rows = [CauseCount(known.get(pk) if pk else None, count) for pk, count in causes.items()]
    return sorted(rows, key=lambda row: (row.cause is None, -row.count, str(row.cause)))
