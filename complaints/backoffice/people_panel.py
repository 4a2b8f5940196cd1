"""The people on our side of a case: who has which part, what is owed to who is complained about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise as LazyText

from complaints.access import LEAD, PROTECT, staff_roles
from complaints.backoffice.appearance import person_name
from complaints.lifecycle import Role
from complaints.models import Case, ContactRestriction, Involvement
from complaints.states import NamedStep

#: The lead is the team's; who is named in a case or has a conflict is not for everybody to read.
NOT_LISTED = (*Involvement.BARRED, Involvement.Part.LEAD)
#: Of more open cases than these a person's load says nothing.
COUNTED = 999


@dataclass(frozen=True)
class Step:
    """One thing owed to somebody complained about, and when it was done."""

    code: str
    label: str | LazyText
    at: datetime | None


@dataclass(frozen=True)
class Named:
    pk: int
    person: str
    steps: list[Step]
    account: str


STEPS = {
    NamedStep.INFORMED: "informed_at",
    NamedStep.SUPPORTED: "supported_at",
    NamedStep.HEARD: "heard_at",
    NamedStep.RESULT: "told_at",
}


def everybody(case: Case) -> list[Involvement]:
    """All parts, in one query; for sorting by the functions below, not for showing."""
    return list(case.involvements.select_related("user").order_by("since", "pk"))


def parts(involvements: list[Involvement]) -> list[Involvement]:
    """Who of the staff has which part; not who is named or has a conflict."""
    return [one for one in involvements if one.part not in NOT_LISTED]


def sees_named(user: Any, case: Case, involvements: list[Involvement]) -> bool:
    """The lead, the privacy officer and the people on the case; never who is named (annex D)."""
    own = {one.part for one in involvements if one.user_id == user.pk}
    if own & set(Involvement.BARRED):
        return False
    if user.is_superuser or user.has_perm(PROTECT):
        return True
    leads = user.has_perm(LEAD) and Role.LEAD in staff_roles(user, case)
    return bool(leads or own or case.handler_id == user.pk)


def named_in(case: Case, user: Any, involvements: list[Involvement]) -> list[Named]:
    """The staff complained about, for who may know it."""
    if not sees_named(user, case, involvements):
        return []
    return [
        Named(
            pk=one.pk,
            person=person_name(one.user),
            steps=[
                Step(code, NamedStep(code).label, getattr(one, field))
                for code, field in STEPS.items()
            ],
            account=one.account,
        )
        for one in involvements
        if one.part == Involvement.Part.NAMED
    ]


def leads_of(case: Case) -> list[str]:
    """Whom to ask: the leads of the team."""
    if case.team is None:
        return []
    members = case.team.memberships.filter(is_lead=True, user__is_active=True)
    return [person_name(member.user) for member in members.select_related("user")]


def load_of(case: Case, user: Any) -> int | None:
    """How many open cases the handler has, as far as the viewer may see them.

    None without a handler, and for more than are worth counting each time.
    """
    if case.handler is None:
        return None
    # In the order of the index of a person's open cases, which is read until the limit.
    cases = Case.objects.visible_to(user).open().of(case.handler).order_by("due_at", "pk")
    count = cases.values("pk")[: COUNTED + 1].count()
    return count if count <= COUNTED else None


def restrictions_on(case: Case, user: Any, today: date) -> list[Any]:
    """Limits on contact in force for the people of this case, wherever they were decided."""
    people = [case.complainant, case.representative]
    hashes = [person.email_hash for person in people if person and person.email_hash]
    decided_in = Case.objects.visible_to(user).filter(pk=OuterRef("case"))
    rows = (
        ContactRestriction.objects.in_force_on(today)
        .filter(Q(case=case.pk) | Q(person_hash__in=hashes))
        .annotate(is_visible=Exists(decided_in), reference=F("case__reference"))
    )
    return list(rows)
