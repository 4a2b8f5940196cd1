"""A second look is in fresh hands (annex G)."""

from __future__ import annotations

from django.db.models import Q

from complaints.lifecycle import State
from complaints.models import Case, Involvement


def is_under_review(case: Case) -> bool:
    """In its second look, also while that waits for a reply or an approval."""
    waits = case.state in {State.WAITING, State.DECIDING}
    return State.REVIEWING in {case.state, case.came_from if waits else ""}


def took_part(case: Case) -> Q:
    """Who handled it, or wrote or approved an answer, at an earlier stage."""
    earlier = case.decisions.filter(stage__lt=case.stage)
    handled = case.involvements.filter(part=Involvement.Part.HANDLER)
    return (
        Q(pk__in=handled.values("user"))
        | Q(pk__in=earlier.values("proposed_by"))
        | Q(pk__in=earlier.exclude(approved_by=None).values("approved_by"))
    )
