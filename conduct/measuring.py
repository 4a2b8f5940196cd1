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
    missing = [
        (promise, period)
        for promise in known
        for period in periods
        if (promise.pk, promise.indicator, period.first_day) not in ready
    ]
    ready |= _measured_now(missing, now)
    return {
        promise.code: [ready[promise.pk, promise.indicator, period.first_day] for period in periods]
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
    missing: list[tuple[Promise, Period]], now: dt.datetime
) -> dict[Key, Measurement]:
    wanted = {_cache_key(promise, period): (promise, period) for promise, period in missing}
    kept = cache.get_many([VERSION, *wanted]) if wanted else {}
    # Read before anything is measured: what was measured from older values is never found.
    version = kept.get(VERSION, "")
    fresh: dict[str, tuple[str, int, int, str]] = {}
    found: dict[Key, Measurement] = {}
    for key, (promise, period) in wanted.items():
        kept_version, *facts = kept.get(key, (None,))
        if kept_version == version:
            value = Measurement(*facts)
        else:
            value = measure_one(promise, period, now=now)
            fresh[key] = (version, value.kept, value.measured, value.source)
        found[promise.pk, promise.indicator, period.first_day] = value
    if fresh:
        cache.set_many(fresh, CACHE_SECONDS)
    return found


def measure_one(promise: Promise, period: Period, *, now: dt.datetime) -> Measurement:
    """Ask the indicator of a promise, which must be known, about one period."""
    indicator = indicators.get(promise.indicator)
    assert indicator is not None
    return indicator.measure(promise=promise, since=period.since, until=period.until, now=now)


def forget_measured() -> None:
    """Measure everything anew from now on: values were entered or changed."""
    # It lasts longer than all that was kept under the version before it.
    cache.set(VERSION, uuid.uuid4().hex, 2 * CACHE_SECONDS)


def _cache_key(promise: Promise, period: Period) -> str:
    # Facts that change the measure are part of the key, so that editing a promise shows at once.
    span = f"{period.since:%Y%m%d}-{period.until:%Y%m%d}"
    return f"conduct:measured:{promise.pk}:{promise.indicator}:{span}"
