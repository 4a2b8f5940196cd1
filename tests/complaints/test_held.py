"""While something is held as possible spam, nobody is written to, whatever its sender does."""

from __future__ import annotations

import pytest

from complaints.access import Actor
from complaints.intake.spam import Verdict
from complaints.lifecycle import Refused, perform
from complaints.models import Case
from tests.factories import Staff, act, submit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SEC-SPAM")]


def held(**fields: object) -> Case:
    return submit(verdict=Verdict(signs=("forum_link",), score=5), **fields).case


@pytest.mark.parametrize("action", ["withdraw", "reject", "accept", "request_review", "reopen"])
def test_its_sender_can_not_make_us_write_to_the_address_they_gave(action: str) -> None:
    case = held()
    with pytest.raises(Refused):
        perform(case, action, actor=Actor.complainant(), data={"reason": "More."})
    case.refresh_from_db()
    assert (case.state, case.notices.count()) == ("received", 0)


def test_a_reply_of_its_sender_is_kept_and_told_to_nobody() -> None:
    case = held()
    perform(case, "reply", actor=Actor.complainant(), data={"text": "Buy more."})
    assert [m.body for m in case.messages.order_by("pk")][-1] == "Buy more."
    assert case.notices.count() == 0


def test_who_can_not_be_reached_counts_as_acknowledged_once_it_is_released() -> None:
    case = held(complainant={"reply_by": "online"})
    assert case.acknowledged_at is None
    act(case, "release", Staff().handler)
    assert case.acknowledged_at is not None
