"""The periods that figures are about: whole quarters of a calendar year, and months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext

#: So many complete quarters are shown, as far as there are data.
SHOWN_QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to, not including, `until`; both aware midnights."""

    key: str
    since: dt.datetime
    until: dt.datetime

    @property
    def first_day(self) -> dt.date:
        return timezone.localdate(self.since)

    @property
    def last_day(self) -> dt.date:
        return timezone.localdate(self.until - dt.timedelta(microseconds=1))

    def words(self) -> str:
        """Such as "1 July 2025 to 30 September 2025", as the active language writes it."""
        return gettext("%(first_day)s to %(last_day)s") % {
            "first_day": formats.date_format(self.first_day),
            "last_day": formats.date_format(self.last_day),
        }


def last_quarter(now: dt.datetime) -> Period:
    """The last complete quarter of a calendar year."""
    return _quarter(_quarter_start(timezone.localdate(now)), -1)


def twelve_months(now: dt.datetime) -> Period:
    """The last four complete quarters.

    They end with the last quarter, not today: a year that moved on every day would let a reader
    who kept yesterday's page work out a single day.
    """
    end = last_quarter(now)
    return Period("twelve_months", _midnight(_moved(end.first_day, -3)), end.until)


def quarters(now: dt.datetime) -> list[Period]:
    """The complete quarters that figures are made of, oldest first.

    The last eight, and those before them in the same calendar year (see `conduct.withholding`).
    """
    this = _quarter_start(timezone.localdate(now))
    first = _moved(this, -SHOWN_QUARTERS)
    before = (first.month - 1) // 3
    return [_quarter(this, number) for number in range(-SHOWN_QUARTERS - before, 0)]


def months(now: dt.datetime) -> list[Period]:
    """Every month since the first of `quarters`, this one included, oldest first."""
    day, today = quarters(now)[0].first_day, timezone.localdate(now)
    found = []
    while day <= today:
        following = (day + dt.timedelta(days=31)).replace(day=1)
        found.append(Period("month", _midnight(day), _midnight(following)))
        day = following
    return found


def noon(day: dt.date) -> dt.datetime:
    """A moment of a day, for what asks for one."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _quarter_start(day: dt.date) -> dt.date:
    return dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _moved(start: dt.date, number: int) -> dt.date:
    """The first day of the quarter so many quarters later."""
    quarter = start.year * 4 + (start.month - 1) // 3 + number
    return dt.date(quarter // 4, 3 * (quarter % 4) + 1, 1)


def _quarter(start: dt.date, number: int) -> Period:
    first = _moved(start, number)
    return Period("quarter", _midnight(first), _midnight(_moved(first, 1)))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
