"""What is owed to whom by when: the first thing that a case says (4.15, 7.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.backoffice.appearance import person_name
from complaints.backoffice.clock_panel import ClockWords
from complaints.backoffice.due_words import DueWords, words_for
from complaints.models import NEVER, Case, ClockName, Outreach, Remedy
from complaints.working_calendar import WorkingCalendar

NO_DATE = DueWords("", "none")


@dataclass(frozen=True)
class Owed:
    """One thing somebody waits for. `why` explains the date; `whose` does it, if anybody yet."""

    what: str | LazyText
    to: str
    due: DueWords
    whose: str = ""
    why: tuple[str, ...] = ()
    #: It is the complainant's turn, not ours.
    is_theirs: bool = False


def owed_in(
    case: Case,
    *,
    complainant: str,
    clocks: Iterable[ClockWords],
    remedies: Iterable[Remedy],
    outreach: Iterable[Outreach],
    calendar: WorkingCalendar,
    now: datetime,
) -> list[Owed]:
    """Everything that is outstanding, the soonest first; what has no date comes last."""
    if not case.is_open:
        return []
    clocks = list(clocks)
    things = [
        *_by_clocks(clocks, complainant),
        *_by_remedies(remedies, complainant, _by_remedy(clocks), calendar, now),
        *_by_outreach(outreach, calendar, now),
    ]
    if handler := case.handler:
        things = [_with_handler(thing, person_name(handler)) for thing in things]
    return sorted(things, key=lambda thing: (thing.due.at or NEVER, thing.is_theirs))


def _with_handler(thing: Owed, handler: str) -> Owed:
    return thing if thing.whose or thing.is_theirs else replace(thing, whose=handler)


def _by_clocks(clocks: Iterable[ClockWords], complainant: str) -> Iterator[Owed]:
    for words in clocks:
        clock = words.clock
        # A question stops what we would have written meanwhile, and is one thing to wait for.
        waits = clock.name == ClockName.UPDATE and clock.paused_at is not None
        if clock.stopped_at is not None or clock.remedy_id is not None or waits:
            continue
        theirs = clock.name == ClockName.SILENCE or clock.paused_at is not None
        what = _("Their reply to our question") if clock.paused_at else words.name
        yield Owed(
            what=what,
            to=_("us") if theirs else complainant,
            due=words.due,
            why=tuple(words.why),
            is_theirs=theirs,
        )


def _by_remedy(clocks: Iterable[ClockWords]) -> Mapping[int | None, ClockWords]:
    return {words.clock.remedy_id: words for words in clocks if words.clock.stopped_at is None}


def _by_remedies(
    remedies: Iterable[Remedy],
    complainant: str,
    clocks: Mapping[int | None, ClockWords],
    calendar: WorkingCalendar,
    now: datetime,
) -> Iterator[Owed]:
    """What was promised and not delivered, and what was delivered and nobody has looked at."""
    for remedy in remedies:
        if remedy.promised_at is None or remedy.verified_at is not None:
            continue
        words = clocks.get(remedy.pk)
        due, why = (words.due, tuple(words.why)) if words else (NO_DATE, ())
        if words is None and remedy.due_on:
            # Promised before promises had clocks; the next thing done on the case starts one.
            due = words_for(calendar.end_of(remedy.due_on), now, calendar)
        if remedy.delivered_at is not None:
            yield Owed(_("To be verified: %(remedy)s") % {"remedy": remedy.kind}, "", due, why=why)
            continue
        amount = "" if remedy.amount is None else f", {remedy.amount} {remedy.currency}".rstrip()
        owner = person_name(remedy.owner) if remedy.owner else ""
        yield Owed(f"{remedy.kind}{amount}", complainant, due, whose=owner, why=why)


def _by_outreach(
    outreach: Iterable[Outreach], calendar: WorkingCalendar, now: datetime
) -> Iterator[Owed]:
    for task in outreach:
        if task.done_at is None:
            due = words_for(calendar.end_of(task.due_on), now, calendar) if task.due_on else NO_DATE
            owner = person_name(task.owner) if task.owner else ""
            yield Owed(_("Outreach"), _("others who are affected"), due, whose=owner)
