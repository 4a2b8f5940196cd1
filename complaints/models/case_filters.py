"""Filters of cases in the domain's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from complaints.lifecycle import State

if TYPE_CHECKING:
    from complaints.models.case import Case  # noqa: F401 - the name of the model below

OPEN = ~Q(state=State.CLOSED)


class CaseQuerySet(models.QuerySet["Case"]):
    """Filters in the domain's words; they combine: `visible_to(user).open().overdue(now)`."""

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Only what this person may see; see `complaints.access`."""
        from complaints.access import visible_cases

        return visible_cases(self, user)

    def locked(self, *, nowait: bool = False) -> CaseQuerySet:
        """Their rows locked until the transaction ends: whoever changes a case asks for it so.

        What only points at a case (a link from another one) is written meanwhile. Were it to
        wait, two people who link two cases crosswise would wait for each other.
        """
        return self.select_for_update(of=("self",), no_key=True, nowait=nowait)

    def open(self) -> CaseQuerySet:
        return self.filter(OPEN)

    def closed(self) -> CaseQuerySet:
        return self.filter(state=State.CLOSED)

    def to_moderate(self) -> CaseQuerySet:
        return self.filter(state=State.RECEIVED, held=False)

    def held_back(self) -> CaseQuerySet:
        """Looks like spam; waits for a person to say so, or to release it."""
        return self.filter(state=State.RECEIVED, held=True)

    def unassigned(self) -> CaseQuerySet:
        return self.open().filter(handler__isnull=True)

    def of(self, user: Any) -> CaseQuerySet:
        return self.filter(handler=user.pk)

    def overdue(self, now: datetime) -> CaseQuerySet:
        """Something was due before `now` and is not done. Read from the due column, so that a
        stopped
        scheduler can't hide it."""
        return self.open().filter(due_at__lt=now)

    def due_before(self, moment: datetime) -> CaseQuerySet:
        return self.open().filter(due_at__lt=moment)
