"""Who may see and do what with a case.

Roles are permissions (given to groups) together with membership in a team. Above every role stands
the
conflict of interest: a person who is named in a case, or declared a conflict, can't see or touch
it,
administrators included.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, Subquery

from complaints.fitting import FITS, Facts, OneFact
from complaints.lifecycle import Action, Role

if TYPE_CHECKING:
    from complaints.models import Case
    from complaints.models.case import CaseQuerySet

    User = Any  # whatever AUTH_USER_MODEL is; needs has_perm, pk, is_active, is_superuser

APP = "conduct_complaints"
HANDLE = f"{APP}.handle_case"
LEAD = f"{APP}.lead_case"
OVERSEE = f"{APP}.oversee_case"
AUDIT = f"{APP}.audit_case"
PROTECT = f"{APP}.protect_case"
#: To take names and words along in a table: more than to read them case by case.
EXPORT_PERSONAL = f"{APP}.export_personal_data"
STAFF_PERMISSIONS = (HANDLE, LEAD, OVERSEE, AUDIT, PROTECT)

#: The groups that a fresh install gets, and what they may do.
GROUPS = {
    "Case handlers": (HANDLE,),
    "Team leads": (HANDLE, LEAD, EXPORT_PERSONAL),
    "Quality managers": (OVERSEE,),
    "Auditors": (AUDIT,),
    "Privacy officers": (PROTECT, EXPORT_PERSONAL),
}


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, the complainant (proven by reference and key), or the system."""

    role: str
    user: User | None = None

    @classmethod
    def staff(cls, user: User) -> Actor:
        if user.has_perm(LEAD):
            return cls(Role.LEAD, user)
        protects = user.has_perm(PROTECT) and not user.has_perm(HANDLE)
        return cls(Role.PRIVACY if protects else Role.HANDLER, user)

    @classmethod
    def complainant(cls) -> Actor:
        return cls(Role.COMPLAINANT)

    @classmethod
    def system(cls) -> Actor:
        return cls(Role.SYSTEM)

    @property
    def is_staff(self) -> bool:
        return self.user is not None


def who_has(*permissions: str) -> Q:
    """Accounts with one of these permissions: by a group, of their own, or to do everything."""
    from django.contrib.auth.models import Permission

    wanted = Q()
    for app, codename in (permission.split(".") for permission in permissions):
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(wanted).values("pk")
    users = get_user_model()._default_manager
    may = Q(is_superuser=True)
    # Not joined: people would come back once for each of their groups.
    for path in ("user_permissions__in", "groups__permissions__in"):
        may |= Q(pk__in=users.filter(**{path: found}).values("pk"))
    return may


def is_case_staff(user: Any) -> bool:
    """May open the cases section of the admin at all."""
    return bool(user.is_active) and any(user.has_perm(p) for p in STAFF_PERMISSIONS)


def visible_cases(cases: CaseQuerySet, user: Any) -> CaseQuerySet:
    """The cases this person may see; nobody else's are ever fetched."""
    from complaints.models import Involvement

    if not user.is_active or not is_case_staff(user):
        return cases.none()
    barred = Involvement.objects.filter(
        case=OuterRef("pk"), user=user.pk, part__in=Involvement.BARRED
    )
    cases = cases.filter(~Exists(barred))
    if user.is_superuser or user.has_perm(PROTECT):
        return cases
    # Asked for each case by its index: a set of all cases a person ever had grows without end.
    parts = Involvement.objects.filter(case=OuterRef("pk"), user=user.pk)
    on_it = Q(handler=user.pk) | Q(
        pk=Subquery(parts.exclude(part__in=Involvement.BARRED).values("case")[:1])
    )
    if user.has_perm(OVERSEE) or user.has_perm(AUDIT):
        return cases.filter(Q(confidential=False) | on_it)
    # Ids as values: one small query, and the list below stays an index scan per team.
    teams = team_ids(user)
    in_team = Q(team__in=teams) | Q(team__isnull=True)
    return cases.filter((Q(confidential=False) & in_team) | on_it)


def sees_personal_data(user: Any, case: Case) -> bool:
    """Quality managers and auditors work without names, words and files; others see theirs.

    Who has both roles sees the words of their own teams' cases only.
    """
    if user.is_superuser or user.has_perm(PROTECT):
        return True
    if not (user.has_perm(HANDLE) or user.has_perm(LEAD)):
        return False
    if user.has_perm(OVERSEE) or user.has_perm(AUDIT):
        return bool(staff_roles(user, case))
    return True


