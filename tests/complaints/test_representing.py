"""Acting for somebody else: the case opens at once, telling waits for the permission."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints.access import Actor
from complaints.lifecycle import AuthorityResult, Objectivity, Refused, State, perform
from complaints.models import Case, Notice, Party
from tests.factories import Staff, act, make_category, proposal, submit, walk_to

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
WAITS = "nobody has checked yet whether they may"


def represented(authority: str = Party.Authority.FOLLOWS, **fields: Any) -> Case:
    """Lee writes for Kim and wants the answer."""
    return submit(
        representative={
            "name": "Lee Ha-joon",
            "email": "lee@example.com",
            "relation": "Son",
            "authority": authority,
        },
        details={"answer_to_representative": True},
        **fields,
    ).case


def confirm(case: Case, **data: Any) -> None:
    data = {"result": AuthorityResult.CONFIRMED, **data}
    act(case, "check_authority", Staff().handler, **data)


def authority_of(case: Case) -> str:
    return Party.objects.get(case_represented=case).authority


@pytest.mark.requirement("SEC-REP")
@pytest.mark.parametrize("authority", ["", "follows", "sent"])
def test_the_case_opens_at_once_and_the_acknowledgement_goes_out(authority: str) -> None:
    case = represented(authority)

    assert (case.state, case.awaits_authority) == (State.RECEIVED, True)
    copy, brief = case.notices.order_by("pk")
    assert [(n.template, n.to) for n in (copy, brief)] == [
        ("received", case.complainant),
        ("received", case.representative),
    ]
    # Who acts for them hears that it is here: the words and the key wait for the permission.
    assert (case.description in copy.text, case.description in brief.text) == (True, False)
    assert (bool(copy.secret), brief.secret) == (True, "")
    assert Notice.SECRET_MARK not in brief.text + brief.html
    assert case.acknowledged_at is not None
    act(case, "moderate", Staff().handler, result="accept", category=make_category())
    assert case.state == State.OPEN


@pytest.mark.requirement("SEC-REP")
def test_it_is_looked_into_but_nothing_is_told_until_somebody_confirmed_the_permission() -> None:
    case, staff = represented(), Staff()
    walk_to(case, State.DECIDING)
    told = case.notices.filter(to__isnull=False).count()

    for user, action, data in (
        (staff.lead, "approve", {"checklist": list(Objectivity)}),
        (staff.handler, "update", {"text": "We spoke to the driver."}),
    ):
        with pytest.raises(Refused, match=WAITS):
            act(case, action, user, **data)
    case.refresh_from_db()
    assert (case.state, case.decisions.get().sent_at) == (State.DECIDING, None)
    assert case.notices.filter(to__isnull=False).count() == told
    assert not case.messages.filter(direction="out").exists()

    confirm(case)
    act(case, "approve", staff.lead, checklist=list(Objectivity))

    assert case.state == State.ANSWERED
    assert case.notices.get(template="answer").to == case.representative


@pytest.mark.requirement("SEC-REP")
@pytest.mark.parametrize(
    ("state", "action", "data"),
    [
        (State.RECEIVED, "resolve_early", {"text": "A new parcel is on its way.", "agreed": True}),
        (State.OPEN, "update", {"text": "We spoke to the driver."}),
        (State.INVESTIGATING, "update", {"text": "We spoke to the driver."}),
    ],
)
def test_whatever_would_tell_something_is_refused(state: str, action: str, data: Any) -> None:
    case = walk_to(represented(), state)

    with pytest.raises(Refused, match=WAITS):
        act(case, action, Staff().handler, **data)

    case.refresh_from_db()
    assert (case.state, case.messages.filter(direction="out").count()) == (state, 0)


def test_a_question_tells_nothing_and_goes_out() -> None:
    case = walk_to(represented(), State.OPEN)

    act(case, "ask", Staff().handler, text="Which day was it?")

    assert case.notices.get(template="question").to == case.representative


@pytest.mark.requirement("SEC-REP")
def test_the_complainant_who_gets_the_answer_needs_no_permission() -> None:
    case = represented()
    Case.objects.filter(pk=case.pk).update(answer_to_representative=False)
    case.refresh_from_db()

    walk_to(case, State.ANSWERED)

    assert case.notices.get(template="answer").to == case.complainant


@pytest.mark.requirement("SEC-REP")
def test_a_permission_that_has_ended_counts_as_none() -> None:
    case = walk_to(represented(), State.OPEN)
    today = timezone.localdate()
    confirm(case, scope="This complaint", until=today)
    assert case.awaits_authority is False, "its last day counts"
    act(case, "update", Staff().handler, text="We spoke to the driver.")

    Party.objects.filter(case_represented=case).update(authority_until=today - timedelta(days=1))
    late = Case.objects.get(pk=case.pk)

    assert late.awaits_authority is True
    with pytest.raises(Refused, match=WAITS):
        act(late, "update", Staff().handler, text="And to the depot.")


def test_a_permission_that_ended_before_it_was_checked_is_not_confirmed() -> None:
    case = represented()

    with pytest.raises(Refused) as refusal:
        confirm(case, until=date(2020, 1, 1))

    assert set(refusal.value.fields) == {"until"}
    assert authority_of(case) == Party.Authority.FOLLOWS


@pytest.mark.requirement("SEC-REP")
def test_what_is_confirmed_is_kept_with_its_scope_and_end() -> None:
    case = represented(Party.Authority.SENT)

    confirm(case, scope="This complaint, letters", until=date(2099, 1, 1))

    found = Party.objects.get(case_represented=case)
    assert (found.authority, found.authority_scope, found.authority_until) == (
        "confirmed",
        "This complaint, letters",
        date(2099, 1, 1),
    )
    assert case.events.get(action="check_authority").data == {"result": "confirmed"}


@pytest.mark.requirement("SEC-REP")
def test_who_sent_too_little_is_asked_for_what_is_missing() -> None:
    case, staff = represented(Party.Authority.SENT), Staff()
    refused = {"result": AuthorityResult.REFUSED}

    with pytest.raises(Refused, match="Say what is missing"):
        act(case, "check_authority", staff.handler, **refused)
    act(case, "check_authority", staff.handler, **refused, text="Your mother's signature.")

    notice = case.notices.get(template="authority")
    assert (notice.to, notice.state) == (case.representative, Notice.State.WAITING)
    assert "Your mother's signature." in notice.text
    assert "Kim" not in notice.text
    assert (authority_of(case), case.awaits_authority) == ("refused", True)
    event = case.events.get(action="check_authority")
    assert event.data == {"result": "refused", "message": case.messages.last().pk}


def test_only_staff_check_a_permission_and_only_where_somebody_acts_for_another() -> None:
    case = represented()
    for actor in (Actor.complainant(), Actor.system()):
        with pytest.raises(Refused) as refusal:
            perform(case, "check_authority", actor=actor, data={"result": "confirmed"})
        assert refusal.value.code == "not_allowed"

    with pytest.raises(Refused, match="“Check the permission to act” is not possible now"):
        confirm(submit().case)


@pytest.mark.requirement("SEC-REP")
def test_the_silence_rule_that_an_answer_stated_holds_when_the_permission_has_ended_since() -> None:
    case = represented(now=NOW)
    confirm(case)
    walk_to(case, State.DECIDING, now=NOW)
    act(case, "return", Staff().lead, now=NOW, reason="Without the refund.")
    act(case, "propose", Staff().handler, now=NOW, **proposal(case) | {"remedies": []})
    act(case, "approve", Staff().lead, now=NOW, checklist=list(Objectivity))
    Party.objects.filter(case_represented=case).update(authority_until=date(2020, 1, 1))
    case = Case.objects.get(pk=case.pk)

    assert case.awaits_authority is True
    perform(case, "close", actor=Actor.system(), now=datetime(2027, 1, 15, tzinfo=UTC))

    assert case.state == State.CLOSED
