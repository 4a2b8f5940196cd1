"""Working time of one organisation: its week, its holidays, its time zone (4.15)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from complaints.models import HandlingSettings, Holiday

if TYPE_CHECKING:
    from wagtail.models import Site

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The working week (ISO weekdays 1–7), holidays, end of the working day and zone of one
    organisation."""

    weekdays: frozenset[int]
    holidays: Collection[date]
    ends_at: time
    zone: zoneinfo.ZoneInfo

    @classmethod
    def for_site(cls, site: Site | None) -> WorkingCalendar:
        return cls.from_settings(HandlingSettings.for_site(site))

    @classmethod
    def from_settings(cls, settings: HandlingSettings) -> WorkingCalendar:
        ends_at = settings.day_ends_at
        return cls(
            weekdays=frozenset(int(d) for d in settings.working_weekdays),
            holidays=frozenset(Holiday.objects.values_list("day", flat=True)),
            ends_at=time.fromisoformat(ends_at) if isinstance(ends_at, str) else ends_at,
            zone=zoneinfo.ZoneInfo(settings.time_zone),
        )

    def is_working_day(self, day: date) -> bool:
        return day.isoweekday() in self.weekdays and day not in self.holidays

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, self.ends_at, tzinfo=self.zone)

    def add(self, start: datetime, days: int) -> datetime:
        """The end of the `days`-th working day after the day of `start`."""
        day = self.day_of(start)
        while days > 0:
            day += ONE_DAY
            if self.is_working_day(day):
                days -= 1
        return self.end_of(day)

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """How many working days come after the day of `start`, up to and with the day of `end`."""
        day, last = self.day_of(start), self.day_of(end)
        count = 0
        while day < last:
            day += ONE_DAY
            count += self.is_working_day(day)
        return count

    def holidays_between(self, start: datetime, end: datetime) -> list[date]:
        """Holidays that fell on a day of the working week: they made the date later."""
        first, last = self.day_of(start), self.day_of(end)
        return sorted(
            d for d in self.holidays if first < d <= last and d.isoweekday() in self.weekdays
        )
