"""How promises were kept: from measured quarters to results that are fit for publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from .indicators import Measurement
from .measuring import Measured, forget_measured, measured_quarters
from .models.edition import EditionPromise
from .models.organisation import Organisation
from .models.promise import Operator, Promise, TargetPeriod
from .numbers import number, percentage
from .periods import SHOWN_QUARTERS, Period, last_quarter, quarters, twelve_months
from .trends import Trend, trend
from .withholding import Count, Run, runs, year_of

__all__ = [
    "Figures",
    "Period",
    "Result",
    "ResultState",
    "forget_measured",
    "judge",
    "last_quarter",
    "number",
    "percentage",
    "public_figures",
    "results_today",
    "target_words",
    "twelve_months",
]


class ResultState(StrEnum):
    NOT_MEASURED = "not_measured"  # no indicator feeds this promise
    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    KEPT = "kept"
    MISSED = "missed"
    NO_TARGET = "no_target"


VERDICTS = {
    ResultState.NOT_MEASURED: gettext_lazy("Not measured yet"),
    ResultState.NO_DATA: gettext_lazy("Nothing to measure in this period"),
    ResultState.TOO_FEW: gettext_lazy("Too few to publish"),
    ResultState.KEPT: gettext_lazy("Target met"),
    ResultState.MISSED: gettext_lazy("Target missed"),
    ResultState.NO_TARGET: gettext_lazy("No target set"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One promise in one period. Figures that must not be published are not in it."""

    promise: Promise
    period: Period
    state: ResultState
    measurement: Measurement | None = None

    @property
    def is_published(self) -> bool:
        return self.measurement is not None

    @property
    def per_cent(self) -> float | None:
        share = self.measurement.share if self.measurement else None
        return None if share is None else share * 100

    @property
    def interval_per_cent(self) -> tuple[float, float] | None:
        interval = self.measurement.interval if self.measurement else None
        return None if interval is None else (interval[0] * 100, interval[1] * 100)

    def verdict(self) -> str:
        """Kept or missed, in words."""
        return str(VERDICTS[self.state])

    def sentence(self) -> str:
        """One sentence, such as: Kept: 96.2 % of 1,204 (target at least 95 %)."""
        if self.measurement is None or self.per_cent is None:
            return self.verdict()
        words = {
            "share": percentage(self.per_cent, 1),
            "measured": number(self.measurement.measured),
            "target": target_words(self.promise),
        }
        if self.promise.target is None:
            return gettext("Kept: %(share)s of %(measured)s") % words
        return gettext("Kept: %(share)s of %(measured)s (target %(target)s)") % words


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is published about how one promise was kept.

    `spans` are the last eight quarters, oldest first; where a quarter had too few cases, several
    stand together. `quarter` is the span that ends last, `year` the last twelve months.
    """

    promise: Promise
    quarter: Result
    year: Result
    spans: tuple[Result, ...] = ()

    @property
    def headline(self) -> Result:
        """What the target is judged by."""
        return self.quarter if self.promise.period == TargetPeriod.QUARTER else self.year

    @property
    def trend(self) -> Trend | None:
        return trend([span.measurement for span in self.spans if span.measurement is not None])


def public_figures(
    promises: Iterable[Promise], *, threshold: int, now: dt.datetime
) -> dict[str, Figures]:
    """What readers may learn, by promise code. `threshold`: the smallest number to publish."""
    chosen = list(promises)
    periods = quarters(now)
    measured = measured_quarters(chosen, periods, now=now)
    return {
        promise.code: figures_of(promise, periods, measured.get(promise.code), threshold, now)
        for promise in chosen
    }


def results_today(request: HttpRequest, codes: Iterable[str]) -> dict[str, Result]:
    """What readers of a site see first of the live promises with these codes."""
    wanted = list(codes)
    if not wanted:
        return {}
    now = timezone.now()
    promises = list(Promise.objects.live(on=timezone.localdate(now)).filter(code__in=wanted))
    threshold = Organisation.for_request(request).small_number_threshold
    found = public_figures(promises, threshold=threshold, now=now)
    return {code: figures.headline for code, figures in found.items()}


def figures_of(
    promise: Promise,
    periods: Sequence[Period],
    measured: Measured | None,
    threshold: int,
    now: dt.datetime,
) -> Figures:
    """The figures of one promise from what was measured in each of `quarters(now)`.

    `threshold` 1 withholds nothing, for staff. `conduct.withholding` says what is published.
    """
    if measured is None:
        unknown = ResultState.NOT_MEASURED
        return Figures(
            promise,
            Result(promise, last_quarter(now), unknown),
            Result(promise, twelve_months(now), unknown),
        )
    counts = [
        Count(period.first_day.year, each.kept, each.measured)
        for period, each in zip(periods, measured, strict=True)
    ]
    found = runs(counts, threshold)
    shown = [run for run in found if run.last >= len(periods) - SHOWN_QUARTERS]
    spans = tuple(_span(promise, run, periods, measured) for run in shown)
    year = _year(promise, year_of(found, len(periods)), found, periods, measured)
    return Figures(promise, spans[-1], year, _from_first_data(spans))


def _from_first_data(spans: tuple[Result, ...]) -> tuple[Result, ...]:
    """Without the quarters before anything was measured."""
    for place, span in enumerate(spans):
        if span.state != ResultState.NO_DATA:
            return spans[place:]
    return ()


def _span(promise: Promise, run: Run, periods: Sequence[Period], measured: Measured) -> Result:
    period = Period("quarter", periods[run.first].since, periods[run.last].until)
    if not run.is_published:
        state = ResultState.NO_DATA if run.is_empty else ResultState.TOO_FEW
        return Result(promise, period, state)
    return judge(promise, period, _sum([run], measured))


def _year(
    promise: Promise,
    chosen: list[Run],
    found: list[Run],
    periods: Sequence[Period],
    measured: Measured,
) -> Result:
    whole = Period("twelve_months", periods[-4].since, periods[-1].until)
    if not chosen:
        is_empty = all(run.is_empty for run in found if run.last >= len(periods) - 4)
        return Result(promise, whole, ResultState.NO_DATA if is_empty else ResultState.TOO_FEW)
    period = whole
    if not _fills(chosen, found, len(periods)):
        # Then it says which days it is about.
        first, last = periods[chosen[0].first], periods[chosen[-1].last]
        period = Period("twelve_months", first.since, last.until)
    return judge(promise, period, _sum(chosen, measured))


def _fills(chosen: list[Run], found: list[Run], number: int) -> bool:
    """Whether they hold all that was measured in the last four quarters."""
    within = [run for run in found if run.last >= number - 4 and not run.is_empty]
    return within == chosen and chosen[0].first >= number - 4


def _sum(chosen: Sequence[Run], measured: Measured) -> Measurement:
    parts = [each for run in chosen for each in measured[run.first : run.last + 1]]
    sources = dict.fromkeys(part.source for part in reversed(parts) if part.source)
    return Measurement(
        kept=sum(part.kept for part in parts),
        measured=sum(part.measured for part in parts),
        # Each source once, the latest first.
        source="; ".join(dict.fromkeys("; ".join(sources).split("; "))) if sources else "",
    )


def judge(promise: Promise, period: Period, measurement: Measurement) -> Result:
    """Target met or missed, by something that was measured and may be published."""
    share = measurement.kept / measurement.measured * 100
    if promise.target is None:
        state = ResultState.NO_TARGET
    elif promise.operator == Operator.AT_MOST:
        state = ResultState.KEPT if share <= float(promise.target) else ResultState.MISSED
    else:
        state = ResultState.KEPT if share >= float(promise.target) else ResultState.MISSED
    return Result(promise, period, state, measurement)


def target_words(promise: Promise | EditionPromise) -> str:
    """Such as "at least 95 %"; empty where there is no target."""
    if promise.target is None:
        return ""
    value = {"target": percentage(float(promise.target))}
    if promise.operator == Operator.AT_MOST:
        return gettext("at most %(target)s") % value
    return gettext("at least %(target)s") % value
