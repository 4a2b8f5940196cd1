"""The ledger of a clock in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.formats import date_format

from complaints.clock_words import explain
from complaints.lifecycle import State
from complaints.models import Case, ClockName, Holiday
from tests.factories import act, make_case, walk_to

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def day(number: int, month: int = 3) -> str:
    return date_format(date(2026, month, number), "DATE_FORMAT")


def story(case: Case, name: str = ClockName.ANSWER, zone: str = "UTC") -> list[str]:
    return explain(case.clocks.get(name=name), ZoneInfo(zone))


@pytest.mark.requirement("10002-7.3")
def test_ledger_explains_start_holidays_pause_and_new_last_day(db: None) -> None:
    Holiday.objects.create(day=date(2026, 3, 5), name="Founders' day")
    case = make_case(State.INVESTIGATING, now=MONDAY)
    walk_to(case, State.WAITING, now=datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    act(case, "reply", now=datetime(2026, 3, 12, 9, 0, tzinfo=UTC), text="Tuesday.")
    left_out = f"Public holidays were left out: {day(5)}."
    length = "It is 20 working days"
    stood_still = "It stood still for 3 working days in all"
    assert story(case) == [
        f"{day(2)}: the time began. {length}, so the last day is {day(31)}. {left_out}",
        f"{day(9)}: a question was asked. The time stands still until the reply.",
        f"{day(12)}: the time went on. {stood_still}, so the last day is now {day(3, 4)}. "
        + left_out,
    ]


def test_end_of_the_time_says_whether_it_was_late(db: None) -> None:
    in_time = make_case(State.ANSWERED, now=MONDAY)
    assert story(in_time)[-1] == f"{day(2)}: the time ended, on or before the last day."
    late = make_case(State.DECIDING, now=MONDAY)
    walk_to(late, State.ANSWERED, now=datetime(2026, 5, 4, 9, 0, tzinfo=UTC))
    assert story(late)[-1] == f"{day(4, 5)}: the time ended, later than the last day."


def test_nothing_is_held_against_a_complainant_who_takes_long(db: None) -> None:
    case = make_case(State.ANSWERED, now=MONDAY)
    act(case, "accept", now=datetime(2026, 5, 4, 9, 0, tzinfo=UTC))
    assert story(case, ClockName.SILENCE)[-1] == f"{day(4, 5)}: the time ended."


def test_days_are_those_of_the_organisation(db: None) -> None:
    evening = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    case = make_case(now=evening)
    assert story(case, zone="Asia/Seoul")[0].startswith(f"{day(3)}: the time began.")


def test_dates_are_written_as_the_reader_writes_them(db: None) -> None:
    case = make_case(now=MONDAY)
    with translation.override("de"):
        assert story(case)[0].startswith("2. März 2026")
