"""The clocks of a case in words: until when, how it went, and why that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.backoffice.due_words import DueWords, words_for
from complaints.clock_words import explain, worth_telling
from complaints.models import Case, Clock, ClockName
from complaints.working_calendar import WorkingCalendar


@dataclass(frozen=True)
class ClockWords:
    clock: Clock
    name: str | LazyText
    due: DueWords
    why: list[str]


def clock_words(case: Case, calendar: WorkingCalendar, now: datetime) -> list[ClockWords]:
    clocks: Any = case.clocks.select_related("remedy__kind").prefetch_related("entries")
    return [
        ClockWords(
            clock=clock,
            name=_name(clock),
            due=_how_it_goes(clock, calendar, now),
            why=explain(clock, calendar.zone),
        )
        for clock in worth_telling(clocks)
    ]


def _name(clock: Clock) -> str | LazyText:
    """Several things may be promised: each by its name."""
    if clock.name == ClockName.REMEDY and clock.remedy is None:
        return _("What is left to do before closing")
    if clock.remedy is None:
        return clock.get_name_display()
    return _("Promised: %(remedy)s") % {"remedy": clock.remedy.kind}


def _how_it_goes(clock: Clock, calendar: WorkingCalendar, now: datetime) -> DueWords:
    if clock.paused_at is not None:
        return DueWords(_("Stands still"), "none", clock.due_at)
    if clock.stopped_at is None:
        words = words_for(clock.due_at, now, calendar)
        # The complainant's time to reply is theirs: nobody is late.
        if clock.name == ClockName.SILENCE and words.is_overdue:
            return DueWords(_("The time is over"), "none", clock.due_at)
        return words
    if clock.name == ClockName.SILENCE:
        return DueWords(_("Ended"), "done", clock.stopped_at)
    if clock.stopped_at <= clock.due_at:
        return DueWords(_("Done in time"), "done", clock.stopped_at)
    return DueWords(_("Done late"), "late", clock.stopped_at)


def reasons_for_due(case: Case, clocks: list[ClockWords]) -> list[str]:
    """Why the case's own due date is what it is: the ledger of the clock that gives it."""
    for clock in clocks:
        if clock.due.at == case.due:
            return clock.why
    return []
