"""Indicators that clocks give: what fell due in a period, and was done by then (K03, K04).

A case that was still open when its time ran out counts as late, for good. Left out: what was no
handling at all (out of scope, duplicate, spam), what was withdrawn, and clocks that stand still.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from complaints.lifecycle import Outcome
from complaints.models import Clock, ClockName
from conduct import indicators
from conduct.indicators import Indicator, Measurement
from conduct.models import Promise

LEFT_OUT = (Outcome.OUT_OF_SCOPE, Outcome.DUPLICATE, Outcome.ABUSE, Outcome.WITHDRAWN)


def measure_clock(
    name: str, *, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Measurement:
    """How many clocks of this name fell due from `since` to `until`; how many stopped in time."""
    due = (
        Clock.objects.filter(name=name, due_at__gte=since, due_at__lt=min(until, now))
        .filter(paused_at=None)
        .exclude(case__outcome__in=LEFT_OUT)
    )
    counted = due.aggregate(
        measured=Count("pk"), kept=Count("pk", filter=Q(stopped_at__lte=F("due_at")))
    )
    return Measurement(kept=counted["kept"], measured=counted["measured"])


def acknowledged_on_time(
    *, promise: Promise, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Measurement:
    return measure_clock(ClockName.ACKNOWLEDGE, since=since, until=until, now=now)


def answered_on_time(
    *, promise: Promise, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Measurement:
    return measure_clock(ClockName.ANSWER, since=since, until=until, now=now)


def register_indicators() -> None:
    indicators.register(
        Indicator(
            key="acknowledged_on_time",
            name=_("Acknowledged on time"),
            definition=_(
                "Of all cases whose acknowledgement fell due in the period: those that were "
                "acknowledged by then."
            ),
            measure=acknowledged_on_time,
        )
    )
    indicators.register(
        Indicator(
            key="answered_on_time",
            name=_("Answered on time"),
            definition=_(
                "Of all cases whose answer fell due in the period: those that were answered by "
                "then. A case that is still open after its date counts as late."
            ),
            measure=answered_on_time,
        )
    )
