"""The people who work at the demo's organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management.base import CommandError

from complaints.models import Team, TeamMember
from demo.texts import set_words

PASSWORD = "demo"  # noqa: S105 - the contract names it; the production settings refuse the demo

#: user name -> (first name, last name, group, teams, leads them, may promise up to)
PEOPLE: dict[str, tuple[str, str, str, tuple[str, ...], bool, int]] = {
    "handler": ("Ana", "Moreno", "Case handlers", ("delivery", "care"), False, 50),
    "handler2": ("Minh", "Tran", "Case handlers", ("delivery", "care", "billing"), False, 50),
    "lead": ("Tom", "Keller", "Team leads", ("delivery", "care", "billing"), True, 500),
    "quality": ("Layla", "Haddad", "Quality managers", (), False, 0),
    "auditor": ("Ji-woo", "Park", "Auditors", (), False, 0),
    "privacy": ("Claire", "Dubois", "Privacy officers", (), False, 0),
    "editor": ("Mei", "Chen", "Editors", (), False, 0),
}
TEAMS = ("delivery", "care", "billing")
#: Who looks at a new edition of the code or policy before it comes out, stage by stage.
STAGES = {"Code reviewers": "quality", "Legal reviewers": "privacy", "Code approvers": "admin"}


def refuse_in_production() -> None:
    """Accounts with a known password must never come to a real site."""
    if not settings.DEBUG and settings.SETTINGS_MODULE.endswith("production"):
        raise CommandError("The demo has accounts with a known password: not in production.")


def make_teams() -> dict[str, Team]:
    teams = {}
    for code in TEAMS:
        team = Team()
        set_words(team, "teams", name=code)
        team.save()
        teams[code] = team
    return teams


def let_editors_work(editor: Any) -> None:
    """Translating side by side is a right of its own; the demo's editor may publish, too."""
    translate = Permission.objects.get(codename="submit_translation")
    Group.objects.get(name="Editors").permissions.add(translate)
    editor.groups.add(Group.objects.get(name="Moderators"))


def make_people(teams: dict[str, Team]) -> dict[str, Any]:
    """The demo accounts of the contract."""
    users = get_user_model().objects
    people = {
        "admin": users.create_superuser(
            "admin", "admin@merrow.example", PASSWORD, first_name="Ada", last_name="Osei"
        )
    }
    for username, (first, last, group, of_teams, is_lead, limit) in PEOPLE.items():
        user = users.create_user(
            username,
            f"{username}@merrow.example",
            PASSWORD,
            first_name=first,
            last_name=last,
        )
        user.groups.add(Group.objects.get(name=group))
        for code in of_teams:
            TeamMember.objects.create(
                team=teams[code], user=user, is_lead=is_lead, authority_limit=limit
            )
        people[username] = user
    for group, username in STAGES.items():
        people[username].groups.add(Group.objects.get(name=group))
    return people
