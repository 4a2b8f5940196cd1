"""Who leads a case, and that a confidential one always has somebody inside to work on it (4.12).

A confidential case opens for the people on it only. When the last of them who may act is gone, or
an approval needs another pair of eyes, somebody of the team is let in.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from complaints.access import PROTECT, is_barred, may_be_assigned, staff_roles
from complaints.lifecycle import Role, State
from complaints.models import Case, Involvement, TeamMember

#: Who has one of these roles on a case can work on it.
WORKING = frozenset({Role.HANDLER, Role.LEAD})
logger = logging.getLogger(__name__)


def leads_of(case: Case) -> list[Any]:
    """The leads of the case's team who may see it."""
    if case.team_id is None:
        return []
    return [lead for lead in _of_team(case, is_lead=True) if opens_for(lead, case)]


def opens_for(user: Any, case: Case) -> bool:
    """Whether a case that this person is not barred from lets them in."""
    if not case.confidential or user.is_superuser or user.has_perm(PROTECT):
        return True
    return case.handler_id == user.pk or _inside(case).filter(user=user.pk).exists()


def let_a_lead_in(case: Case, *, now: datetime, besides: Any = None) -> list[Any]:
    """The leads who may see the case, but for one person; where nobody of them can open a
    confidential one, the first of the team is let in."""
    leads = [lead for lead in leads_of(case) if lead != besides]
    if leads or not case.confidential:
        return leads
    return _let_in((user for user in _of_team(case, is_lead=True) if user != besides), case, now)


def keep_somebody_inside(case: Case, *, now: datetime) -> list[Any]:
    """Whom it took to let in so that somebody can work on a confidential case; nobody, mostly."""
    if not case.confidential or case.state == State.CLOSED or any(_who_can_work(case)):
        return []
    found = _let_in(_candidates(case), case, now)
    if not found:
        logger.error("Case %s is confidential, and nobody can work on it", case.pk)
    return found


def _inside(case: Case) -> Any:
    return case.involvements.exclude(part__in=Involvement.BARRED)


def _who_can_work(case: Case) -> Iterator[Any]:
    on_it = Q(pk=case.handler_id) | Q(pk__in=_inside(case).values("user"))
    for user in get_user_model()._default_manager.filter(on_it, is_active=True):
        if not is_barred(user, case) and staff_roles(user, case) & WORKING:
            yield user


def _candidates(case: Case) -> Iterator[Any]:
    """Leads of the team first, then its handlers, then whoever administers the site."""
    yield from _of_team(case, is_lead=True)
    yield from _of_team(case, is_lead=False)
    admins = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    yield from (user for user in admins.order_by("pk") if not is_barred(user, case))


def _of_team(case: Case, *, is_lead: bool) -> list[Any]:
    """Without a team: of any."""
    members = TeamMember.objects.filter(is_lead=is_lead, user__is_active=True)
    if case.team_id is not None:
        members = members.filter(team=case.team_id)
    return [m.user for m in members.select_related("user") if may_be_assigned(m.user, case)]


def _let_in(candidates: Any, case: Case, now: datetime) -> list[Any]:
    for user in candidates:
        Involvement.objects.get_or_create(
            case=case, user=user, part=Involvement.Part.LEAD, defaults={"since": now}
        )
        return [user]
    return []
