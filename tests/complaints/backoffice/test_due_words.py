"""Due dates in the words people use."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time

import pytest

from complaints.backoffice.due_words import words_for
from complaints.working_calendar import WorkingCalendar

CALENDAR = WorkingCalendar(
    weekdays=frozenset({1, 2, 3, 4, 5}),
    holidays={date(2026, 12, 25)},
    ends_at=time(17),
    zone=zoneinfo.ZoneInfo("UTC"),
)
NOW = datetime(2026, 12, 21, 10, tzinfo=UTC)  # a Monday


@pytest.mark.requirement("SEC-TIME")
@pytest.mark.parametrize(
    ("day", "hour", "text", "tone"),
    [  # days of December 2026
        (21, 17, "Due today", "soon"),
        (22, 17, "Due in 1 working day", "soon"),
        (23, 17, "Due in 2 working days", "soon"),
        (24, 17, "Due in 3 working days", "later"),
        (28, 17, "Due in 4 working days", "later"),
        (21, 9, "Overdue since today", "overdue"),
        (18, 17, "1 working day overdue", "overdue"),
        (14, 17, "5 working days overdue", "overdue"),
    ],
)
def test_a_due_date_reads_as_working_days(day: int, hour: int, text: str, tone: str) -> None:
    due = words_for(datetime(2026, 12, day, hour, tzinfo=UTC), NOW, CALENDAR)
    assert (due.text, due.tone) == (text, tone)


def test_what_is_overdue_for_long_reads_as_months() -> None:
    due = words_for(datetime(2026, 8, 20, 17, tzinfo=UTC), NOW, CALENDAR)
    assert (due.text, due.tone) == ("4 months overdue", "overdue")


def test_what_ran_out_on_friday_is_not_said_to_be_of_today_on_sunday() -> None:
    friday, sunday = datetime(2026, 12, 18, 17, tzinfo=UTC), datetime(2026, 12, 20, 9, tzinfo=UTC)

    assert words_for(friday, sunday, CALENDAR).text == "Overdue"
