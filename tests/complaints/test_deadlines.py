"""Working time across weekends, holidays, daylight saving and time zones (4.15)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.deadlines import Clocks, recompute_due
from complaints.lifecycle import State
from complaints.models import NEVER, Case, ClockName, Holiday
from complaints.working_calendar import WorkingCalendar
from tests.factories import ASSESSMENT, Staff, act, make_case, submit

BERLIN = ZoneInfo("Europe/Berlin")
MAY_DAY = date(2026, 5, 1)


def calendar(zone: str = "Europe/Berlin", weekdays: str = "12345") -> WorkingCalendar:
    return WorkingCalendar(
        weekdays=frozenset(int(d) for d in weekdays),
        holidays=frozenset({MAY_DAY}),
        ends_at=time(17),
        zone=ZoneInfo(zone),
    )


@pytest.mark.requirement("10002-4.15")
@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        # Thursday, one day: Friday is a holiday, so Monday.
        ("2026-04-30 10:00", 1, "2026-05-04 17:00"),
        # A Saturday: the first working day after it is Monday.
        ("2026-05-02 23:59", 1, "2026-05-04 17:00"),
        ("2026-05-04 00:00", 1, "2026-05-05 17:00"),
        # Over the change to winter time: the local hour stays.
        ("2026-10-23 12:00", 1, "2026-10-26 17:00"),
        ("2026-11-22 12:00", 20, "2026-12-18 17:00"),
    ],
)
def test_due_dates_skip_weekends_and_holidays(start: str, days: int, due: str) -> None:
    begin = datetime.fromisoformat(start).replace(tzinfo=BERLIN)

    assert calendar().add(begin, days) == datetime.fromisoformat(due).replace(tzinfo=BERLIN)


@pytest.mark.requirement("10002-4.15")
def test_the_day_is_the_organisations_not_the_servers() -> None:
    late_utc = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # Tuesday 01:30 in Seoul

    due = calendar("Asia/Seoul").add(late_utc, 1)

    assert due == datetime(2026, 11, 25, 17, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.requirement("10002-4.15")
def test_a_week_may_begin_on_sunday() -> None:
    thursday = datetime(2026, 11, 26, 9, tzinfo=BERLIN)

    assert calendar(weekdays="71234").add(thursday, 1).date() == date(2026, 11, 29)


moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(start=moments, first=st.integers(0, 60), second=st.integers(0, 60))
def test_adding_days_in_two_steps_is_adding_them_at_once(
    start: datetime, first: int, second: int
) -> None:
    it = calendar()

    in_two = it.add(it.add(start, first), second)

    assert in_two == it.add(start, first + second)
    assert it.working_days_between(start, in_two) == first + second


@pytest.fixture
def monday() -> datetime:
    return datetime(2026, 6, 1, 9, tzinfo=UTC)


def clock(case: Case, name: str = ClockName.ANSWER):
    return case.clocks.filter(name=name).last()


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.2")
def test_clocks_count_from_receipt_even_when_noted_later(monday: datetime) -> None:
    friday_before = datetime(2026, 5, 29, 9, tzinfo=UTC)

    case = submit(received_at=friday_before, now=monday).case

    assert clock(case).due_at == datetime(2026, 6, 26, 17, tzinfo=UTC)
    assert case.received_at == friday_before


@pytest.mark.django_db
def test_waiting_pauses_the_answer_clock_and_nothing_is_due(monday: datetime) -> None:
    case, staff = make_case(State.INVESTIGATING, now=monday), Staff()
    before = clock(case).due_at
    act(case, "ask", staff.handler, now=monday, text="Which day?")
    assert case.due_at == NEVER

    thursday = datetime(2026, 6, 4, 15, tzinfo=UTC)
    act(case, "reply", now=thursday, text="Tuesday")

    assert (before.date(), clock(case).due_at.date()) == (date(2026, 6, 29), date(2026, 7, 2))
    assert case.due_at == clock(case, ClockName.UPDATE).due_at


@pytest.mark.django_db
def test_a_clock_that_ran_out_is_not_saved_by_a_question(monday: datetime) -> None:
    case, staff = make_case(State.INVESTIGATING, now=monday), Staff()
    late = datetime(2026, 8, 3, 9, tzinfo=UTC)

    act(case, "ask", staff.handler, now=late, text="Which day?")

    assert clock(case).paused_at is None
    assert case.is_overdue(late)


@pytest.mark.django_db
@pytest.mark.requirement("SEC-TIME")
def test_overdue_is_read_from_the_clock_without_any_scheduler(monday: datetime) -> None:
    case = make_case(State.OPEN, now=monday)
    due = clock(case, ClockName.UPDATE).due_at

    assert list(Case.objects.overdue(due)) == []
    assert list(Case.objects.overdue(datetime(2026, 7, 1, tzinfo=UTC))) == [case]


@pytest.mark.django_db
def test_a_higher_priority_shortens_the_time_and_keeps_the_pause(monday: datetime) -> None:
    case, staff = make_case(State.OPEN, now=monday), Staff()
    act(case, "ask", staff.handler, now=monday, text="Which day?")
    act(case, "reply", now=datetime(2026, 6, 3, 9, tzinfo=UTC), text="Tuesday")

    act(case, "assess", staff.handler, now=monday, **ASSESSMENT | {"severity": 5})

    assert clock(case).due_at.date() == date(2026, 6, 10)  # 5 days + 2 of waiting


@pytest.mark.django_db
def test_the_ledger_recomputes_to_the_stored_date(monday: datetime) -> None:
    Holiday.objects.create(day=date(2026, 6, 10), name="Fair")
    case, staff = make_case(State.INVESTIGATING, now=monday), Staff()
    for day in (2, 9):
        act(case, "ask", staff.handler, now=datetime(2026, 6, day, 9, tzinfo=UTC), text="?")
        act(case, "reply", now=datetime(2026, 6, day + 4, 9, tzinfo=UTC), text="!")

    its = clock(case)

    assert recompute_due(its, Clocks(case).calendar) == its.due_at
    assert its.entries.last().detail == {"holidays": ["2026-06-10"], "paused_days": 5}


@pytest.mark.django_db
def test_the_time_a_clock_stood_still_counts_however_the_case_ends(monday: datetime) -> None:
    case, staff = make_case(State.INVESTIGATING, now=monday), Staff()
    act(case, "ask", staff.handler, now=monday, text="Which day?")

    act(case, "withdraw", now=datetime(2026, 8, 3, 9, tzinfo=UTC))

    its = clock(case)
    assert (its.paused_days, its.stopped_at < its.due_at) == (45, True)
    assert recompute_due(its, Clocks(case).calendar) == its.due_at
    assert [entry.what for entry in its.entries.all()][-2:] == ["resume", "stop"]


@pytest.mark.django_db
def test_a_lower_priority_does_not_make_good_what_was_late(monday: datetime) -> None:
    case, staff = make_case(State.OPEN, now=monday), Staff()
    act(case, "assess", staff.handler, now=monday, **ASSESSMENT | {"severity": 5})
    due, late = clock(case).due_at, datetime(2026, 6, 10, 9, tzinfo=UTC)

    act(case, "assess", staff.handler, now=late, **ASSESSMENT)

    assert (case.priority, clock(case).due_at) == ("normal", due)
    assert case.is_overdue(late)
