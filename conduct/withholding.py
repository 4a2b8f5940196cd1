"""Which figures may be published together, so that nobody can work out a small number from them.

Every figure that readers get is a sum of whole *runs*: neighbouring quarters of one calendar year,
taken together until at least the smallest number to publish was measured in them. A run is either
published whole or not at all, and what isn't published enters no sum. So there is nothing to
subtract: not a quarter from the year, not a quarter from its neighbours, and not today's page from
one that somebody kept, since later quarters never move the bounds of an earlier run.

`tests/conduct/test_withholding.py` proves it over random numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: A figure that spans more than these is not called twelve months.
QUARTERS_OF_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Count:
    """What was measured in one quarter. `year` is the calendar year it belongs to."""

    year: int
    kept: int
    measured: int


@dataclass(frozen=True, slots=True)
class Run:
    """The quarters from `first` to `last`, both included, by their place in the row."""

    first: int
    last: int
    kept: int
    measured: int
    is_published: bool

    @property
    def is_empty(self) -> bool:
        """Nothing was measured at all, which may be said of any number of quarters."""
        return self.measured == 0


def least(threshold: int) -> int:
    """The smallest number that is published.

    “Fewer than 2” could only mean one, so 2 counts as 3; 1 withholds nothing.
    """
    return 3 if threshold == 2 else max(threshold, 1)


def runs(counts: Sequence[Count], threshold: int) -> list[Run]:
    """All quarters in runs, oldest first. The first must be the first quarter of its year.

    What is left at the end of a calendar year, too little to publish, is never published.
    """
    smallest = least(threshold)
    found: list[Run] = []
    first: int | None = None
    for place, count in enumerate(counts):
        if first is not None and counts[first].year != count.year:
            found.append(_run(counts, first, place - 1, is_published=False))
            first = None
        if first is None:
            first = place
            if count.measured == 0:
                found.append(_run(counts, place, place, is_published=False))
                first = None
                continue
        if sum(each.measured for each in counts[first : place + 1]) >= smallest:
            found.append(_run(counts, first, place, is_published=True))
            first = None
    if first is not None:
        found.append(_run(counts, first, len(counts) - 1, is_published=False))
    return found


def _run(counts: Sequence[Count], first: int, last: int, *, is_published: bool) -> Run:
    chosen = counts[first : last + 1]
    return Run(
        first,
        last,
        sum(count.kept for count in chosen),
        sum(count.measured for count in chosen),
        is_published,
    )


def year_of(found: Iterable[Run], number: int) -> list[Run]:
    """The published runs that make up the last twelve months of `number` quarters, oldest first.

    The newest that end in the last four quarters, as long as they span no more than four.
    """
    newest = [run for run in found if run.is_published and run.last >= number - QUARTERS_OF_A_YEAR]
    chosen: list[Run] = []
    for run in reversed(newest):
        if chosen and chosen[-1].last - run.first >= QUARTERS_OF_A_YEAR:
            break
        chosen.insert(0, run)
    return chosen
