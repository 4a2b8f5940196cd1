"""Cases whose priority was changed after the assessment, up and down apart (7.5, K07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from complaints.lifecycle import Priority
from complaints.models.case import CaseQuerySet


@dataclass(frozen=True)
class Reprioritised:
    assessed: int
    up: int
    down: int

    @property
    def share(self) -> float:
        """Of all that were assessed, in percent."""
        return 100 * (self.up + self.down) / self.assessed if self.assessed else 0.0


def _rank(field: str) -> Case:
    return Case(
        *(When(**{field: name}, then=Value(rank)) for rank, name in enumerate(Priority)),
        output_field=IntegerField(),
    )


def reprioritised(cases: CaseQuerySet, *, since: datetime, until: datetime) -> Reprioritised:
    """Of those received from `since` to before `until` and assessed: which have another priority
    than after their first assessment."""
    received = cases.filter(received_at__gte=since, received_at__lt=until)
    assessed = received.exclude(first_priority="")
    ranked = assessed.order_by().annotate(_first=_rank("first_priority"), _now=_rank("priority"))
    counted = ranked.aggregate(
        assessed=Count("pk"),
        up=Count("pk", filter=Q(_now__gt=F("_first"))),
        down=Count("pk", filter=Q(_now__lt=F("_first"))),
    )
    return Reprioritised(**counted)
