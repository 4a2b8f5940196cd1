"""No small number can be worked out from all that is published, today and later."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conduct.withholding import Count, Run, least, runs, year_of

SHOWN = 8
#: What one reader sees at one time: each span with its numbers (None: withheld), and the year.
View = list[tuple[Any, ...]]


def counts(quarters: Sequence[tuple[int, int]]) -> list[Count]:
    """(kept, measured) of each quarter, from the first of the year 2020 on."""
    return [Count(2020 + place // 4, *each) for place, each in enumerate(quarters)]


def spans(quarters: Sequence[tuple[int, int]], threshold: int) -> list[tuple[int, int, bool]]:
    return [(r.first, r.last, r.is_published) for r in runs(counts(quarters), threshold)]


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ([10, 11], [(0, 0, True), (1, 1, True)]),
        ([4, 20, 30], [(0, 1, True), (2, 2, True)]),
        ([4, 4, 4, 4], [(0, 2, True), (3, 3, False)]),
        ([4, 0, 9], [(0, 2, True)]),
        ([0, 4], [(0, 0, False), (1, 1, False)]),
        # The last quarter of a year is not counted together with the next year.
        ([30, 30, 30, 4, 30], [(0, 0, True), (1, 1, True), (2, 2, True), (3, 3, False),
                               (4, 4, True)]),
    ],
)  # fmt: skip
def test_quarters_are_taken_together_until_they_are_enough(
    measured: list[int], expected: list[tuple[int, int, bool]]
) -> None:
    assert spans([(0, number) for number in measured], 10) == expected


def test_two_works_as_three_since_fewer_could_only_be_one() -> None:
    assert [least(number) for number in (1, 2, 3, 10)] == [1, 3, 3, 10]


@pytest.mark.parametrize(
    ("measured", "year"),
    [
        ([30] * 8, [4, 5, 6, 7]),
        ([30, 30, 30, 30, 4, 4, 4, 4], [4]),
        # 4 + 4 + 4, and a year before: never more than four quarters.
        ([4, 4, 4, 4, 4, 4, 30, 30], [4, 7]),
        ([30, 30, 30, 30, 30, 30, 30, 4], [4, 5, 6]),
        ([30, 30, 30, 30, 0, 0, 0, 0], []),
    ],
)
def test_the_year_is_made_of_whole_runs_in_four_quarters(
    measured: list[int], year: list[int]
) -> None:
    found = runs(counts([(0, number) for number in measured]), 10)

    assert [run.first for run in year_of(found, len(measured))] == year


def seen_at(quarters: Sequence[tuple[int, int]], threshold: int) -> tuple[View, list[Run]]:
    """All that is published when these are the complete quarters, and the runs it is made of."""
    start = max(0, (len(quarters) - SHOWN) // 4 * 4)
    found = runs(counts(quarters)[start:], threshold)
    number = len(quarters) - start
    shown = [run for run in found if run.last >= number - SHOWN]
    year = year_of(found, number)
    view: View = [
        (start + run.first, start + run.last, run.is_empty)
        + ((run.kept, run.measured) if run.is_published else ())
        for run in shown
    ]
    view.append(
        ("year", *((start + year[0].first, start + year[-1].last) if year else ()),
         sum(run.kept for run in year), sum(run.measured for run in year))
    )  # fmt: skip
    used = [run for run in {*shown, *year} if run.is_published]
    return view, [
        Run(start + run.first, start + run.last, run.kept, run.measured, True) for run in used
    ]


def seen(quarters: Sequence[tuple[int, int]], threshold: int) -> list[View]:
    """What somebody knows who kept every page since the first complete quarter."""
    return [seen_at(quarters[:end], threshold)[0] for end in range(1, len(quarters) + 1)]


numbers = st.integers(0, 14).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
#: From the ninth to the twelfth quarter on, earlier years leave the page.
histories = st.lists(numbers, min_size=1, max_size=5) | st.lists(numbers, min_size=9, max_size=13)
slowly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def reduced(rows: list[list[int]]) -> list[list[Fraction]]:
    """The rows in echelon form: what can be added and subtracted out of them."""
    found: list[list[Fraction]] = []
    for row in rows:
        rest = without(found, [Fraction(cell) for cell in row])
        if any(rest):
            lead = next(cell for cell in rest if cell)
            found.append([cell / lead for cell in rest])
    return found


def without(found: list[list[Fraction]], row: list[Fraction]) -> list[Fraction]:
    for known in found:
        place = next(place for place, cell in enumerate(known) if cell)
        if row[place]:
            factor = row[place]
            row = [cell - factor * other for cell, other in zip(row, known, strict=True)]
    return row


@pytest.mark.requirement("10001-8.2")
@slowly
@given(histories, st.sampled_from([2, 3, 5, 10]))
def test_no_sum_or_difference_of_published_figures_is_about_a_few_cases(
    quarters: list[tuple[int, int]], threshold: int
) -> None:
    """Every figure ever published is a row; whatever can be derived from them is in their span."""
    rows = []
    for end in range(1, len(quarters) + 1):
        view, used = seen_at(quarters[:end], threshold)
        rows += [[int(run.first <= q <= run.last) for q in range(len(quarters))] for run in used]
        kept, measured = view[-1][-2:]
        # The year is the sum of runs that are shown or were shown.
        if measured:
            first, last = view[-1][1:3]
            parts = {run for run in used if first <= run.first and run.last <= last}
            assert (kept, measured) == (
                sum(run.kept for run in parts), sum(run.measured for run in parts),
            )  # fmt: skip
    derivable = reduced(rows)
    places = [place for place, (_kept, measured) in enumerate(quarters) if measured]
    for size in range(1, len(places) + 1):
        for few in combinations(places, size):
            if sum(quarters[place][1] for place in few) >= least(threshold):
                continue
            wanted = [Fraction(int(place in few)) for place in range(len(quarters))]
            # Quarters in which nothing was measured may stand in a sum with them or not.
            for empty in _choices([p for p in range(len(quarters)) if p not in places]):
                row = [Fraction(1) if p in empty else cell for p, cell in enumerate(wanted)]
                assert any(without(derivable, row)), (few, quarters)


def _choices(places: list[int]) -> list[set[int]]:
    return [{*chosen} for size in range(min(len(places), 2) + 1)
            for chosen in combinations(places, size)]  # fmt: skip


@pytest.mark.requirement("10001-8.2")
@slowly
@given(histories, st.sampled_from([2, 3, 5, 10]))
def test_for_every_withheld_quarter_another_number_looks_the_same(
    quarters: list[tuple[int, int]], threshold: int
) -> None:
    """Who knows the rules and kept every page still can't tell the number, nor who was kept."""
    known = seen(quarters, threshold)
    for run in runs(counts(quarters), threshold):
        if run.is_empty or (run.is_published and run.first == run.last):
            continue
        for place in range(run.first, run.last + 1):
            if quarters[place][1]:
                assert _has_twin(quarters, run, place, known, threshold, 1), (place, quarters)
                # Of a published sum in which all or none were kept, each one's outcome is known:
                # that is what a promise kept without exception says.
                if not (run.is_published and run.kept in {0, run.measured}):
                    assert _has_twin(quarters, run, place, known, threshold, 0), (place, quarters)


def _has_twin(
    quarters: list[tuple[int, int]],
    run: Run,
    place: int,
    known: list[View],
    threshold: int,
    which: int,
) -> bool:
    """Whether the same could be seen with another number in this quarter.

    `which` 1: another number of cases; 0: another number of kept ones.
    """
    others = [None, *(p for p in range(run.first, run.last + 1) if p != place)]
    for step in (1, -1):
        for kept_step in (0, step) if which else (step,):
            for other in others:
                twin = list(quarters)
                _move(twin, place, kept_step, step if which else 0)
                if other is not None:
                    _move(twin, other, -kept_step, -step if which else 0)
                if all(0 <= kept <= n for kept, n in twin) and seen(twin, threshold) == known:
                    return True
    return False


def _move(twin: list[tuple[int, int]], place: int, kept: int, measured: int) -> None:
    twin[place] = (twin[place][0] + kept, twin[place][1] + measured)
