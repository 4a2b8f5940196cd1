"""Whom of the staff to tell about a case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from complaints.access import LEAD, OVERSEE, PROTECT, is_barred
from complaints.actions.inside import leads_of, opens_for
from complaints.models import Case, Clock, HandlingSettings


def responsible(case: Case) -> list[Any]:
    """The handler; the leads where there is none, or where the handler is away or must not see the
    case."""
    handler = case.handler
    if handler is not None and handler.is_active and not is_barred(handler, case):
        return [handler]
    return leads(case)


def leads(case: Case) -> list[Any]:
    """The leads of the team who may see it; where there is none, whoever may lead cases, then
    whoever administers the site."""
    if found := leads_of(case):
        return found
    users = get_user_model()._default_manager
    everyone = users.with_perm(LEAD, include_superusers=False), users.filter(is_superuser=True)
    for candidates in everyone:
        active = candidates.filter(is_active=True)
        if found := [u for u in active if not is_barred(u, case) and opens_for(u, case)]:
            return found
    return []


def owing(case: Case, clock: Clock) -> list[Any]:
    """Who has to do what a clock waits for: the handler and, of what was promised, its owner."""
    people = responsible(case)
    owner = clock.remedy.owner if clock.remedy else None
    if owner is not None and owner not in people and may_see(owner, case):
        people = [*people, owner]
    return people


def heads(case: Case) -> list[Any]:
    """The head of the function; where none is named, or may not see the case, the quality managers
    who may, then the privacy officers, then whoever administers the site."""
    users = get_user_model()._default_manager
    named = HandlingSettings.for_site(case.site).head_of_function_id
    anybody = (
        users.filter(pk=named),
        users.with_perm(OVERSEE, include_superusers=False),
        users.with_perm(PROTECT, include_superusers=False),
        users.filter(is_superuser=True),
    )
    for candidates in anybody:
        if found := [user for user in candidates.filter(is_active=True) if may_see(user, case)]:
            return found
    return []


def may_see(user: Any, case: Case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()
