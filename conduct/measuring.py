"""What was measured in each quarter: kept ready by the nightly collection, else measured now."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.core.cache import cache

from . import indicators
from .indicators import Measurement
from .models.collected import CollectedFigures
from .models.promise import Promise
from .periods import Period

CACHE_SECONDS = 15 * 60
VERSION = "conduct:measured-version"

#: One for each period that was asked about, in their order.
Measured = Sequence[Measurement]


def measured_quarters(
    promises: Iterable[Promise], periods: Sequence[Period], *, now: dt.datetime
) -> dict[str, Measured | None]:
    """Measurements by promise code, nothing withheld. None: no indicator that is known.

    One query for all that was collected; what wasn't yet (a promise was just made or changed) is
    measured now and kept for 15 minutes, or until `forget_measured`.
    """
    known = [p for p in promises if p.indicator and indicators.get(p.indicator) is not None]
    ready = _collected(known, periods)
    missing = {}
    for promise in known:
        keys = [(promise.pk, promise.indicator, period.first_day) for period in periods]
        if not all(key in ready for key in keys):
            missing[promise.code] = promise
    now_measured = _measured_now(list(missing.values()), periods, now)
    return {
        promise.code: now_measured.get(promise.code)
        or [ready[promise.pk, promise.indicator, period.first_day] for period in periods]
        for promise in known
    }


Key = tuple[int, str, dt.date]


def _collected(promises: list[Promise], periods: Sequence[Period]) -> dict[Key, Measurement]:
    if not promises:
        return {}
    rows = CollectedFigures.objects.filter(
        span=CollectedFigures.Span.QUARTER,
        promise__in=[promise.pk for promise in promises],
        since__gte=periods[0].first_day,
    ).values_list("promise", "indicator", "since", "kept", "measured", "source")
    return {
        (promise, indicator, since): Measurement(kept, measured, source)
        for promise, indicator, since, kept, measured, source in rows.order_by()
    }


def _measured_now(
    promises: Sequence[Promise], periods: Sequence[Period], now: dt.datetime
) -> dict[str, Measured]:
    wanted = {_cache_key(promise, periods): promise for promise in promises}
    kept = cache.get_many([VERSION, *wanted]) if wanted else {}
    # Read before anything is measured: what was measured from older values is never found.
    version = kept.get(VERSION, "")
    fresh: dict[str, tuple[str, list[tuple[int, int, str]]]] = {}
    found: dict[str, Measured] = {}
    for key, promise in wanted.items():
        kept_version, facts = kept.get(key, (None, []))
        if kept_version == version:
            found[promise.code] = [Measurement(*each) for each in facts]
            continue
        values = measure_periods(promise, periods, now=now)
        fresh[key] = (version, [(each.kept, each.measured, each.source) for each in values])
        found[promise.code] = values
    if fresh:
        cache.set_many(fresh, CACHE_SECONDS)
    return found


def measure_periods(
    promise: Promise, periods: Sequence[Period], *, now: dt.datetime
) -> Sequence[Measurement]:
    """Ask the indicator of a promise, which must be known, about each period."""
    indicator = indicators.get(promise.indicator)
    assert indicator is not None
    if indicator.measure_many is not None:
        return indicator.measure_many(promise=promise, periods=periods, now=now)
    return [
        indicator.measure(promise=promise, since=period.since, until=period.until, now=now)
        for period in periods
    ]


def forget_measured() -> None:
    """Measure everything anew from now on: values were entered or changed."""
    # It lasts longer than all that was kept under the version before it.
    cache.set(VERSION, uuid.uuid4().hex, 2 * CACHE_SECONDS)


def _cache_key(promise: Promise, periods: Sequence[Period]) -> str:
    # Facts that change the measure are part of the key, so that editing a promise shows at once.
    span = f"{periods[0].since:%Y%m%d}-{periods[-1].until:%Y%m%d}"
    return f"conduct:measured:{promise.pk}:{promise.indicator}:{span}"
