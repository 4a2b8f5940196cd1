"""Who may get a case, who has how many, and whom to suggest (4.3, 4.12, 4.14)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.access import HANDLE, may_be_assigned, who_has
from complaints.competence import competent, is_competent
from complaints.models import Absence, Case, Involvement
from complaints.remembering import remembered
from complaints.reviews import is_under_review, took_part


def obstacle(user: Any, case: Case, now: datetime) -> str:
    """Why this person can't get the case, in words; empty where they can."""
    today = timezone.localdate(now)
    names = {"person": user.get_full_name() or user.get_username()}
    if not may_be_assigned(user, case):
        return (
            _("%(person)s can't take this case: not in its team, away, or with a conflict.") % names
        )
    if remembered(("away", user.pk, today), lambda: _is_away(user, today)):
        return _("%(person)s is away at the moment. Choose somebody who is here.") % names
    if not is_competent(user, case, today):
        return (
            _(
                "%(person)s has no valid training for this case. Choose somebody who has, or "
                "record the training under “Complaints settings”."
            )
            % names
        )
    return ""


def _is_away(user: Any, today: date) -> bool:
    return Absence.objects.on(today).filter(user=user.pk).exists()


def people_to_assign(case: Case) -> QuerySet[Any]:
    """Who may get it, with `open_cases`; the same rule as `obstacle`, as one query.

    Active, allowed to handle, in the team, here today, trained, not barred, new to a review.
    """
    today = timezone.localdate()
    people = _handlers().filter(is_active=True)
    if case.team_id is not None:
        people = people.filter(Q(complaint_memberships__team=case.team_id) | Q(is_superuser=True))
    if is_under_review(case):
        people = people.exclude(took_part(case))
    barred = case.involvements.filter(part__in=Involvement.BARRED).values("user")
    away = Absence.objects.on(today).values("user")
    people = competent(people.exclude(pk__in=barred).exclude(pk__in=away), case, today)
    return _with_load(people.distinct()).order_by("first_name", "last_name", "pk")


def _handlers() -> QuerySet[Any]:
    return get_user_model()._default_manager.filter(who_has(HANDLE))


def _with_load(people: QuerySet[Any]) -> QuerySet[Any]:
    theirs = Case.objects.open().filter(handler=OuterRef("pk")).order_by().values("handler")
    counted = theirs.annotate(number=Count("pk")).values("number")
    return people.annotate(open_cases=Coalesce(Subquery(counted), 0))
