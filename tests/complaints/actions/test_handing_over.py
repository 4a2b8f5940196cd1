"""Another handler, somebody away, another category, more time (4.3, 4.12, 4.14, 7.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.absences import hand_over, hand_over_due
from complaints.automation import run_clocks
from complaints.backoffice.action_fields import people_to_assign
from complaints.clock_words import explain
from complaints.deadlines import recompute_due
from complaints.lifecycle import Refused, State
from complaints.models import Absence, Case, Competence, HandlingSettings, Holiday
from complaints.working_calendar import WorkingCalendar
from tests.factories import ASSESSMENT, Staff, act, make_case, make_category, proposal
from tests.people import make_handler, make_lead, make_quality, make_team

pytestmark = pytest.mark.django_db
#: A Monday.
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def away(user: Any, deputy: Any = None, **days: Any) -> Absence:
    today = timezone.localdate()
    return Absence.objects.create(
        user=user, deputy=deputy, **({"first_day": today, "last_day": today} | days)
    )


@pytest.mark.requirement("10002-4.3")
def test_cases_of_who_is_away_go_to_the_deputy_and_complainants_are_told() -> None:
    first, second = make_case(State.INVESTIGATING), make_case(State.WAITING)
    closed = make_case(State.CLOSED)
    deputy = make_handler("deputy", first_name="Dana")
    absence = away(Staff().handler, deputy)

    assert hand_over(absence, timezone.now()) == 2

    for case in (first, second, closed):
        case.refresh_from_db()
    assert (first.handler, second.handler, closed.handler) == (deputy, deputy, Staff().handler)
    told = first.notices.get(template="new_contact")
    assert (told.to.email, "Dana" in told.text) == ("kim@example.com", True)
    assert closed.notices.filter(template="new_contact").count() == 0


def test_handing_over_happens_once_and_only_while_the_absence_lasts() -> None:
    make_case(State.INVESTIGATING)
    today = timezone.localdate()
    later = away(
        Staff().handler, make_handler("deputy"),
        first_day=today + timedelta(days=2), last_day=today + timedelta(days=3),
    )  # fmt: skip
    now = timezone.now()

    assert [hand_over_due(now + timedelta(days=n)) for n in (0, 2, 2, 9)] == [0, 1, 0, 0]
    later.refresh_from_db()
    assert later.handed_over_at == now + timedelta(days=2)


def test_the_clocks_hand_over_by_themselves() -> None:
    case = make_case(State.INVESTIGATING)
    deputy = make_handler("deputy")
    away(Staff().handler, deputy)

    assert run_clocks().handed_over == 1
    case.refresh_from_db()
    assert (case.handler, case.events.last().actor_role) == (deputy, "system")


@pytest.mark.parametrize("why", ["nobody", "other team", "barred"])
def test_what_the_deputy_may_not_have_stays_and_the_lead_is_told(why: str) -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    team = make_team("Far away") if why == "other team" else None
    deputy = None if why == "nobody" else make_handler("deputy", team=team)
    if why == "barred":
        case.involvements.create(user=deputy, part="named", since=NOW)

    assert hand_over(away(staff.handler, deputy), timezone.now()) == 0

    case.refresh_from_db()
    assert case.handler == staff.handler
    assert [n.to_user for n in case.notices.filter(template="staff_away")] == [staff.lead]


def test_nothing_is_assigned_to_who_is_away() -> None:
    case, staff = make_case(State.OPEN), Staff()
    away(staff.handler)

    with pytest.raises(Refused, match="is away at the moment") as refusal:
        act(case, "assign", staff.lead, handler=staff.handler)

    assert set(refusal.value.fields) == {"handler"}
    assert staff.handler not in people_to_assign(case)


@pytest.mark.requirement("10002-4.3")
def test_a_handler_hands_over_and_the_complainant_hears_who_it_is() -> None:
    case, other = make_case(State.INVESTIGATING), make_handler("other", first_name="Olu")

    act(case, "hand_over", Staff().handler, handler=other, reason="She called twice.")

    assert (case.handler, case.state) == (other, State.INVESTIGATING)
    assert "Olu" in case.notices.get(template="new_contact").text
    assert "called twice" not in case.notices.get(template="new_contact").text


TRAINING = pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"general": True}, True),
        ({"expires_on": date(2026, 1, 1)}, False),
        ({"gained_on": date(2990, 1, 1)}, False),
        ({"sort": "language"}, False),
        ({"other": True}, False),
        ({"parent": True}, True),
        (None, False),
    ],
    ids=["for it", "for all", "run out", "not yet", "a language", "another", "above", "none"],
)


@TRAINING
@pytest.mark.requirement("10002-4.14")
def test_a_category_for_trained_staff_is_handled_by_trained_staff(fields: Any, fits: bool) -> None:
    case, staff = make_case(State.OPEN), Staff()
    above, category = make_category("above"), case.issues.get().category
    category.needs_training, category.parent = True, above
    category.save()
    if fields is not None:
        fields = dict(fields)
        about = None if fields.pop("general", False) else category
        about = make_category("other") if fields.pop("other", False) else about
        about = above if fields.pop("parent", False) else about
        given = {"gained_on": date(2020, 1, 1), "category": about} | fields
        Competence.objects.create(user=staff.handler, subject="Dangerous goods", **given)

    assert (staff.handler in people_to_assign(case)) is fits
    if fits:
        act(case, "assign", staff.lead, handler=staff.handler)
        assert case.handler == staff.handler
    else:
        with pytest.raises(Refused, match="no valid training"):
            act(case, "assign", staff.lead, handler=staff.handler)


@pytest.mark.requirement("10002-4.14")
def test_serious_cases_can_be_kept_for_trained_staff_who_alone_decide() -> None:
    case, staff = make_case(State.OPEN), Staff()
    settings = HandlingSettings.for_site(case.site)
    settings.serious_needs_training = True
    settings.save()
    act(case, "assess", staff.handler, **ASSESSMENT | {"severity": 5})

    with pytest.raises(Refused, match="no valid training"):
        act(case, "assign", staff.lead, handler=staff.handler)
    with pytest.raises(Refused, match="You have no valid training"):
        act(case, "propose", staff.handler, **proposal(case, both_sides="Both called."))

    Competence.objects.create(
        user=staff.handler, subject="Investigations", gained_on=date(2020, 1, 1)
    )
    act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "investigate", staff.handler, plan="Call both.")
    act(case, "propose", staff.handler, **proposal(case, both_sides="Both called."))
    with pytest.raises(Refused, match="You have no valid training"):
        act(case, "approve", staff.lead)


def test_untrained_staff_still_read_and_note() -> None:
    case, staff = make_case(State.OPEN), Staff()
    category = case.issues.get().category
    category.needs_training = True
    category.save()

    act(case, "note", staff.handler, text="She called again.")

    assert case.messages.filter(purpose="note").count() == 1


def test_the_list_says_how_many_open_cases_everybody_has() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    make_case(State.CLOSED)
    lead = staff.lead

    assert {u.username: u.open_cases for u in people_to_assign(case)} == {"handler": 1, "lead": 0}
    assert lead in people_to_assign(case)


def test_another_team_takes_it_from_who_is_not_in_it() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    far = make_team("Far away")
    lead = make_lead("lead2", team=far)
    category = make_category("customs", team=far)

    act(case, "recategorise", staff.handler, category=category, reason="It is about customs.")

    assert (case.team, case.handler, case.issues.get().category) == (far, None, category)
    assert [n.to_user for n in case.notices.filter(template="staff_unassigned")] == [lead]
    assert case.state == State.INVESTIGATING


def test_of_several_problems_it_must_be_said_which_one() -> None:
    case = make_case(State.OPEN)
    second = case.issues.create(number=2)

    with pytest.raises(Refused, match="which of the problems"):
        act(case, "set_promises", Staff().handler, reason="Late.")
    act(case, "recategorise", Staff().handler, issue=second, category=make_category("x"),
        reason="It is.")  # fmt: skip

    assert case.issues.get(number=2).category.code == "x"


# More time


@pytest.mark.requirement("10002-4.15")
def test_more_time_is_taken_before_the_old_day_and_the_person_is_told_the_new_one() -> None:
    case, staff = make_case(State.INVESTIGATING, now=NOW), Staff()
    old = case.clocks.get(name="answer").due_at

    act(case, "extend", staff.lead, now=NOW + timedelta(days=3), until=date(2026, 4, 10),
        text="The driver is ill.")  # fmt: skip

    clock = case.clocks.get(name="answer")
    assert (old.date(), clock.due_at.date()) == (date(2026, 3, 30), date(2026, 4, 10))
    assert recompute_due(clock, WorkingCalendar.for_site(case.site)) == clock.due_at
    # Told of it, they hear from us again within ten working days.
    told = case.clocks.get(name="update", stopped_at=None)
    assert (case.due_at, told.due_at.date()) == (told.due_at, date(2026, 3, 19))
    notice = case.notices.get(template="extended")
    assert ("The driver is ill." in notice.text, "10 April 2026" in notice.text) == (True, True)
    assert explain(clock)[-1] == (
        "5 March 2026: more time was taken. The last day is now 10 April 2026."
    )


@pytest.mark.parametrize(
    ("at", "until", "why"),
    [
        (NOW, date(2026, 3, 30), "after the present last day"),
        (NOW, date(2026, 4, 11), "no working day"),
        (NOW, date(2026, 4, 6), "no working day"),
        (NOW + timedelta(days=60), date(2026, 6, 1), "counts as late"),
        (NOW, date(9999, 12, 31), "within one year"),
    ],
    ids=["the same day", "a Saturday", "a holiday", "too late", "for ever"],
)
def test_more_time_is_a_later_working_day_and_never_makes_good_what_is_late(
    at: datetime, until: date, why: str
) -> None:
    Holiday.objects.create(day=date(2026, 4, 6), name="Easter Monday")
    case = make_case(State.INVESTIGATING, now=NOW)
    due = case.clocks.get(name="answer").due_at

    with pytest.raises(Refused, match=why):
        act(case, "extend", Staff().lead, now=at, until=until, text="Because.")

    assert case.clocks.get(name="answer").due_at == due


def test_another_priority_does_not_take_back_the_day_that_was_told() -> None:
    case, staff = make_case(State.OPEN, now=NOW), Staff()
    act(case, "extend", staff.lead, now=NOW, until=date(2026, 4, 10), text="Much to do.")

    act(case, "assess", staff.handler, now=NOW, **ASSESSMENT | {"severity": 4})

    assert case.clocks.get(name="answer").due_at.date() == date(2026, 4, 10)


def test_a_handler_can_not_take_more_time() -> None:
    with pytest.raises(Refused) as refusal:
        act(make_case(State.OPEN), "extend", Staff().handler, until=date(2990, 1, 2), text="x")

    assert refusal.value.code == "not_allowed"


def test_a_note_calls_those_who_may_see_the_case_and_nobody_else() -> None:
    case, staff = make_case(State.OPEN), Staff()
    other, far = make_handler("other"), make_handler("far", team=make_team("Far away"))
    named = make_handler("named")
    case.involvements.create(user=named, part="named", since=NOW)

    act(case, "note", staff.handler, text="@other @far @named @nobody a@other @handler look!")

    assert [n.to_user for n in case.notices.filter(template="staff_mentioned")] == [other]
    assert case.events.last().data["mentioned"] == sorted([other.pk, staff.handler.pk])
    assert far.pk not in case.events.last().data["mentioned"]


def test_many_cases_of_one_person_are_handed_over_each_by_itself() -> None:
    cases = [make_case(State.INVESTIGATING) for _ in range(3)]
    deputy = make_handler("deputy")
    cases[1].involvements.create(user=deputy, part="conflict", since=NOW)

    assert hand_over(away(Staff().handler, deputy), timezone.now()) == 2
    assert Case.objects.of(deputy).count() == 2


@pytest.mark.requirement("10002-4.3")
@pytest.mark.parametrize(("starts_in", "handed_over"), [(0, True), (3, False)])
def test_an_absence_written_down_in_the_admin_hands_over_when_it_begins(
    starts_in: int, handed_over: bool, client: Any
) -> None:
    case, deputy = make_case(State.INVESTIGATING), make_handler("deputy")
    client.force_login(make_quality())
    day = timezone.localdate() + timedelta(days=starts_in)

    response = client.post(
        reverse("conduct_absences:add"),
        {"user": Staff().handler.pk, "deputy": deputy.pk, "first_day": day, "last_day": day},
    )

    case.refresh_from_db()
    assert (response.status_code, case.handler == deputy) == (302, handed_over)
    assert Absence.objects.count() == 1
