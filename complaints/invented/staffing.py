"""Who works on invented cases, and what these are about: what is there, else a few made up."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from complaints.models import Category, RemedyKind, Team, TeamMember

#: Team -> (ids of handlers, id of the lead).
Staff = dict[int, tuple[list[int], int]]


def categories_with_team() -> list[tuple[int, int]]:
    """(category, team) ids; a few are made where there are none."""
    if not Category.objects.exclude(team=None).exists():
        for number, name in enumerate(("Delivery", "Billing", "Service"), start=1):
            team = Team.objects.create(name=f"{name} team")
            Category.objects.create(code=name.lower(), name=name, team=team, order=number)
    return list(Category.objects.exclude(team=None).order_by("pk").values_list("pk", "team_id"))


def staff_of(teams: set[int]) -> Staff:
    """Active handlers and the lead of each team; made where a team has none."""
    staff = {}
    for team in sorted(teams):
        members = TeamMember.objects.filter(team=team, user__is_active=True).order_by("user_id")
        leads = list(members.filter(is_lead=True).values_list("user_id", flat=True))
        handlers = list(members.filter(is_lead=False).values_list("user_id", flat=True))
        if not leads:
            leads = [_person(f"trial-lead-{team}", "Team leads", team, is_lead=True)]
        if not handlers:
            handlers = [
                _person(f"trial-handler-{team}-{i}", "Case handlers", team) for i in range(4)
            ]
        staff[team] = (handlers, leads[0])
    return staff


def a_remedy_kind() -> int:
    kind = RemedyKind.objects.order_by("pk").first() or RemedyKind.objects.create(
        code="refund", name="Refund", family=RemedyKind.Family.MONEY
    )
    return kind.pk


def _person(username: str, group: str, team: int, **fields: Any) -> int:
    # Nobody can log in as them: they have no password.
    user, _created = get_user_model().objects.get_or_create(username=username)
    user.groups.add(Group.objects.get(name=group))
    TeamMember.objects.get_or_create(user=user, team_id=team, defaults=fields)
    return user.pk
