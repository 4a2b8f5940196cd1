"""What the next weeks will probably bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.analysis.forecast import Expected, Forecast, forecast, smoothed, there_in_week
from complaints.analysis.workload import Week
from complaints.models import Absence

MONDAY = date(2026, 11, 2)
COUNTS = st.lists(st.integers(0, 500), min_size=4, max_size=60)


def weeks(arrived: Sequence[int], closed: Sequence[int] | None = None) -> list[Week]:
    closed = arrived if closed is None else closed
    return [
        Week(MONDAY + timedelta(weeks=number), *counts)
        for number, counts in enumerate(zip(arrived, closed, strict=True))
    ]


def told(
    arrived: Sequence[int], closed: Sequence[int] | None = None, *, is_young: bool = False
) -> Forecast | None:
    return forecast(weeks(arrived, closed), open_now=50, people=3, is_young=is_young)


def test_weeks_that_are_all_alike_go_on() -> None:
    same = told([25] * 11)
    assert same is not None
    # Scatters like events that don't know of each other: 25 ± 1.28 × 5.
    assert same.arriving == same.closing == Expected(25, 19, 31)
    # 50 ± 1.28 × the root of four weeks' 25 + 25.
    assert same.open_ahead == Expected(50, 32, 68)
    assert (same.demand, same.grows) == (1.0, False)


def test_weeks_that_swing_have_a_wider_range() -> None:
    calm, wild = told([25] * 12), told([5, 45] * 6)
    assert calm is not None
    assert wild is not None
    assert wild.arriving.high - wild.arriving.low > 2 * (calm.arriving.high - calm.arriving.low)


def test_the_last_weeks_count_most() -> None:
    rises, falls = smoothed([*range(10, 120, 10)])[0], smoothed([*range(110, 0, -10)])[0]
    assert rises > 60 > falls


def test_more_comes_in_than_leaves() -> None:
    grows = told([20] * 8, [10] * 8)
    assert grows is not None
    assert (grows.demand, grows.grows, grows.open_ahead.likely) == (2.0, True, 90)
    never = told([20] * 8, [0] * 8)
    assert never is not None
    assert (never.demand, never.grows) == (None, True)
    nothing = told([0] * 8)
    assert nothing is not None
    assert not nothing.grows


@pytest.mark.parametrize(
    ("arrived", "is_young", "likely"),
    [
        ([9, 9, 9], False, None),
        # Before the first case there was no organisation; later, an empty week is one.
        ([0, 0, 0, 9, 9, 9], True, None),
        ([0, 0, 8, 8, 8, 8], True, 8),
        ([0, 0, 8, 8, 8, 8], False, 6),
    ],
)
def test_how_many_weeks_it_takes(arrived: list[int], is_young: bool, likely: int | None) -> None:
    found = told(arrived, is_young=is_young)
    assert (found and found.arriving.likely) == likely


@given(COUNTS, COUNTS)
def test_nothing_is_told_that_never_was(arrived: list[int], closed: list[int]) -> None:
    shorter = min(len(arrived), len(closed))
    found = told(arrived[:shorter], closed[:shorter])
    assert found is not None
    assert min(arrived) <= smoothed(arrived)[0] <= max(arrived)
    for expected in (found.arriving, found.closing, found.open_ahead):
        assert 0 <= expected.low <= expected.likely <= expected.high


@pytest.mark.parametrize(
    ("away", "there"),
    [
        ([], 2),
        ([(1, 0, 6)], 1),
        # Back on Thursday, away from Friday: there for most of it; two short absences add up.
        ([(1, -9, 2)], 2),
        ([(1, -9, 3)], 1),
        ([(1, 0, 1), (1, 3, 4)], 1),
        ([(1, 0, 6), (2, 0, 6)], 0),
        ([(1, 7, 20), (2, -20, -1)], 2),
        # Not of these people.
        ([(7, 0, 6)], 2),
    ],
)
def test_who_is_there(away: list[tuple[int, int, int]], there: int) -> None:
    absences = [
        Absence(
            user_id=user,
            first_day=MONDAY + timedelta(days=first),
            last_day=MONDAY + timedelta(days=last),
        )
        for user, first, last in away
    ]
    assert there_in_week([1, 2], absences, MONDAY) == there
