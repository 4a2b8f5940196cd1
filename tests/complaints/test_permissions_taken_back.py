"""Permissions beyond the handling of the case: taken back as easily as they were given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from complaints.access import Actor
from complaints.lifecycle import ConsentPurpose, Refused, State, perform
from complaints.models import Case, Consent, Party
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 10, tzinfo=UTC)


def permitting(*purposes: str, state: str = State.RECEIVED) -> Case:
    """A case whose person allowed all these, and needs an interpreter."""
    case = make_case(state, now=NOW)
    for purpose in purposes:
        case.consents.create(purpose=purpose, given_at=NOW)
    case.may_be_told = case.may_be_surveyed = True
    case.save()
    Party.objects.filter(pk=case.complainant_id).update(
        support=["interpreter"], support_needs="Vietnamese", support_review_on=NOW.date()
    )
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("state", [State.RECEIVED, State.DECIDING, State.CLOSED])
def test_it_is_taken_back_at_any_time_and_the_row_stays(state: str) -> None:
    case = permitting(ConsentPurpose.STORY, state=state)

    act(case, "withdraw_permission", purpose=ConsentPurpose.STORY, now=LATER)

    assert [(c.given_at, c.withdrawn_at) for c in Consent.objects.all()] == [(NOW, LATER)]
    assert (case.state, case.may_be_told) == (state, False)


@pytest.mark.parametrize(
    ("purpose", "left"),
    [
        (ConsentPurpose.SURVEY, {"surveyed": False, "told": True, "support": "Vietnamese"}),
        (ConsentPurpose.STORY, {"surveyed": True, "told": False, "support": "Vietnamese"}),
        (ConsentPurpose.SUPPORT, {"surveyed": True, "told": True, "support": ""}),
    ],
)
def test_one_is_taken_back_and_the_others_stay(purpose: str, left: dict[str, Any]) -> None:
    case = permitting(*ConsentPurpose.values)

    act(case, "withdraw_permission", purpose=purpose)

    person = Party.objects.get(pk=case.complainant_id)
    assert {
        "surveyed": case.may_be_surveyed,
        "told": case.may_be_told,
        "support": person.support_needs,
    } == left
    has_support = purpose != ConsentPurpose.SUPPORT
    assert (bool(person.support), person.support_review_on is not None) == (has_support,) * 2
    live = set(case.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    assert live == set(ConsentPurpose.values) - {str(purpose)}


def test_the_event_names_the_purpose_and_nothing_of_the_person() -> None:
    case = permitting(ConsentPurpose.SUPPORT)

    act(case, "withdraw_permission", purpose="support")

    assert case.events.last().data == {"purpose": "support"}


def test_staff_record_it_for_somebody_who_called() -> None:
    case = permitting(ConsentPurpose.SURVEY)

    act(case, "withdraw_permission", Staff().handler, purpose="survey")

    assert (case.may_be_surveyed, case.events.last().actor_role) == (False, "handler")


def test_what_was_never_given_is_refused_in_words() -> None:
    case = permitting(ConsentPurpose.SURVEY)

    with pytest.raises(Refused, match="never given, or was taken back already"):
        act(case, "withdraw_permission", purpose="story")
    act(case, "withdraw_permission", purpose="survey")
    with pytest.raises(Refused, match="“Take a permission back” is not possible now"):
        act(case, "withdraw_permission", purpose="survey")


def test_no_machine_takes_one_back() -> None:
    with pytest.raises(Refused) as refusal:
        perform(
            permitting(ConsentPurpose.SURVEY),
            "withdraw_permission",
            actor=Actor.system(),
            data={"purpose": "survey"},
        )

    assert refusal.value.code == "not_allowed"
