"""Who sees which case, as a table."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from complaints.access import sees_personal_data
from complaints.lifecycle import Objectivity, Refused, State
from complaints.models import Case, Involvement
from tests.factories import Staff, act, make_case, make_category
from tests.people import (
    join,
    make_admin,
    make_auditor,
    make_editor,
    make_handler,
    make_lead,
    make_privacy,
    make_quality,
    make_team,
)

pytestmark = pytest.mark.django_db

#: person -> the cases they see: own team's, another team's, not yet of a team, confidential.
SEES = {
    "handler": {"own", "new"},
    "lead": {"own", "new"},
    "confidant": {"other", "new", "confidential"},
    "quality": {"own", "other", "new"},
    "auditor": {"own", "other", "new"},
    "privacy": {"own", "other", "new", "confidential"},
    "admin": {"own", "other", "new", "confidential"},
    "editor": set(),
    "away": set(),
}


@pytest.fixture
def cases() -> dict[str, Case]:
    other = make_team("Other team")
    make_handler("confidant", team=other)
    category = make_category("other", team=other)
    cases = {
        "own": make_case(State.OPEN),
        "other": make_case(category=category),
        "new": make_case(category=None),
        "confidential": make_case(State.OPEN),
    }
    confidant = _user("confidant")
    Involvement.objects.create(
        case=cases["confidential"],
        user=confidant,
        part=Involvement.Part.HANDLER,
        since=cases["own"].received_at,
    )
    Case.objects.filter(pk=cases["confidential"].pk).update(confidential=True)
    return cases


def _user(name: str):
    make = {
        "handler": lambda: Staff().handler,
        "lead": lambda: Staff().lead,
        "quality": make_quality,
        "auditor": make_auditor,
        "privacy": make_privacy,
        "admin": make_admin,
        "editor": make_editor,
        "away": lambda: make_handler("away", is_active=False),
    }.get(name)
    found = get_user_model().objects.filter(username=name).first()
    return found or make()


@pytest.mark.parametrize("person", sorted(SEES))
@pytest.mark.requirement("GDPR-32")
def test_who_sees_which_case(person: str, cases: dict[str, Case]) -> None:
    visible = Case.objects.visible_to(_user(person))

    assert {name for name, case in cases.items() if case in visible} == SEES[person]


@pytest.mark.parametrize("person", ["handler", "lead", "quality", "privacy", "admin"])
@pytest.mark.parametrize("part", [Involvement.Part.NAMED, Involvement.Part.CONFLICT])
@pytest.mark.requirement("10002-4.7")
def test_nobody_sees_a_case_about_themselves(
    person: str, part: str, cases: dict[str, Case]
) -> None:
    user, case = _user(person), cases["own"]
    assert case in Case.objects.visible_to(user)

    Involvement.objects.create(case=case, user=user, part=part, since=case.received_at)

    assert case not in Case.objects.visible_to(user)


def test_whoever_makes_a_case_confidential_still_sees_it() -> None:
    case, staff = make_case(State.OPEN), Staff()

    act(case, "set_confidential", staff.handler, confidential=True, reason="About a colleague")

    assert case in Case.objects.visible_to(staff.handler)
    assert case not in Case.objects.visible_to(make_lead("lead2"))


def test_who_leads_one_team_does_not_lead_the_others() -> None:
    lead = make_lead("lead2", team=make_team("Other team"))
    join(lead, make_team())
    case = make_case(State.DECIDING)

    with pytest.raises(Refused) as refusal:
        act(case, "approve", lead, checklist=list(Objectivity))

    assert refusal.value.code == "not_allowed"
    act(case, "note", lead, text="As a colleague I may write.")
    act(case, "approve", Staff().lead, checklist=list(Objectivity))


def test_who_also_oversees_reads_the_words_of_their_own_teams_only(cases: dict[str, Case]) -> None:
    both = Staff().handler
    assert not {name for name in ("other",) if cases[name] in Case.objects.visible_to(both)}

    both.groups.add(Group.objects.get(name="Quality managers"))
    both = get_user_model().objects.get(pk=both.pk)

    assert cases["other"] in Case.objects.visible_to(both)
    assert sees_personal_data(both, cases["own"])
    assert not sees_personal_data(both, cases["other"])
