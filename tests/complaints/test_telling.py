"""Spam released by a person, and people who are told by telephone or letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from complaints.access import Actor
from complaints.lifecycle import Refused, Role, State, perform
from complaints.models import Case, Clock, ClockName, Notice
from tests.factories import Staff, act, make_category, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
LATER = NOW + timedelta(days=4)
BY_PHONE = {"name": "Kim Min-ji", "phone": "+82 2 123", "reply_by": "phone"}


def held(**fields: Any) -> Case:
    """As intake leaves it: kept, told nobody, and not acknowledged."""
    case = submit(now=NOW, **fields).case
    case.notices.all().delete()
    Case.objects.filter(pk=case.pk).update(held=True, acknowledged_at=None)
    Clock.objects.filter(case=case, name=ClockName.ACKNOWLEDGE).update(stopped_at=None)
    return Case.objects.get(pk=case.pk)


@pytest.mark.requirement("SEC-SPAM")
def test_what_a_person_releases_counts_from_when_it_came() -> None:
    case = held()

    act(case, "release", Staff().handler, now=LATER)

    assert (case.held, case.state, case.received_at) == (False, State.RECEIVED, NOW)
    notice = case.notices.get()
    assert (notice.template, notice.to, notice.secret) == ("released", case.complainant, "")
    assert case.acknowledged_at == LATER
    starts = set(case.clocks.exclude(name="update").values_list("name", "started_at"))
    assert starts == {("acknowledge", NOW), ("answer", NOW)}
    assert case.clocks.get(name="acknowledge").stopped_at == LATER


def test_who_has_no_mail_is_still_to_be_told_after_the_release() -> None:
    case = held(complainant=BY_PHONE)

    act(case, "release", Staff().handler, now=LATER)

    assert case.notices.get().state == Notice.State.OTHER_WAY
    assert (case.acknowledged_at, case.clocks.get(name="acknowledge").stopped_at) == (None, None)


@pytest.mark.requirement("SEC-SPAM")
def test_opening_it_releases_it_and_ending_it_as_spam_tells_nobody() -> None:
    opened, ended = held(), held()

    act(opened, "moderate", Staff().handler, result="accept", category=make_category())
    act(ended, "moderate", Staff().handler, result="abuse")

    assert (opened.held, opened.state) == (False, State.OPEN)
    assert [n.template for n in opened.notices.all()] == ["released"]
    assert (ended.state, ended.outcome, ended.notices.count()) == ("closed", "abuse", 0)


def test_what_is_not_held_can_not_be_released() -> None:
    with pytest.raises(Refused, match="“No spam: release it” is not possible now"):
        act(submit().case, "release", Staff().handler)


@pytest.mark.parametrize("action", ["release", "record_told"])
@pytest.mark.parametrize("role", [Role.COMPLAINANT, Role.SYSTEM])
def test_only_staff_do_it(action: str, role: str) -> None:
    case = held(complainant=BY_PHONE)
    Notice.objects.create(
        case=case,
        template="received",
        language="en",
        created_at=NOW,
        state=Notice.State.OTHER_WAY,
    )

    with pytest.raises(Refused) as refusal:
        perform(case, action, actor=Actor(role), data={"how": "By telephone"})

    assert refusal.value.code == "not_allowed"


@pytest.mark.requirement("10002-4.6")
def test_a_call_settles_all_that_waited_to_be_told() -> None:
    case, staff = submit(complainant=BY_PHONE, now=NOW).case, Staff()
    act(case, "moderate", staff.handler, now=NOW, result="accept", category=make_category())
    act(case, "update", staff.handler, now=NOW, text="We asked the driver.")
    waiting = list(case.notices.to_be_told().order_by("pk"))

    act(case, "record_told", staff.handler, now=LATER, how="Called on Friday, spoke to Kim")

    assert [notice.template for notice in waiting] == ["received", "update"]
    assert set(case.notices.values_list("state", "sent_at")) == {(Notice.State.TOLD, LATER)}
    note = case.messages.last()
    assert (note.body, note.direction) == ("Called on Friday, spoke to Kim", "internal")
    event = case.events.get(action="record_told")
    assert event.data == {"notices": [notice.pk for notice in waiting], "message": note.pk}


@pytest.mark.requirement("10002-4.6")
def test_what_has_been_told_waits_no_more() -> None:
    case, staff = submit(complainant=BY_PHONE).case, Staff()

    with pytest.raises(Refused, match="How and when the complainant was told"):
        act(case, "record_told", staff.handler)
    act(case, "record_told", staff.handler, how="By letter")
    with pytest.raises(Refused, match="“Record a call or a letter” is not possible now"):
        act(case, "record_told", staff.handler, how="By letter")
