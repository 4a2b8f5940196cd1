"""Feedback that turns out to be a complaint: one click, the first receipt time, and the sender's
wish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from complaints.access import Actor
from complaints.actions.performing import available_actions
from complaints.backoffice.offers import offers_for
from complaints.lifecycle import Channel, ComplaintWish, Kind, Refused, State, perform
from complaints.models import Case, Clock, ClockName
from tests.factories import Staff, act, make_case, make_category, submit

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = RECEIVED + timedelta(days=9)
FEEDBACK = sorted(set(Kind) - {Kind.COMPLAINT})


def clocks_of(case: Case) -> list[tuple[str, int, datetime, datetime, bool]]:
    return [
        (clock.name, clock.run, clock.started_at, clock.due_at, clock.stopped_at is None)
        for clock in Clock.objects.filter(case=case).exclude(name="update").order_by("name")
    ]


def converted(kind: str = Kind.SUGGESTION, **fields: object) -> Case:
    case = submit(kind=kind, now=RECEIVED, **fields).case  # type: ignore[arg-type]
    act(case, "make_complaint", Staff().handler, now=LATER)
    return case


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize("kind", FEEDBACK)
@pytest.mark.parametrize("state", [State.RECEIVED, State.OPEN])
def test_one_click_makes_a_complaint_as_of_its_first_receipt(kind: str, state: str) -> None:
    case = make_case(state, kind=kind, now=RECEIVED)
    words, clocks = case.description, clocks_of(case)

    act(case, "make_complaint", Staff().handler, now=LATER)

    assert (case.kind, case.first_kind, case.state) == (Kind.COMPLAINT, kind, state)
    assert (case.received_at, case.description) == (RECEIVED, words)
    assert clocks_of(case) == clocks
    answer = case.clocks.get(name=ClockName.ANSWER)
    assert (answer.started_at, answer.stopped_at) == (RECEIVED, None)
    # The sender was told, and hears from us again.
    assert case.due == case.clocks.get(name=ClockName.UPDATE, stopped_at=None).due_at


@pytest.mark.requirement("10002-7.2b")
def test_the_sender_is_told_and_asked() -> None:
    case = converted()

    notice = case.notices.get(template="made_complaint")
    assert case.complaint_wish == ComplaintWish.ASKED
    assert (notice.to, notice.state) == (case.complainant, "waiting")
    assert "shall we handle it as a complaint?" in notice.subject
    assert "It counts from the day you first wrote to us." in notice.text


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize("state", [State.RECEIVED, State.OPEN])
def test_staff_have_a_button_for_it(state: str) -> None:
    case, user = make_case(state, kind=Kind.SUGGESTION), Staff().handler

    assert "make_complaint" in [offer.name for offer in offers_for(case, user, []).now]
    act(case, "make_complaint", user)
    act(case, "decline_complaint")
    assert "make_complaint" not in offers_for(case, user, []).names


def test_the_event_says_from_what_to_what_and_no_word_of_the_person() -> None:
    case = converted()

    event = case.events.get(action="make_complaint")
    assert event.data == {"old": "suggestion", "new": "complaint"}
    assert (event.from_state, event.to_state, event.actor) == (
        "received",
        "received",
        Staff().handler,
    )


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize("on_behalf", [False, True])
def test_who_wants_it_has_a_complaint_that_goes_its_way(on_behalf: bool) -> None:
    case = converted()
    user = Staff().handler if on_behalf else None

    act(case, "confirm_complaint", user, now=LATER)

    assert (case.kind, case.complaint_wish) == (Kind.COMPLAINT, ComplaintWish.YES)
    assert case.events.get(action="confirm_complaint").data == {"on_behalf": on_behalf}
    with pytest.raises(Refused, match="not possible now"):
        act(case, "decline_complaint")


@pytest.mark.requirement("10002-7.2b")
@pytest.mark.parametrize("kind", FEEDBACK)
def test_who_does_not_want_it_has_sent_feedback_again_and_is_not_asked_twice(kind: str) -> None:
    case = converted(kind)
    clocks = clocks_of(case)

    act(case, "decline_complaint", now=LATER)

    assert (case.kind, case.complaint_wish) == (kind, ComplaintWish.NO)
    assert clocks_of(case) == clocks, "it still gets its answer in the time that was promised"
    with pytest.raises(Refused, match="not possible now"):
        act(case, "make_complaint", Staff().handler)
    assert case.notices.filter(template="made_complaint").count() == 1


def test_only_staff_make_a_complaint_of_it() -> None:
    case = submit(kind=Kind.COMPLIMENT).case

    for actor in (Actor.complainant(), Actor.system()):
        with pytest.raises(Refused) as refusal:
            perform(case, "make_complaint", actor=actor)
        assert refusal.value.code == "not_allowed"


def test_a_complaint_can_not_become_one() -> None:
    with pytest.raises(Refused, match="“Handle as a complaint” is not possible now"):
        act(submit().case, "make_complaint", Staff().handler)


@pytest.mark.requirement("10002-7.2b")
def test_moderating_feedback_as_a_complaint_asks_the_sender_too() -> None:
    case = submit(kind=Kind.QUESTION, now=RECEIVED).case

    accept = {"result": "accept", "category": make_category(), "kind": Kind.COMPLAINT}
    act(case, "moderate", Staff().handler, now=LATER, **accept)

    assert (case.kind, case.first_kind, case.received_at) == ("complaint", "question", RECEIVED)
    assert case.complaint_wish == ComplaintWish.ASKED
    assert case.notices.filter(template="made_complaint").count() == 1


def test_a_complaint_that_was_moderated_wrongly_goes_back_without_a_question() -> None:
    case, staff = submit().case, Staff()
    accept = {"result": "accept", "category": make_category(), "kind": Kind.REQUEST}
    act(case, "moderate", staff.handler, **accept)

    act(case, "change_kind", staff.handler, kind=Kind.COMPLAINT, reason="It is one.")

    assert (case.kind, case.first_kind, case.complaint_wish) == ("complaint", "complaint", "")
    assert not case.notices.filter(template="made_complaint").exists()


def test_who_gave_no_name_in_a_survey_has_no_page_to_answer_on_and_is_not_asked() -> None:
    case = converted(channel=Channel.SURVEY, complainant={"reply_by": "online"})

    assert (case.kind, case.complaint_wish) == (Kind.COMPLAINT, "")
    assert not case.notices.filter(template="made_complaint").exists()


def test_what_is_held_as_spam_is_released_first() -> None:
    case, staff = submit(kind=Kind.QUESTION).case, Staff()
    Case.objects.filter(pk=case.pk).update(held=True)
    case.refresh_from_db()

    offered = {action.name for action in available_actions(case, Actor.staff(staff.handler))}
    assert {"release", "make_complaint"} & offered == {"release"}
    act(case, "release", staff.handler)
    act(case, "make_complaint", staff.handler)

    assert (case.held, case.kind) == (False, Kind.COMPLAINT)


def test_who_wants_no_complaint_while_it_is_looked_into_withdraws_it() -> None:
    case = converted()
    staff = Staff()
    act(case, "moderate", staff.handler, result="accept", category=make_category())
    act(case, "assess", staff.handler, severity=2, complexity="low", impact="low")
    act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "investigate", staff.handler)

    offered = {action.name for action in available_actions(case, Actor.complainant())}
    assert offered == {"confirm_complaint", "reply", "withdraw"}
