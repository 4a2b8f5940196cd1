"""Working time, due dates and pauses (4.15): the only module that moves a clock.

Days are working days of the organisation: its week, its holidays, its time zone. A clock of N days
that started
on some day is due when the N-th working day after that day ends. The working days that a clock
stood still are
added; a clock that ran out stays run out. Every move is a line of the ledger (`ClockEntry`).
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from complaints.lifecycle import State
from complaints.models import NEVER, Case, Clock, ClockEntry, ClockName, HandlingSettings, Holiday

if TYPE_CHECKING:
    from wagtail.models import Site

ONE_DAY = timedelta(days=1)
#: Clocks that stand still while a question is with the complainant.
PAUSABLE = frozenset({ClockName.ANSWER, ClockName.REVIEW})
#: Clocks of the organisation; the silence clock is the complainant's and never makes a case
#: overdue.
OURS = frozenset({ClockName.ACKNOWLEDGE, ClockName.ANSWER, ClockName.REVIEW})


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


class Clocks:
    """The clocks of one case whose row the caller has locked."""

    def __init__(self, case: Case, calendar: WorkingCalendar | None = None) -> None:
        self.case = case
        self._calendar = calendar

    @cached_property
    def settings(self) -> HandlingSettings:
        return HandlingSettings.for_site(self.case.site)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return self._calendar or WorkingCalendar.from_settings(self.settings)

    def start(self, name: str, *, at: datetime, days: int, run: int | None = None) -> Clock:
        """`run`: which one of this name it is, where the caller knows."""
        clock = Clock.objects.create(
            case=self.case,
            name=name,
            run=run or self.case.clocks.filter(name=name).count() + 1,
            days=days,
            started_at=at,
            due_at=self.calendar.add(at, days),
        )
        self._enter(clock, ClockEntry.What.START, at)
        return clock

    def start_on_receipt(self) -> None:
        """Acknowledgement and answer count from receipt, whenever the case was stored. Sets the
        case's `due_at`; does not save it."""
        at, answer_days = self.case.received_at, self.settings.answer_days_for(self.case.priority)
        first = (
            self.start(ClockName.ACKNOWLEDGE, at=at, days=self.settings.acknowledge_days, run=1),
            self.start(ClockName.ANSWER, at=at, days=answer_days, run=1),
        )
        self.case.due_at = min(clock.due_at for clock in first)

    def stop(self, *names: str, at: datetime) -> None:
        for clock in self._unstopped(*names):
            # The time it stood still is not taken off, however it ends.
            self._go_on(clock, at)
            clock.stopped_at = at
            clock.save(update_fields=["stopped_at"])
            self._enter(clock, ClockEntry.What.STOP, at)

    def pause(self, *, at: datetime) -> None:
        for clock in self._unstopped(*PAUSABLE):
            # What has run out can't be brought back by asking a question.
            if clock.paused_at is None and clock.due_at >= at:
                clock.paused_at = at
                clock.save(update_fields=["paused_at"])
                self._enter(clock, ClockEntry.What.PAUSE, at)

    def resume(self, *, at: datetime) -> None:
        for clock in self._unstopped(*PAUSABLE):
            self._go_on(clock, at)

    def change_answer_length(self, days: int, *, at: datetime) -> None:
        """Another priority gives the answer another length, counted from where the clock
        started."""
        for clock in self._unstopped(ClockName.ANSWER):
            has_run_out = clock.paused_at is None and clock.due_at < at
            # A lower priority does not make good what was late by then, and another priority does
            # not take away the day that the complainant was told.
            keeps = (has_run_out and days > clock.days) or self._is_extended(clock)
            if clock.days != days and not keeps:
                clock.days = days
                self._set_due(clock)
                self._enter(clock, ClockEntry.What.CHANGE, at)

    def answering(self) -> Clock | None:
        """The clock that the answer, or the answer to a review, has to keep."""
        return next(iter(self._unstopped(*PAUSABLE)), None)

    def extend(self, clock: Clock, *, until: date, at: datetime) -> None:
        """A later last day: a working day after the present one, which the caller has checked."""
        days = self.calendar.working_days_between(clock.started_at, self.calendar.end_of(until))
        clock.days = days - clock.paused_days
        self._set_due(clock)
        self._enter(clock, ClockEntry.What.EXTEND, at)

    def take_over(self, clock: Clock, old: Clock) -> None:
        """The clock of a case that was split off: what the old one has behind it, line by line."""
        for name in ("days", "paused_days", "started_at", "due_at", "paused_at"):
            setattr(clock, name, getattr(old, name))
        clock.save()
        clock.entries.all().delete()
        for entry in old.entries.all():
            entry.pk, entry.clock = None, clock
            entry.save()

    def undo_stop(self, *, stopped_at: datetime, at: datetime) -> None:
        """What was stopped then by mistake goes on as if it had never stopped."""
        for clock in self.case.clocks.filter(stopped_at=stopped_at):
            clock.stopped_at = None
            clock.save(update_fields=["stopped_at"])
            self._enter(clock, ClockEntry.What.UNDO, at)

    @staticmethod
    def _is_extended(clock: Clock) -> bool:
        return clock.entries.filter(what=ClockEntry.What.EXTEND).exists()

    def refresh_due(self) -> None:
        """Set the case's `due_at` to the soonest due date of a running clock of ours. Does not
        save."""
        running = [
            clock.due_at
            for clock in self.case.clocks.filter(name__in=OURS, stopped_at=None, paused_at=None)
        ]
        is_closed = self.case.state == State.CLOSED
        self.case.due_at = NEVER if is_closed else min(running, default=NEVER)

    def _go_on(self, clock: Clock, at: datetime) -> None:
        if clock.paused_at is not None:
            clock.paused_days += self.calendar.working_days_between(clock.paused_at, at)
            clock.paused_at = None
            self._set_due(clock)
            self._enter(clock, ClockEntry.What.RESUME, at)

    def _unstopped(self, *names: str) -> list[Clock]:
        return list(self.case.clocks.filter(name__in=names, stopped_at=None))

    def _set_due(self, clock: Clock) -> None:
        clock.due_at = self.calendar.add(clock.started_at, clock.days + clock.paused_days)
        clock.save(update_fields=["due_at", "days", "paused_at", "paused_days"])

    def _enter(self, clock: Clock, what: str, at: datetime) -> ClockEntry:
        skipped = self.calendar.holidays_between(clock.started_at, clock.due_at)
        return ClockEntry.objects.create(
            clock=clock,
            what=what,
            at=at,
            due_at=clock.due_at,
            days=clock.days,
            detail={
                "holidays": [day.isoformat() for day in skipped],
                "paused_days": clock.paused_days,
            },
        )


def recompute_due(clock: Clock, calendar: WorkingCalendar) -> datetime:
    """The due date that the moments in the ledger give, to prove the stored one."""
    days, paused_days, paused_at = clock.days, 0, None
    for entry in clock.entries.all():
        days = entry.days
        if entry.what == ClockEntry.What.PAUSE:
            paused_at = entry.at
        elif entry.what == ClockEntry.What.RESUME and paused_at is not None:
            paused_days += calendar.working_days_between(paused_at, entry.at)
            paused_at = None
    return calendar.add(clock.started_at, days + paused_days)
