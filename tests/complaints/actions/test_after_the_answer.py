"""What an accepted answer still owes, and how long a review can be asked for (7.9, annex G)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from complaints.lifecycle import Finding, Kind, Outcome, Refused, State
from complaints.models import NEVER, Case, HandlingSettings
from complaints.tracking.presenting import CaseView
from tests.factories import Staff, act, make_case, proposal, walk_to

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answered(finding: str, **fields: Any) -> Case:
    state = State.OPEN if "kind" in fields else State.INVESTIGATING
    case, staff = make_case(state, now=NOW, **fields), Staff()
    act(case, "propose", staff.handler, now=NOW, **proposal(case, finding, remedies=[]))
    act(case, "approve", staff.lead, now=NOW)
    return case


# What was learnt


@pytest.mark.requirement("10002-7.9")
@pytest.mark.parametrize("on_behalf", [False, True])
@pytest.mark.parametrize("finding", [Finding.UPHELD, Finding.PARTLY_UPHELD])
def test_an_accepted_answer_is_not_the_end_before_staff_say_what_was_learnt(
    finding: str, on_behalf: bool
) -> None:
    case, staff = answered(finding), Staff()

    act(case, "accept", staff.lead if on_behalf else None, now=NOW)

    left = case.clocks.get(name="remedy", stopped_at=None)
    assert (case.state, case.closed_at, left.remedy) == (State.PUTTING_RIGHT, None, None)
    assert case.due_at == left.due_at
    assert case.decisions.get().accepted_at == NOW
    assert case.notices.filter(template="staff_reply", to_user=staff.handler).count() == 1
    with pytest.raises(Refused) as refusal:
        act(case, "close", staff.handler, now=NOW)
    assert set(refusal.value.fields) == {"lesson"}
    act(case, "close", staff.handler, now=NOW, lesson="Put up a shelter.")
    assert (case.state, case.outcome, case.lesson) == ("closed", finding, "Put up a shelter.")
    assert case.due_at == NEVER


@pytest.mark.requirement("10002-7.9")
def test_the_complainant_need_do_nothing_more_meanwhile() -> None:
    case = answered(Finding.UPHELD)
    act(case, "accept", now=NOW)

    with translation.override("en"):
        page = CaseView(case, now=NOW)

    assert page.next_step == (
        "Next: we finish what is left to do on our side. You need do nothing more."
    )


@pytest.mark.requirement("10002-7.9")
@pytest.mark.parametrize(
    ("finding", "fields", "outcome"),
    [
        (Finding.NOT_UPHELD, {}, Outcome.NOT_UPHELD),
        (Finding.UPHELD, {"kind": Kind.SUGGESTION}, Outcome.NOTED),
    ],
)
def test_where_nothing_was_upheld_acceptance_ends_it(
    finding: str, fields: dict[str, Any], outcome: str
) -> None:
    case = answered(finding, **fields)
    act(case, "accept", now=NOW)
    assert (case.state, case.outcome) == (State.CLOSED, outcome)


@pytest.mark.requirement("10002-7.9")
def test_a_lesson_of_before_is_not_asked_for_twice() -> None:
    case = answered(Finding.UPHELD)
    Case.objects.filter(pk=case.pk).update(lesson="Put up a shelter.")

    act(case, "accept", now=NOW)

    assert (case.state, case.lesson) == (State.CLOSED, "Put up a shelter.")


def test_while_a_remedy_is_owed_that_has_the_clock() -> None:
    case = walk_to(make_case(now=NOW), State.PUTTING_RIGHT, now=NOW)
    remedies = set(case.clocks.filter(name="remedy").values_list("remedy", flat=True))
    assert remedies == {case.remedies.get().pk}


# The time for a review


def last_moment(case: Case) -> datetime:
    decision = case.decisions.get()
    since = decision.rejected_at or decision.answer_by
    assert since is not None
    return since + timedelta(days=HandlingSettings.for_site(case.site).reopen_days)


@pytest.mark.requirement("10002-G")
@pytest.mark.parametrize("rejected", [False, True])
def test_a_review_is_asked_for_as_long_as_a_closed_case_could_be_reopened(rejected: bool) -> None:
    case = answered(Finding.NOT_UPHELD)
    if rejected:
        act(case, "reject", now=NOW + timedelta(days=3))
    until = last_moment(case)

    with pytest.raises(Refused, match="You could ask for a review until") as refusal:
        act(case, "request_review", now=until + timedelta(minutes=1))
    assert refusal.value.code == "not_possible"
    case.refresh_from_db()
    assert (case.state, case.stage) == (State.ANSWERED, 1)
    act(case, "request_review", now=until)

    assert (case.state, case.stage) == (State.REVIEWING, 2)


@pytest.mark.requirement("10002-G")
def test_staff_record_a_late_request_for_a_review() -> None:
    case = answered(Finding.NOT_UPHELD)
    act(case, "reject", now=NOW)

    act(case, "request_review", Staff().handler, now=NOW + timedelta(days=730))

    assert (case.state, case.events.last().data["on_behalf"]) == (State.REVIEWING, True)
