"""The same people in every test: who works on cases, and who complains."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from complaints.models import Team, TeamMember

PASSWORD = "demo"


def make_user(username: str, *groups: str, **fields: Any) -> Any:
    """A member of staff in the given groups, with an address and a name made of the user name."""
    fields.setdefault("first_name", username.capitalize())
    fields.setdefault("email", f"{username}@example.org")
    user = get_user_model().objects.create_user(username=username, password=PASSWORD, **fields)
    user.groups.set([Group.objects.get(name=name) for name in groups])
    return user


def make_team(name: str = "Customer care") -> Team:
    team, _created = Team.objects.get_or_create(name=name)
    return team


def join(user: Any, team: Team, **fields: Any) -> TeamMember:
    return TeamMember.objects.create(user=user, team=team, **fields)


def make_handler(username: str = "handler", *, team: Team | None = None, **fields: Any) -> Any:
    """Handles cases of one team (the customer care team by default)."""
    user = make_user(username, "Case handlers", **fields)
    join(user, team or make_team())
    return user


def make_lead(username: str = "lead", *, team: Team | None = None, **fields: Any) -> Any:
    user = make_user(username, "Team leads", **fields)
    join(user, team or make_team(), is_lead=True, authority_limit=1000)
    return user


def make_quality(username: str = "quality") -> Any:
    return make_user(username, "Quality managers")


def make_auditor(username: str = "auditor") -> Any:
    return make_user(username, "Auditors")


def make_privacy(username: str = "privacy") -> Any:
    return make_user(username, "Privacy officers")


def make_editor(username: str = "editor") -> Any:
    return make_user(username, "Editors")


def make_admin(username: str = "admin") -> Any:
    return make_user(username, is_superuser=True, is_staff=True)
