"""The second look: in fresh hands, with an answer of its own, and an end when nothing is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject

from complaints.backoffice.action_fields import people_to_assign
from complaints.backoffice.timeline import timeline
from complaints.lifecycle import Channel, Finding, Kind, Objectivity, Outcome, Refused, State
from complaints.models import Case, HandlingSettings, Involvement
from complaints.notices.outbox import render_notice
from tests.factories import (
    Staff,
    act,
    make_case,
    make_remedy_kind,
    proposal,
    submit,
    walk_to,
)
from tests.people import make_handler, make_lead, make_quality

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=90)


def reviewed(fresh: Any) -> Case:
    """A case with the answer of its review, in which nothing is promised."""
    case = make_case(State.ANSWERED, now=NOW)
    act(case, "reject", now=NOW)
    act(case, "request_review", now=NOW)
    answer = proposal(case, Finding.NOT_UPHELD, remedies=[])
    act(case, "propose", fresh, now=NOW, **answer)
    second = make_lead("second")
    act(case, "approve", second, now=NOW, checklist=list(Objectivity))
    return case


def test_a_fresh_reviewer_answers_as_the_wrapped_user_of_a_request() -> None:
    """A request's user is looked up when first used: its type is not the user's."""
    case = make_case(State.REVIEWING)
    fresh = make_handler("fresh")
    wrapped = SimpleLazyObject(lambda: fresh)
    act(case, "propose", wrapped, **proposal(case, Finding.NOT_UPHELD, remedies=[]))
    assert case.decisions.order_by("-pk")[0].proposed_by == fresh


@pytest.mark.requirement("10002-4.7")
@pytest.mark.parametrize("who", ["handler", "lead"])
def test_who_took_part_in_the_first_answer_does_not_write_the_second(who: str) -> None:
    case, staff = make_case(State.REVIEWING), Staff()

    with pytest.raises(Refused, match="took no part"):
        act(case, "propose", getattr(staff, who), **proposal(case))

    assert (case.state, case.decisions.count()) == (State.REVIEWING, 1)


def test_a_reviewer_may_propose_again_after_it_was_sent_back() -> None:
    case, staff, fresh = make_case(State.REVIEWING), Staff(), make_handler("fresh")
    act(case, "assign", staff.lead, handler=fresh)
    act(case, "propose", fresh, **proposal(case))
    act(case, "return", staff.lead, reason="Say why.")

    act(case, "propose", fresh, **proposal(case))

    assert (case.state, case.decisions.count()) == (State.DECIDING, 3)


def test_a_review_that_waits_for_a_reply_is_not_given_back_to_the_first_handler() -> None:
    case, staff, fresh = make_case(State.REVIEWING), Staff(), make_handler("fresh")
    act(case, "ask", fresh, text="Which day was it?")

    with pytest.raises(Refused, match="took no part"):
        act(case, "assign", staff.lead, handler=staff.handler)
    assert list(people_to_assign(case)) == [fresh]
    act(case, "assign", staff.lead, handler=fresh)

    assert case.involvements.get(user=fresh).part == Involvement.Part.REVIEWER


def test_the_answer_of_a_review_can_be_rejected_and_stands_when_nothing_is_said() -> None:
    case = reviewed(make_handler("fresh"))
    assert (case.state, case.contested) == (State.ANSWERED, False)

    act(case, "deliver_remedy", Staff().lead, remedy=case.remedies.get(), proof="Slip", now=NOW)
    act(case, "verify_remedy", Staff().lead, remedy=case.remedies.get(), now=NOW)
    act(case, "close", Staff().handler, now=LATER)

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.NOT_UPHELD)


def test_when_the_answer_of_a_review_is_rejected_it_ends_with_words_of_its_own() -> None:
    case = reviewed(make_handler("fresh"))
    act(case, "deliver_remedy", Staff().lead, remedy=case.remedies.get(), proof="Slip", now=NOW)
    act(case, "verify_remedy", Staff().lead, remedy=case.remedies.get(), now=NOW)
    act(case, "reject", now=NOW)

    with pytest.raises(Refused) as refusal:
        act(case, "close", Staff().handler, now=LATER)
    assert set(refusal.value.fields) == {"text"}
    with pytest.raises(Refused, match="can still reply"):
        act(case, "close", Staff().handler, now=NOW, text="Nothing is left with us.")
    act(case, "close", Staff().handler, now=LATER, text="Nothing is left with us.")

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.NOT_UPHELD)


def test_a_complaint_that_nobody_assessed_is_never_answered_by_one_person_alone() -> None:
    case, staff = make_case(State.OPEN), Staff()
    settings = HandlingSettings.for_site(case.site)
    settings.approval = "serious_only"
    settings.save()
    question = make_case(State.OPEN, kind=Kind.QUESTION)
    nothing = {"remedies": []}

    act(case, "propose", staff.handler, **proposal(case, **nothing))
    act(question, "propose", staff.handler, **proposal(question, **nothing))

    assert (case.state, question.state) == (State.DECIDING, State.ANSWERED)


def test_an_answer_acknowledges_what_nobody_acknowledged_before() -> None:
    by_phone = {"complainant": {"name": "Kim", "phone": "+44 20 7946 0000"}}
    case = submit(now=NOW, **by_phone).case
    walk_to(case, State.INVESTIGATING, now=NOW)
    assert case.acknowledged_at is None

    walk_to(case, State.ANSWERED, now=LATER)

    assert case.acknowledged_at == LATER
    assert case.clocks.get(name="acknowledge").stopped_at == LATER
    assert not case.is_overdue(LATER)


def test_what_a_customer_complained_of_is_not_put_right_by_one_person_alone() -> None:
    case, staff = make_case(State.OPEN), Staff()
    found = make_case(State.OPEN, channel=Channel.STAFF)
    data = {"remedy_kind": make_remedy_kind(), "cause": "Van", "text": "We pay.", "amount": 9999}

    with pytest.raises(Refused, match="not possible now"):
        act(case, "put_right", staff.lead, **data)
    act(found, "put_right", staff.lead, **data)

    assert (case.state, found.state) == (State.OPEN, State.PUTTING_RIGHT)


def test_a_question_whose_answer_is_rejected_is_not_told_of_a_review_and_can_be_closed() -> None:
    case, staff = make_case(State.OPEN, kind=Kind.QUESTION, now=NOW), Staff()
    act(case, "propose", staff.handler, now=NOW, **proposal(case, remedies=[]))
    act(case, "approve", staff.lead, now=NOW)
    act(case, "reject", now=NOW)

    act(case, "close", staff.handler, now=LATER, text="We know no more than this.")

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.NOTED)
    assert "review" not in case.notices.get(template="routes").text


def test_the_reminder_after_a_review_offers_no_other_review() -> None:
    first = make_case(State.ANSWERED, now=NOW)
    second = reviewed(make_handler("fresh"))
    context = {"reply_until": LATER, "decision": first.decisions.get()}

    offers = [
        "ask for a review" in part
        for case in (first, second)
        for part in render_notice(case, "silence_reminder", language="en", context=context)[1:]
    ]

    assert offers == [True, True, False, False]


# Who approves it


def in_review(small: bool) -> Case:
    """The review's answer waits, written by somebody fresh."""
    case = make_case(State.REVIEWING)
    HandlingSettings.objects.update_or_create(site=case.site, defaults={"small_mode": small})
    case = Case.objects.get(pk=case.pk)
    act(case, "propose", make_handler("fresh"), **proposal(case, remedies=[]))
    return case


