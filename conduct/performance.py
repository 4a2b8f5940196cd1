"""How promises were kept in a period: measured through `conduct.indicators`, fit for publishing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext

from . import indicators
from .indicators import Measurement
from .models.edition import EditionPromise
from .models.organisation import Organisation
from .models.promise import Operator, Promise

CACHE_SECONDS = 15 * 60
VERSION = "conduct:measured-version"


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to, not including, `until`; both aware midnights."""

    key: str
    since: dt.datetime
    until: dt.datetime

    @property
    def last_day(self) -> dt.date:
        return timezone.localdate(self.until - dt.timedelta(microseconds=1))


class ResultState(StrEnum):
    NOT_MEASURED = "not_measured"  # no indicator feeds this promise
    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    KEPT = "kept"
    MISSED = "missed"
    NO_TARGET = "no_target"


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
        return {
            ResultState.NOT_MEASURED: gettext("Not measured yet"),
            ResultState.NO_DATA: gettext("Nothing to measure in this period"),
            ResultState.TOO_FEW: gettext("Too few to publish"),
            ResultState.KEPT: gettext("Target met"),
            ResultState.MISSED: gettext("Target missed"),
            ResultState.NO_TARGET: gettext("No target set"),
        }[self.state]

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


def twelve_months(now: dt.datetime) -> Period:
    """The twelve months up to the end of today."""
    until = _midnight(timezone.localdate(now) + dt.timedelta(days=1))
    last = timezone.localdate(until)
    since = dt.date(last.year - 1, last.month, min(last.day, 28) if last.month == 2 else last.day)
    return Period("twelve_months", _midnight(since), until)


def last_quarter(now: dt.datetime) -> Period:
    """The last complete quarter of a calendar year."""
    today = timezone.localdate(now)
    end = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    start = dt.date(end.year - 1, 10, 1) if end.month == 1 else end.replace(month=end.month - 3)
    return Period("quarter", _midnight(start), _midnight(end))


def measure(
    promises: Iterable[Promise], period: Period, *, now: dt.datetime
) -> dict[str, Measurement | None]:
    """Measurements by promise code, unsuppressed, at most 15 minutes old. None: no indicator.

    What was kept before `forget_measured` is measured anew.
    """
    wanted = {_cache_key(promise, period): promise for promise in promises if promise.indicator}
    known = cache.get_many([VERSION, *wanted]) if wanted else {}
    # Read before anything is measured: what was measured from older values is never found.
    version = known.get(VERSION, "")
    fresh: dict[str, tuple[str, int, int, str]] = {}
    measured: dict[str, Measurement | None] = {}
    for key, promise in wanted.items():
        indicator = indicators.get(promise.indicator)
        kept_version, *facts = known.get(key, (None,))
        if kept_version == version:
            measured[promise.code] = Measurement(*facts)
        elif indicator is not None:
            value = indicator.measure(
                promise=promise, since=period.since, until=period.until, now=now
            )
            fresh[key] = (version, value.kept, value.measured, value.source)
            measured[promise.code] = value
    if fresh:
        cache.set_many(fresh, CACHE_SECONDS)
    return measured


def forget_measured() -> None:
    """Measure everything anew from now on: values were entered or changed."""
    # It lasts longer than all that was kept under the version before it.
    cache.set(VERSION, uuid.uuid4().hex, 2 * CACHE_SECONDS)


def results(
    promises: Iterable[Promise], period: Period, *, threshold: int, now: dt.datetime
) -> dict[str, Result]:
    """Publishable results of one period by promise code."""
    chosen = list(promises)
    measured = measure(chosen, period, now=now)
    return {
        promise.code: judge(promise, period, measured.get(promise.code), threshold=threshold)
        for promise in chosen
    }


def results_today(request: HttpRequest, codes: Iterable[str]) -> dict[str, Result]:
    """The last twelve months of the live promises with these codes, for a site's readers."""
    wanted = list(codes)
    if not wanted:
        return {}
    now = timezone.now()
    promises = list(Promise.objects.live(on=timezone.localdate(now)).filter(code__in=wanted))
    threshold = Organisation.for_request(request).small_number_threshold
    return results(promises, twelve_months(now), threshold=threshold, now=now)


def judge(
    promise: Promise, period: Period, measurement: Measurement | None, *, threshold: int
) -> Result:
    if measurement is None:
        return Result(promise, period, ResultState.NOT_MEASURED)
    if measurement.measured == 0:
        return Result(promise, period, ResultState.NO_DATA)
    if measurement.measured < threshold:
        return Result(promise, period, ResultState.TOO_FEW)
    share = measurement.kept / measurement.measured * 100
    if promise.target is None:
        state = ResultState.NO_TARGET
    elif promise.operator == Operator.AT_MOST:
        state = ResultState.KEPT if share <= float(promise.target) else ResultState.MISSED
    else:
        state = ResultState.KEPT if share >= float(promise.target) else ResultState.MISSED
    return Result(promise, period, state, measurement)


def quarter_and_year(
    promises: Iterable[Promise], *, threshold: int, now: dt.datetime
) -> list[tuple[Result, Result]]:
    """Each promise's last quarter and twelve months.

    A quarter that would let a reader work out a small rest of the year is withheld too.
    """
    chosen = list(promises)
    quarter, year = last_quarter(now), twelve_months(now)
    in_quarter = results(chosen, quarter, threshold=threshold, now=now)
    in_year = results(chosen, year, threshold=threshold, now=now)
    pairs = []
    for promise in chosen:
        short, long = in_quarter[promise.code], in_year[promise.code]
        if short.measurement and long.measurement:
            rest = long.measurement.measured - short.measurement.measured
            if 0 < rest < threshold:
                short = Result(promise, quarter, ResultState.TOO_FEW)
        pairs.append((short, long))
    return pairs


def target_words(promise: Promise | EditionPromise) -> str:
    """Such as "at least 95 %"; empty where there is no target."""
    if promise.target is None:
        return ""
    value = {"target": percentage(float(promise.target))}
    if promise.operator == Operator.AT_MOST:
        return gettext("at most %(target)s") % value
    return gettext("at least %(target)s") % value


def percentage(value: float, decimals: int | None = None) -> str:
    """A figure between 0 and 100 with its sign, as the active language writes it, on one line."""
    written = gettext("%(number)s %%") % {"number": number(value, decimals)}
    return written.replace(" ", "\u00a0")


def number(value: float, decimals: int | None = 0) -> str:
    """A number as the active language writes it."""
    if decimals is None:
        decimals = 0 if value == int(value) else 1
    # Django cuts decimals off instead of rounding, so this rounds first.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(formats.number_format(rounded, decimal_pos=decimals, force_grouping=True))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _cache_key(promise: Promise, period: Period) -> str:
    # Facts that change the measure are part of the key, so that editing a promise shows at once.
    span = f"{period.since:%Y%m%d}-{period.until:%Y%m%d}"
    return f"conduct:measured:{promise.pk}:{promise.indicator}:{span}"
