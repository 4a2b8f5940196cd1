"""The indicator "entered by hand": values that staff write down with their source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import collecting, indicators, measuring, page_cache
from .indicators import Indicator, Measurement
from .models.measured_value import MeasuredValue
from .models.promise import Promise
from .periods import Period

#: First day, last day, kept, measured, source.
Row = tuple[dt.date, dt.date, int, int, str]


def measure_entered(
    *, promise: Promise, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Measurement:
    """The sum of the values whose whole period lies from `since` up to, not including, `until`.

    A value that sticks out is left out: nobody knows how its numbers spread over its days.
    """
    [value] = measure_many(promise=promise, periods=[Period("", since, until)], now=now)
    return value


def measure_many(
    *, promise: Promise, periods: Sequence[Period], now: dt.datetime
) -> list[Measurement]:
    """The same for many periods, in one query."""
    if not periods:
        return []
    days = [_whole_days(period) for period in periods]
    values = MeasuredValue.objects.filter(
        promise=promise,
        starts_on__gte=min(first for first, _last in days),
        ends_on__lte=max(last for _first, last in days),
    ).order_by("-starts_on")
    rows: list[Row] = list(values.values_list("starts_on", "ends_on", "kept", "measured", "source"))
    return [_sum(row for row in rows if first <= row[0] and row[1] <= last) for first, last in days]


def _whole_days(period: Period) -> tuple[dt.date, dt.date]:
    """The first and the last day that lie wholly in a period."""
    # A day that has begun before it doesn't.
    first = timezone.localdate(period.since - dt.timedelta(microseconds=1)) + dt.timedelta(days=1)
    return first, timezone.localdate(period.until) - dt.timedelta(days=1)


def _sum(rows: Iterable[Row]) -> Measurement:
    chosen = list(rows)
    return Measurement(
        kept=sum(row[2] for row in chosen),
        measured=sum(row[3] for row in chosen),
        # Each source once, the latest first.
        source="; ".join(dict.fromkeys(row[4] for row in chosen)),
    )


ENTERED = Indicator(
    key="entered",
    name=_("Entered by hand"),
    definition=_(
        "The organisation counts this itself, enters how often it was measured and how often the "
        "promise was kept, and names its source. A value counts where its whole period lies in "
        "the period shown."
    ),
    measure=measure_entered,
    measure_many=measure_many,
)


def renew_figures(promises: Iterable[int]) -> None:
    """Once the transaction ends well, readers see what these promises' values say now."""
    asked = sorted(set(promises))

    def renew() -> None:
        collecting.measure_again(asked, now=timezone.now())
        measuring.forget_measured()

    # The figures first: a page made between the two would keep the old ones.
    transaction.on_commit(renew, robust=True)
    if page_cache.seconds():
        page_cache.forget_pages()


def _value_changed(instance: MeasuredValue, **kwargs: Any) -> None:
    renew_figures([instance.promise_id])


def connect() -> None:
    indicators.register(ENTERED)
    for signal in (post_save, post_delete):
        signal.connect(_value_changed, sender=MeasuredValue, dispatch_uid="conduct.entered_values")
