"""Working time, due dates and pauses (4.15): the only module that moves a clock.

Days are working days of the organisation: its week, its holidays, its time zone. A clock of N days
that started
on some day is due when the N-th working day after that day ends. The working days that a clock
stood still are
added; a clock that ran out stays run out. Every move is a line of the ledger (`ClockEntry`).
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from complaints.lifecycle import OPEN_STATES, State
from complaints.models import (
    NEVER,
    Case,
    Clock,
    ClockEntry,
    ClockName,
    HandlingSettings,
    Remedy,
)
from complaints.working_calendar import WorkingCalendar

#: Clocks that stand still while a question is with the complainant.
PAUSABLE = frozenset({ClockName.ANSWER, ClockName.REVIEW, ClockName.UPDATE})
#: What the answer has to keep.
ANSWERING = frozenset({ClockName.ANSWER, ClockName.REVIEW})
#: Clocks of the organisation; the silence clock is the complainant's and never makes a case
#: overdue.
OURS = frozenset(ClockName) - {ClockName.SILENCE}
#: While a case is in one of these, the complainant hears from us every so many days.
KEPT_INFORMED = OPEN_STATES - {State.ANSWERED, State.PUTTING_RIGHT}
#: What was promised in an answer is owed in these.
PROMISED = frozenset({State.ANSWERED, State.PUTTING_RIGHT})


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

    def start_promised(self, *, at: datetime) -> None:
        """A clock for each remedy that is promised, not verified, and has none that runs."""
        owed = self.case.remedies.filter(promised_at__isnull=False, verified_at=None)
        for remedy in owed.exclude(clocks__in=self.case.clocks.filter(stopped_at=None)):
            self._start_for(remedy, at)

    def _start_for(self, remedy: Remedy, at: datetime) -> None:
        """To the end of the day that was promised, a working day or not; where none was, after the
        organisation's own time."""
        calendar, until = self.calendar, remedy.due_on
        days = self.settings.remedy_days
        if until is not None:
            days = calendar.working_days_between(at, calendar.end_of(until))
        clock = Clock.objects.create(
            case=self.case,
            name=ClockName.REMEDY,
            run=self.case.clocks.filter(name=ClockName.REMEDY).count() + 1,
            remedy=remedy,
            days=days,
            started_at=at,
            due_at=calendar.end_of(until) if until else calendar.add(at, days),
        )
        self._enter(clock, ClockEntry.What.START, at, until=until)

    def stop_for(self, remedy: Remedy, *, at: datetime) -> None:
        for clock in self.case.clocks.filter(remedy=remedy, stopped_at=None):
            self._stop(clock, at)

    def stop_left_over(self, *, at: datetime) -> None:
        """What was left to do after an answer was accepted, and belongs to no remedy, is done."""
        for clock in self.case.clocks.filter(name=ClockName.REMEDY, remedy=None, stopped_at=None):
            self._stop(clock, at)

    def stop(self, *names: str, at: datetime) -> None:
        for clock in self._unstopped(*names):
            self._stop(clock, at)

    def _stop(self, clock: Clock, at: datetime) -> None:
        # The time it stood still is not taken off, however it ends.
        self._go_on(clock, at)
        clock.stopped_at = at
        clock.save(update_fields=["stopped_at"])
        self._enter(clock, ClockEntry.What.STOP, at)

    def pause(self, *names: str, at: datetime) -> None:
        for clock in self._unstopped(*(names or PAUSABLE)):
            self._pause(clock, at)

    def _pause(self, clock: Clock, at: datetime) -> None:
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
        return next(iter(self._unstopped(*ANSWERING)), None)

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

    def settle(self, *, at: datetime, told: bool = False) -> None:
        """After an action: let the time until the next message fit what was done, see to it that
        every promise has its clock, and set the case's `due_at` to the soonest due date of a
        running clock of ours. Does not save the case.

        `told`: the complainant has heard from us.
        """
        if self.case.state in PROMISED:
            self.start_promised(at=at)
        unstopped = list(self.case.clocks.filter(stopped_at=None))
        informing = [clock for clock in unstopped if clock.name == ClockName.UPDATE]
        others = [clock for clock in unstopped if clock.name != ClockName.UPDATE]
        running = [
            clock.due_at
            for clock in (*others, *self._keep_informed(informing, at, told))
            if clock.name in OURS and clock.paused_at is None
        ]
        is_closed = self.case.state == State.CLOSED
        self.case.due_at = NEVER if is_closed else min(running, default=NEVER)

    def _keep_informed(self, clocks: list[Clock], at: datetime, told: bool) -> list[Clock]:
        """Each message starts the time until the next one anew (7.3)."""
        wanted = self.case.state in KEPT_INFORMED and self.case.acknowledged_at is not None
        if told or not wanted:
            for clock in clocks:
                self._stop(clock, at)
            clocks = []
        if wanted and not clocks:
            clocks = [self.start(ClockName.UPDATE, at=at, days=self.settings.update_days)]
        for clock in clocks:
            if self.case.state == State.WAITING:
                self._pause(clock, at)
            else:
                self._go_on(clock, at)
        return clocks

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

    def _enter(
        self, clock: Clock, what: str, at: datetime, *, until: date | None = None
    ) -> ClockEntry:
        if until is not None:
            detail: dict[str, object] = {"until": until.isoformat()}
        else:
            skipped = self.calendar.holidays_between(clock.started_at, clock.due_at)
            detail = {
                "holidays": [day.isoformat() for day in skipped],
                "paused_days": clock.paused_days,
            }
        return ClockEntry.objects.create(
            clock=clock, what=what, at=at, due_at=clock.due_at, days=clock.days, detail=detail
        )


def recompute_due(clock: Clock, calendar: WorkingCalendar) -> datetime:
    """The due date that the moments in the ledger give, to prove the stored one."""
    days, paused_days, paused_at = clock.days, 0, None
    for entry in clock.entries.all():
        if until := entry.detail.get("until"):
            return calendar.end_of(date.fromisoformat(until))
        days = entry.days
        if entry.what == ClockEntry.What.PAUSE:
            paused_at = entry.at
        elif entry.what == ClockEntry.What.RESUME and paused_at is not None:
            paused_days += calendar.working_days_between(paused_at, entry.at)
            paused_at = None
    return calendar.add(clock.started_at, days + paused_days)
