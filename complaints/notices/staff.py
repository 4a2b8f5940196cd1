"""Whom of the staff to tell about a case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from complaints.access import LEAD, is_barred
from complaints.actions.assessment import leads_of
from complaints.models import Case


def responsible(case: Case) -> list[Any]:
    """The handler; the leads where there is none, or where the handler is away or must not see the
    case."""
    handler = case.handler
    if handler is not None and handler.is_active and not is_barred(handler, case):
        return [handler]
    return leads(case)


def leads(case: Case) -> list[Any]:
    """The leads of the team; where there is none, whoever may lead cases, then whoever administers
    the site."""
    if found := leads_of(case):
        return found
    users = get_user_model()._default_manager
    everyone = users.with_perm(LEAD, include_superusers=False), users.filter(is_superuser=True)
    for candidates in everyone:
        if found := [u for u in candidates.filter(is_active=True) if not is_barred(u, case)]:
            return found
    return []
