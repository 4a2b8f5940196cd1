"""Live promises without data in the period that their target is judged over (6.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import formats
from django.utils.translation import gettext

from . import indicators
from .measuring import Measured, measured_quarters
from .models.promise import Promise, TargetPeriod
from .periods import Period, last_quarter, quarters, twelve_months


class Why(StrEnum):
    NO_INDICATOR = "no_indicator"
    UNKNOWN_INDICATOR = "unknown_indicator"
    NO_DATA = "no_data"
    FAILED = "failed"  # the indicator could not be asked; see the log


@dataclass(frozen=True, slots=True)
class Gap:
    """`since` and `until` are the first and the last day without data."""

    code: str
    why: Why
    since: dt.date
    until: dt.date

    def as_json(self) -> dict[str, str]:
        return {
            "code": self.code,
            "why": str(self.why),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> Gap:
        days = (dt.date.fromisoformat(kept[name]) for name in ("since", "until"))
        return cls(kept["code"], Why(kept["why"]), *days)

    def sentence(self) -> str:
        """What is missing, and what to do."""
        if self.why == Why.NO_INDICATOR:
            return gettext("Nothing measures this promise yet. Choose an indicator.")
        if self.why == Why.UNKNOWN_INDICATOR:
            return gettext("Its indicator is not installed any more. Choose another one.")
        days = {
            "first_day": formats.date_format(self.since),
            "last_day": formats.date_format(self.until),
        }
        if self.why == Why.FAILED:
            return (
                gettext(
                    "Its indicator could not be asked about %(first_day)s to %(last_day)s. Look "
                    "into the log of the server."
                )
                % days
            )
        return (
            gettext(
                "There are no data for %(first_day)s to %(last_day)s. Enter or import values, or "
                "choose an indicator that has some."
            )
            % days
        )


def gaps(promises: Iterable[Promise], *, now: dt.datetime) -> list[Gap]:
    """In the order of the promises, which should be live ones."""
    chosen = list(promises)
    measured = measured_quarters(chosen, quarters(now), now=now)
    return [
        gap
        for promise in chosen
        if (gap := gap_of(promise, measured.get(promise.code), now=now)) is not None
    ]


def gap_of(promise: Promise, measured: Measured | None, *, now: dt.datetime) -> Gap | None:
    """What is missing for one promise in the period that its target is judged over."""
    period = judged_over(promise, now)
    days = (period.first_day, period.last_day)
    if not promise.indicator:
        return Gap(promise.code, Why.NO_INDICATOR, *days)
    if indicators.get(promise.indicator) is None or measured is None:
        return Gap(promise.code, Why.UNKNOWN_INDICATOR, *days)
    number = 1 if promise.period == TargetPeriod.QUARTER else 4
    if any(each.measured for each in measured[-number:]):
        return None
    return Gap(promise.code, Why.NO_DATA, *days)


def judged_over(promise: Promise, now: dt.datetime) -> Period:
    return last_quarter(now) if promise.period == TargetPeriod.QUARTER else twelve_months(now)