@pytest.mark.requirement("10002-4.7")
@pytest.mark.parametrize("small", [False, True])
def test_who_approved_the_first_answer_does_not_approve_the_second(small: bool) -> None:
    case, second = in_review(small), make_lead("second")

    with pytest.raises(Refused, match="took no part"):
        act(case, "approve", Staff().lead, checklist=list(Objectivity))
    assert case.state == State.DECIDING
    act(case, "approve", second, checklist=list(Objectivity))

    decision = case.decisions.order_by("-number")[0]
    assert (case.state, decision.approved_again) == (State.ANSWERED, False)


def test_who_is_barred_or_wrote_it_is_nobody_else() -> None:
    case, other = in_review(small=True), make_lead("other")
    case.involvements.create(
        user=other, part=Involvement.Part.NAMED, since=NOW, informed_at=NOW, heard_at=NOW
    )
    make_quality()

    act(case, "approve", Staff().lead, checklist=list(Objectivity))

    assert case.state == State.ANSWERED


@pytest.mark.requirement("10002-4.7", "10002-B")
def test_where_a_small_organisation_has_nobody_else_the_letter_and_the_timeline_say_so() -> None:
    case = in_review(small=True)

    act(case, "approve", Staff().lead, checklist=list(Objectivity))

    decision = case.decisions.order_by("-number")[0]
    event = case.events.get(action="approve", data__approved_again=True)
    assert decision.approved_again
    assert "nobody else was there to do it" in decision.sent_text
    (said,) = [one for one in timeline(case, words=True) if one.number == event.number]
    words = "Had a part in the first answer too: nobody else was there to approve it."
    assert words in said.details


def test_where_there_is_nobody_else_but_no_small_organisation_it_waits() -> None:
    case = in_review(small=False)
    with pytest.raises(Refused, match="took no part"):
        act(case, "approve", Staff().lead, checklist=list(Objectivity))
    assert case.state == State.DECIDING
