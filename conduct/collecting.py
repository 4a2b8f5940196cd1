"""The nightly collection: what each promise's indicator and its cases tell (10001:2018, 8.1).

`collect_daily` is called every few minutes and works once a day. Safe to run twice, and on two
machines at once: the row of the day is written first, and only one machine can write it. All of a
night is one transaction, so that one that was cut short is done again.

The apps above add what they count with `add_source`; this layer knows indicators only.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone

from . import indicators, measuring, page_cache
from .gaps import Gap, Why, gaps, judged_over
from .indicators import Measurement
from .measuring import measure_periods
from .models.collected import CollectedFigures, CollectionRun
from .models.promise import Promise
from .periods import Period, months, quarters

logger = logging.getLogger(__name__)

#: What ended longer ago keeps the figures it has. Cases that are changed late would else change
#: figures that readers know, and a reader who kept them could see whose.
SETTLED_AFTER = dt.timedelta(days=100)
Span = CollectedFigures.Span


@dataclass(frozen=True, slots=True)
class Facts:
    """What cases tell of one promise in one month, in numbers."""

    complaints: int = 0
    inquiries: int = 0
    remedies_due: int = 0
    remedies_delivered: int = 0
    remedies_on_time: int = 0
    #: {currency: amount as text}
    costs: Mapping[str, str] = field(default_factory=dict)


#: (promise, first day of the month) -> what is known; what is missing is nothing.
Found = Mapping[tuple[int, dt.date], Facts]


class Source(Protocol):
    def __call__(self, *, months: Sequence[Period]) -> Found:
        """What an app knows of all promises in these months, which follow each other."""


_sources: dict[str, Source] = {}


def add_source(key: str, source: Source) -> None:
    """Ask this app, too, from now on. The same key again replaces what was there."""
    _sources[key] = source


def collect_daily(now: dt.datetime) -> CollectionRun | None:
    """Collect unless it was done today; None where it was."""
    today = timezone.localdate(now)
    if CollectionRun.objects.filter(day=today).exists():
        return None
    with transaction.atomic():
        try:
            # Only this may fail because another machine was faster; all else is a fault to log.
            with transaction.atomic():
                run = CollectionRun.objects.create(day=today, started_at=now)
        except IntegrityError:
            return None
        _collect(run, now)
    measuring.forget_measured()
    if page_cache.seconds():
        page_cache.forget_pages()
    return run


def _collect(run: CollectionRun, now: dt.datetime) -> None:
    live = list(Promise.objects.live(on=run.day))
    present = _present(live)
    monthly, quarterly = months(now), quarters(now)
    facts = _facts(monthly)
    failed: list[Gap] = []
    rows = []
    for promise in live:
        for span, periods in ((Span.MONTH, monthly), (Span.QUARTER, quarterly)):
            wanted = [
                period for period in periods if _is_wanted(promise, span, period, present, now)
            ]
            measured = _measure(promise, wanted, now, failed)
            for period, value in zip(wanted, measured, strict=True):
                known = facts.get((promise.pk, period.first_day)) if span == Span.MONTH else None
                rows.append(_row(promise, span, period, value, known or Facts(), now))
    _write(rows)
    run.rows = len(rows)
    missing = gaps([p for p in live if p.code not in {gap.code for gap in failed}], now=now)
    run.gaps = [gap.as_json() for gap in [*failed, *missing]]
    run.finished_at = timezone.now()
    run.save()


def _present(promises: Sequence[Promise]) -> set[tuple[int, str, str, dt.date]]:
    rows = CollectedFigures.objects.filter(promise__in=[promise.pk for promise in promises])
    return set(rows.order_by().values_list("promise", "indicator", "span", "since"))


def _is_wanted(promise: Promise, span: str, period: Period, present: Any, now: dt.datetime) -> bool:
    key = (promise.pk, _asked(promise), str(span), period.first_day)
    return key not in present or period.until > now - SETTLED_AFTER


def _asked(promise: Promise) -> str:
    return promise.indicator if indicators.get(promise.indicator) is not None else ""


def _facts(monthly: Sequence[Period]) -> dict[tuple[int, dt.date], Facts]:
    found: dict[tuple[int, dt.date], Facts] = {}
    for source in _sources.values():
        found |= source(months=monthly)
    return found


def _measure(
    promise: Promise, periods: Sequence[Period], now: dt.datetime, failed: list[Gap]
) -> Sequence[Measurement | None]:
    """One for each period; None where there is no indicator or it could not be asked."""
    if not _asked(promise):
        return [None] * len(periods)
    try:
        with transaction.atomic():
            return measure_periods(promise, periods, now=now)
    except Exception:
        # One indicator must not keep the others waiting.
        logger.exception("Promise %s could not be measured", promise.code)
        if promise.code not in {gap.code for gap in failed}:
            period = judged_over(promise, now)
            days = (period.first_day, period.last_day)
            failed.append(Gap(promise.code, Why.FAILED, *days))
        return [None] * len(periods)


def _row(
    promise: Promise,
    span: str,
    period: Period,
    value: Measurement | None,
    facts: Facts,
    now: dt.datetime,
) -> CollectedFigures:
    return CollectedFigures(
        promise=promise,
        span=span,
        since=period.first_day,
        until=period.last_day,
        indicator=_asked(promise) if value is not None else "",
        kept=value.kept if value else 0,
        measured=value.measured if value else 0,
        source=value.source if value else "",
        complaints=facts.complaints,
        inquiries=facts.inquiries,
        remedies_due=facts.remedies_due,
        remedies_delivered=facts.remedies_delivered,
        remedies_on_time=facts.remedies_on_time,
        costs=dict(facts.costs),
        collected_at=now,
    )


MEASURED = ["indicator", "kept", "measured", "source", "collected_at"]
COUNTED = [
    "until", "complaints", "inquiries", "remedies_due", "remedies_delivered", "remedies_on_time",
    "costs",
]  # fmt: skip


def _write(rows: list[CollectedFigures]) -> None:
    CollectedFigures.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["promise", "span", "since"],
        update_fields=[*MEASURED, *COUNTED],
    )


def measure_again(promises: Iterable[int], *, now: dt.datetime) -> None:
    """Renew what was collected for these promises: their values were entered or changed."""
    rows: dict[int, list[CollectedFigures]] = {}
    collected = CollectedFigures.objects.filter(promise__in=list(promises), indicator="entered")
    for row in collected.select_related("promise"):
        rows.setdefault(row.promise_id, []).append(row)
    changed = []
    for of_promise in rows.values():
        periods = [_period(row) for row in of_promise]
        measured = measure_periods(of_promise[0].promise, periods, now=now)
        for row, value in zip(of_promise, measured, strict=True):
            row.kept, row.measured, row.source = value.kept, value.measured, value.source
            row.collected_at = now
            changed.append(row)
    CollectedFigures.objects.bulk_update(changed, MEASURED, batch_size=500)


def _period(row: CollectedFigures) -> Period:
    days = (row.since, row.until + dt.timedelta(days=1))
    since, until = (timezone.make_aware(dt.datetime.combine(day, dt.time.min)) for day in days)
    return Period(str(row.span), since, until)
