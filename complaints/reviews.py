"""A second look is in fresh hands (annex G)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from complaints.access import LEAD
from complaints.lifecycle import State
from complaints.models import Case, Decision, Involvement, TeamMember


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


def has_taken_part(case: Case, user: Any) -> bool:
    # Not `type(user)`: in a request that is a wrapper.
    people = get_user_model()._default_manager
    return people.filter(took_part(case), pk=user.pk).exists()


def others_to_approve(case: Case, decision: Decision) -> bool:
    """Whether anybody could approve the answer to a review who is new to the case."""
    people = get_user_model()._default_manager
    leads = TeamMember.objects.filter(team=case.team_id, is_lead=True).values("user")
    barred = case.involvements.filter(part__in=Involvement.BARRED).values("user")
    entitled = (
        people.with_perm(LEAD, include_superusers=False).filter(pk__in=leads),
        people.filter(is_superuser=True),
    )
    return any(
        some.filter(is_active=True)
        .exclude(took_part(case))
        .exclude(pk__in=barred)
        .exclude(pk=decision.proposed_by_id)
        .exists()
        for some in entitled
    )
