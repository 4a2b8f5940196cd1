"""What the next weeks will bring if they are like the last ones (4.3, K30).

Simple exponential smoothing (Brown 1956): each week moves the level a little, and the errors of
the forecasts that would have been made for these weeks tell how far off the next one may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaints.analysis.workload import Week
    from complaints.models import Absence

#: How much the last week counts against all weeks before it.
WEIGHT = 0.3
#: Fewer full weeks say nothing.
FEWEST_WEEKS = 4
#: How many weeks ahead the open cases are told.
AHEAD = 4
#: Standard deviations on either side that hold four of five values of a normal distribution.
FOUR_OF_FIVE = 1.28
#: Away for so many days of a week, somebody is not counted in it.
MOST_OF_A_WEEK = 4
#: More new cases than these for each closed one, and the open ones grow.
TOO_MANY = 1.1


@dataclass(frozen=True)
class Expected:
    """A number of cases: the likely one, and what holds in about four of five such weeks."""

    likely: int
    low: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """`arriving`, `closing`: in the next week. `open_ahead`: in `AHEAD` weeks."""

    arriving: Expected
    closing: Expected
    open_now: int
    open_ahead: Expected
    #: How many people are there next week.
    people: int
    #: New cases for each that is closed (K30); None where none is closed.
    demand: float | None

    @property
    def grows(self) -> bool:
        """More comes in than leaves."""
        return self.arriving.likely > 0 and (self.demand is None or self.demand > TOO_MANY)


def forecast(
    weeks: Sequence[Week], *, open_now: int, people: int, is_young: bool = False
) -> Forecast | None:
    """From full weeks, oldest first; None where they are too few.

    `is_young`: nothing happened before the first of them, so that empty weeks at the beginning are
    none at all.
    """
    full = list(weeks)
    while is_young and full and not (full[0].arrived or full[0].closed):
        full.pop(0)
    if len(full) < FEWEST_WEEKS:
        return None
    arriving, arriving_error = smoothed([week.arrived for week in full])
    closing, closing_error = smoothed([week.closed for week in full])
    return Forecast(
        arriving=_expected(arriving, arriving_error),
        closing=_expected(closing, closing_error),
        open_now=open_now,
        open_ahead=_expected(
            open_now + AHEAD * (arriving - closing),
            sqrt(AHEAD * (arriving_error**2 + closing_error**2)),
        ),
        people=people,
        demand=arriving / closing if closing else None,
    )


def smoothed(counts: Sequence[int]) -> tuple[float, float]:
    """The level after these counts, and the standard error of the next one.

    The error is never less than that of events which do not know of each other (Poisson).
    """
    level = fmean(counts[:FEWEST_WEEKS])
    errors = []
    for count in counts[FEWEST_WEEKS:]:
        errors.append(count - level)
        level += WEIGHT * errors[-1]
    seen = fmean(error**2 for error in errors) if errors else 0.0
    return level, sqrt(max(seen, level))


def _expected(level: float, error: float) -> Expected:
    low, high = level - FOUR_OF_FIVE * error, level + FOUR_OF_FIVE * error
    return Expected(max(round(level), 0), max(round(low), 0), max(round(high), 0))


def there_in_week(users: Iterable[int], absences: Iterable[Absence], monday: date) -> int:
    """How many of these people are not away for most of the week."""
    last = monday + timedelta(days=6)
    away: dict[int, int] = {}
    for absence in absences:
        days = (min(absence.last_day, last) - max(absence.first_day, monday)).days + 1
        away[absence.user_id] = away.get(absence.user_id, 0) + max(days, 0)
    return sum(away.get(user, 0) < MOST_OF_A_WEEK for user in users)