def with_readable_words(cases: CaseQuerySet, user: Any) -> CaseQuerySet:
    """Those of the cases a person sees of which they may read the words too; the same rule as
    `sees_personal_data`, asked of all at once: a search for words must not tell more."""
    if user.is_superuser or user.has_perm(PROTECT):
        return cases
    if not (user.has_perm(HANDLE) or user.has_perm(LEAD)):
        return cases.none()
    if user.has_perm(OVERSEE) or user.has_perm(AUDIT):
        own = Q(team__in=team_ids(user)) | Q(team__isnull=True) | Q(handler=user.pk)
        return cases.filter(own)
    return cases


def is_barred(user: Any, case: Case) -> bool:
    from complaints.models import Involvement

    if case.barred_people is not None:
        return user.pk in case.barred_people
    return case.involvements.filter(user=user.pk, part__in=Involvement.BARRED).exists()


def read_barred(cases: Collection[Case]) -> None:
    """Read once who is barred from these cases, whose rows the caller has locked."""
    from complaints.models import Involvement

    barred = Involvement.objects.filter(case__in=cases, part__in=Involvement.BARRED)
    by_case: dict[int, set[int]] = {case.pk: set() for case in cases}
    for case, user in barred.values_list("case", "user"):
        by_case[case].add(user)
    for locked in cases:
        locked.barred_people = frozenset(by_case[locked.pk])


def staff_roles(user: Any, case: Case) -> frozenset[str]:
    """Which staff roles of the action table this person has on this (visible) case.

    Who leads one team is an ordinary member of the others.
    """
    if user.is_superuser:
        return frozenset({Role.HANDLER, Role.LEAD, Role.PRIVACY})
    protects = frozenset({Role.PRIVACY} if user.has_perm(PROTECT) else ())
    teams = memberships(user)
    leads = any(teams.values()) if case.team_id is None else teams.get(case.team_id, False)
    if user.has_perm(LEAD) and leads:
        return protects | {Role.HANDLER, Role.LEAD}
    in_team = case.team_id is None or case.team_id in teams or case.handler_id == user.pk
    if in_team and (user.has_perm(HANDLE) or user.has_perm(LEAD)):
        return protects | {Role.HANDLER}
    return protects


def memberships(user: Any) -> Mapping[int, bool]:
    """Team id -> whether this person leads it; read once per request."""
    from complaints.models import TeamMember

    # Kept on the user: a case page asks for every action.
    cached: Mapping[int, bool] | None = getattr(user, "_complaint_memberships", None)
    if cached is None:
        rows = TeamMember.objects.filter(user=user.pk).values_list("team_id", "is_lead")
        cached = dict(rows)
        user._complaint_memberships = cached
    return cached


def team_ids(user: Any) -> frozenset[int]:
    """The teams that this person belongs to."""
    return frozenset(memberships(user))


def _member(user: Any, case: Case) -> bool:
    return case.team_id in memberships(user)


def has_role(actor: Actor, case: Case, action: Action) -> bool:
    """The actor's role on this case is one that the table names for the action."""
    if not actor.is_staff:
        return actor.role in action.who
    return bool(staff_roles(actor.user, case) & action.who)


#: What a complainant is offered on the tracking page, in this order.
COMPLAINANT_ACTIONS = (
    "confirm_complaint",
    "decline_complaint",
    "accept",
    "reject",
    "request_review",
    "reply",
    "withdraw",
    "reopen",
)


def may_be_assigned(user: Any, case: Case) -> bool:
    """Active, allowed to handle, in the case's team, and without a conflict."""
    if not user.is_active or not (user.has_perm(HANDLE) or user.is_superuser):
        return False
    if is_barred(user, case):
        return False
    return user.is_superuser or case.team_id is None or _member(user, case)


def is_open_to_action(case: Case, action: Action, facts: Facts | None = None) -> bool:
    """State and kind allow the action (rights and needs are another question).

    `facts` are the case's, where several actions are asked about.
    """
    if case.state not in action.sources or case.kind not in action.kinds:
        return False
    fits = FITS.get(action.name)
    return fits(facts or OneFact(case)) if fits else True
