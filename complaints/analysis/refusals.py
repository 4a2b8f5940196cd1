"""What was not taken as a complaint, and why: counted, since no clock measures it (clause 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from complaints.lifecycle import Outcome, ScopeReason
from complaints.models.case import CaseQuerySet

#: What ended without having been handled; what somebody withdrew was taken.
REFUSED = (Outcome.OUT_OF_SCOPE, Outcome.DUPLICATE, Outcome.ABUSE)


@dataclass(frozen=True)
class Refusal:
    """One line. `received`: all that came in at the same time, refused or not."""

    outcome: Outcome
    reason: ScopeReason | None
    count: int
    received: int

    @property
    def share(self) -> float:
        """Of all that came in, in percent."""
        return 100 * self.count / self.received if self.received else 0.0


def count_received(cases: CaseQuerySet, *, since: datetime, until: datetime) -> int:
    return cases.filter(received_at__gte=since, received_at__lt=until).count()


def refusals(cases: CaseQuerySet, *, since: datetime, until: datetime) -> list[Refusal]:
    """By outcome and reason, those that were received from `since` to before `until`."""
    received = count_received(cases, since=since, until=until)
    rows = (
        cases.filter(received_at__gte=since, received_at__lt=until, outcome__in=REFUSED)
        .order_by()
        .values_list("outcome", "scope_reason")
        .annotate(count=Count("pk"))
    )
    found = [
        Refusal(Outcome(outcome), ScopeReason(reason) if reason else None, count, received)
        for outcome, reason, count in rows
    ]
    return sorted(found, key=lambda row: (REFUSED.index(row.outcome), -row.count, row.reason or ""))
