"""A confidential case is never left with nobody who can work on it, and opens for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from complaints.automation import run_clocks
from complaints.lifecycle import State
from complaints.models import Case, Involvement, Notice
from complaints.notices.staff import leads, may_see
from tests.factories import Staff, act, make_case, make_category, proposal, submit
from tests.people import make_admin, make_handler, make_lead, make_privacy, make_team, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def inside(case: Case) -> set[str]:
    """User names of whoever works on cases and may see this one."""
    people = [m.user for m in case.team.memberships.all()] if case.team else []
    return {user.username for user in people if may_see(user, case)}


def told(case: Case, template: str) -> set[str]:
    rows = Notice.objects.filter(case=case, template=template)
    return {row.to_user.username for row in rows if row.to_user}


def confidential(state: str = State.OPEN, **fields: Any) -> Case:
    case = make_case(state, **fields)
    case.confidential = True
    case.save()
    return case


@pytest.mark.requirement("10002-4.12")
def test_another_team_gets_somebody_inside() -> None:
    case, staff = confidential(State.INVESTIGATING), Staff()
    far = make_team("Far away")
    lead = make_lead("far", team=far)

    act(case, "recategorise", staff.lead, category=make_category("far", team=far), reason="Far.")

    assert (case.handler, told(case, "staff_unassigned")) == (None, {"far"})
    assert may_see(lead, case)
    act(case, "assign", lead, handler=lead)


@pytest.mark.requirement("10002-4.12")
def test_when_the_privacy_officer_closes_the_door_somebody_of_the_team_is_inside() -> None:
    case = make_case(State.OPEN)
    make_lead("lead")
    case.involvements.all().delete()

    act(case, "mark_sensitive", make_privacy(), condition="claims", reason="A diagnosis.")

    assert case.confidential
    assert inside(case) == {"lead"} == told(case, "staff_unassigned")


@pytest.mark.requirement("10002-4.12", "10002-4.7")
def test_when_the_only_person_inside_is_named_a_lead_is_let_in() -> None:
    case, staff = confidential(), Staff()
    make_lead("lead")
    act(case, "assign", staff.handler, handler=staff.handler)
    case.involvements.exclude(user=staff.handler).delete()

    act(case, "name_staff", staff.handler, colleague=staff.handler, reason="It was me.")

    assert inside(case) == {"lead"}
    assert told(case, "staff_conflict") == {"lead"}


def test_without_a_lead_a_handler_of_the_team_is_let_in_then_an_administrator() -> None:
    case, team = make_case(State.OPEN), make_team("Alone")
    Case.objects.filter(pk=case.pk).update(team=team)
    case.refresh_from_db()
    admin, privacy = make_admin(), make_privacy()
    act(case, "mark_sensitive", privacy, condition="claims", reason="A diagnosis.")
    assert [part.user for part in case.involvements.all()] == [admin]

    case.involvements.all().delete()
    make_handler("one", team=team)
    act(case, "mark_sensitive", privacy, condition="claims", reason="Still.")
    assert inside(case) == {"one"}


def test_who_approves_is_let_in_and_hears_of_it() -> None:
    case, staff = confidential(State.INVESTIGATING), Staff()
    case.severity, case.plan = 4, "Ask the driver."
    case.save()
    case.involvements.exclude(user=staff.handler).delete()
    assert not may_see(staff.lead, case)

    act(case, "propose", staff.handler, **proposal(case), both_sides="Both were asked.")

    assert case.state == State.DECIDING
    assert told(case, "staff_approve") == {"lead"}
    assert may_see(staff.lead, case)


@pytest.mark.requirement("GDPR-32")
def test_leads_hear_nothing_of_a_confidential_case_that_they_can_not_open() -> None:
    case, staff = confidential(State.INVESTIGATING, now=NOW), Staff()
    case.involvements.exclude(user=staff.handler).delete()
    assert case.handler == staff.handler
    assert staff.lead not in leads(case)

    run_clocks(NOW.replace(month=12))

    assert not Notice.objects.filter(case=case, to_user=staff.lead).exists()


@pytest.mark.requirement("10002-4.7")
@pytest.mark.parametrize("how", ["administrator", "own permission", "group"])
def test_a_colleague_is_found_however_they_got_their_rights(how: str) -> None:
    if how == "administrator":
        user = make_admin()
    elif how == "own permission":
        user = make_user("own")
        user.user_permissions.add(Permission.objects.get(codename="handle_case"))
    else:
        user = make_handler("one")
    user.first_name, user.last_name = "Ana", "Silva"
    user.save()
    make_lead("lead")

    case = submit(details={"staff_named": "Ana Silva was rude"}).case

    assert case.involvements.get(part=Involvement.Part.NAMED).user == user
    assert case.confidential
    assert not may_see(user, case)
    assert case.involvements.get(part=Involvement.Part.LEAD).user.username == "lead"


def test_naming_a_colleague_makes_the_case_confidential_and_keeps_whoever_said_so_inside() -> None:
    case, staff = make_case(State.OPEN), Staff()
    act(case, "name_staff", staff.lead, colleague=make_handler("other"), reason="Rude.")
    assert case.confidential
    assert inside(case) == {"lead"}


def test_into_a_case_that_is_not_confidential_nobody_need_be_let() -> None:
    case, staff = make_case(State.OPEN), Staff()
    Case.objects.filter(pk=case.pk).update(team=None)
    case.refresh_from_db()
    case.involvements.all().delete()
    assert staff.lead

    act(case, "declare_conflict", staff.handler, reason="A friend of mine.")

    assert [part.part for part in case.involvements.all()] == [Involvement.Part.CONFLICT]
