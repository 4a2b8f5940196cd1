"""Each step in the handling of a complaint has one role, and somebody who holds it."""

from __future__ import annotations

import pytest

from complaints.accountable import OF_STATE, answerable
from complaints.lifecycle import State
from conduct.governance import accountability
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ETH-3")]


def test_every_state_in_which_something_is_to_be_done_has_a_role() -> None:
    assert set(OF_STATE) == set(State) - {State.CLOSED}


def test_a_role_that_nobody_holds_answers_for_nothing() -> None:
    assert accountability.without_owner(answerable()) == len(list(answerable())) == 11

    people.make_lead(is_active=False)
    people.make_handler()
    assert {item.name for item in answerable() if item.has_one} == {
        "Open",
        "Investigating",
        "Waiting for the complainant",
        "Answered",
        "Putting right",
    }

    people.make_lead("second")
    people.make_privacy()
    people.make_quality()
    assert accountability.without_owner(answerable()) == 0


def test_the_report_asks_complaints_as_well(django_assert_num_queries: object) -> None:
    names = {item.name for item in accountability.everything()}

    assert names >= {"Received", "Waiting for approval", "People's data in cases"}
