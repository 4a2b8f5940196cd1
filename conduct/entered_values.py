"""The indicator "entered by hand": values that staff write down with their source."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import indicators, page_cache, performance
from .indicators import Indicator, Measurement
from .models.measured_value import MeasuredValue
from .models.promise import Promise


def measure_entered(
    *, promise: Promise, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Measurement:
    """The sum of the values whose whole period lies from `since` up to, not including, `until`.

    A value that sticks out is left out: nobody knows how its numbers spread over its days.
    """
    # A day that has begun before `since` doesn't lie wholly in the period.
    first_day = timezone.localdate(since - dt.timedelta(microseconds=1)) + dt.timedelta(days=1)
    values = MeasuredValue.objects.filter(
        promise=promise, starts_on__gte=first_day, ends_on__lt=timezone.localdate(until)
    )
    rows = list(values.order_by("-starts_on").values_list("kept", "measured", "source"))
    return Measurement(
        kept=sum(kept for kept, _measured, _source in rows),
        measured=sum(measured for _kept, measured, _source in rows),
        # Each source once, the latest first.
        source="; ".join(dict.fromkeys(source for _kept, _measured, source in rows)),
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
)


def _renew_figures(**kwargs: Any) -> None:
    # The figures first: a page made between the two would keep the old ones.
    transaction.on_commit(performance.forget_measured, robust=True)
    if page_cache.seconds():
        page_cache.forget_pages()


def connect() -> None:
    indicators.register(ENTERED)
    for signal in (post_save, post_delete):
        signal.connect(_renew_figures, sender=MeasuredValue, dispatch_uid="conduct.entered_values")
