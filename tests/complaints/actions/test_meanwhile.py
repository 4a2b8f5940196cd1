"""What a colleague, the clocks or the service do between two looks at a case is not undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints.events import broken_links
from complaints.lifecycle import Outcome, Refused, State
from complaints.models import Case, Involvement, Notice
from complaints.privacy.encryption import lookup_hash
from complaints.tracking.lost_key import give_new_key
from tests.factories import Staff, act, make_case, make_category, submit
from tests.people import make_lead

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def told(case: Case, template: str) -> list[str]:
    rows = Notice.objects.filter(case=case, template=template).order_by("pk")
    return [row.to_user.username for row in rows if row.to_user]


# Joined


def test_two_cases_never_end_as_duplicates_of_each_other() -> None:
    first, second, staff = make_case(), make_case(), Staff()
    act(second, "moderate", staff.handler, result="duplicate", duplicate_of=first.reference)

    with pytest.raises(Refused, match="The other case is closed") as refusal:
        act(first, "moderate", staff.handler, result="duplicate", duplicate_of=second.reference)

    assert set(refusal.value.fields) == {"duplicate_of"}
    first.refresh_from_db()
    assert first.state == State.RECEIVED


@pytest.mark.requirement("SEC-DUP")
def test_at_moderation_too_each_person_gets_an_answer_of_their_own() -> None:
    first, staff = make_case(), Staff()
    other = submit(email="lee@example.com", name="Lee").case

    with pytest.raises(Refused, match="not of the same person"):
        act(other, "moderate", staff.handler, result="duplicate", duplicate_of=first.reference)

    other.refresh_from_db()
    assert other.state == State.RECEIVED


@pytest.mark.parametrize("action", ["merge", "moderate"])
def test_the_case_that_goes_on_says_so_and_is_nobodys_who_was_barred(action: str) -> None:
    state = State.RECEIVED if action == "moderate" else State.OPEN
    first, second, staff = make_case(State.OPEN), make_case(state), Staff()
    act(first, "assign", staff.lead, handler=staff.handler)
    second.involvements.create(user=staff.handler, part=Involvement.Part.NAMED, since=NOW)
    version = first.version

    if action == "merge":
        act(second, "merge", staff.lead, other=first.reference, reason="Twice.")
    else:
        act(second, "moderate", staff.lead, result="duplicate", duplicate_of=first.reference)

    first.refresh_from_db()
    event = first.events.last()
    assert (event.action, event.data) == ("merge", {"other": second.pk, "unassigned": True})
    assert (first.handler, first.version) == (None, version + 1)
    assert list(broken_links([first, second])) == []
    assert (second.outcome, second.duplicate_of) == (Outcome.DUPLICATE, first)


# Begun again


def left(case: Case) -> Any:
    handler = case.handler
    assert handler is not None
    handler.is_active = False
    handler.save()
    return handler


@pytest.mark.requirement("10002-4.12")
def test_a_case_that_begins_again_does_not_belong_to_who_has_left() -> None:
    case = make_case(State.CLOSED)
    left(case)

    act(case, "reopen", reason="It broke again.")

    assert case.handler is None
    assert told(case, "staff_unassigned") == ["lead"]
    assert told(case, "staff_reply") == ["lead"]


def test_whoever_handled_it_hears_that_the_person_reopened_it() -> None:
    case = make_case(State.CLOSED)
    act(case, "reopen", reason="It broke again.")
    assert told(case, "staff_reply") == [case.handler.username]


@pytest.mark.parametrize("how", ["closed as out of scope", "not given to anybody", "handler left"])
def test_a_reply_reaches_somebody(how: str) -> None:
    make_lead("lead")
    if how == "closed as out of scope":
        case = make_case()
        act(case, "moderate", Staff().lead, result="out_of_scope", scope_reason="service",
            detail="Ring the desk.")  # fmt: skip
        Case.objects.filter(pk=case.pk).update(team=make_category().team)
    elif how == "not given to anybody":
        case = make_case(State.OPEN)
    else:
        case = make_case(State.INVESTIGATING)
        left(case)
    case.refresh_from_db()

    act(case, "reply", text="But I have not written before.")

    assert told(case, "staff_reply") == ["lead"]


def test_spam_that_was_none_is_a_case_like_any_other() -> None:
    case, staff = make_case(), Staff()
    Case.objects.filter(pk=case.pk).update(held=True)
    case.refresh_from_db()
    act(case, "moderate", staff.lead, result="abuse")

    act(case, "reopen", staff.lead, reason="It was none.")

    assert not case.held
    act(case, "withdraw")
    assert case.notices.filter(template="withdrawn").exists()


# Keys


@pytest.mark.requirement("SEC-STATUS")
def test_a_second_click_a_little_later_ends_no_key() -> None:
    case, now = submit().case, timezone.now()
    args = case.reference, lookup_hash("kim@example.com")
    assert give_new_key(*args, now)
    assert not give_new_key(*args, timezone.now() + timedelta(seconds=30))
    assert give_new_key(*args, timezone.now() + timedelta(minutes=5))
