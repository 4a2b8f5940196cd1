"""The ledger of a clock in words, the same for staff and complainants (4.15)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Clock, ClockEntry, ClockName


def explain(clock: Clock, zone: zoneinfo.ZoneInfo | None = None) -> list[str]:
    """One sentence for each line of the ledger, oldest first, in the active language.

    Days are those of `zone` (the organisation's) or of the active time zone. Reads `clock.entries`:
    prefetch them where several clocks are explained.
    """
    return [_sentence(clock, entry, zone) for entry in clock.entries.all()]


def worth_telling(clocks: Iterable[Clock]) -> list[Clock]:
    """All but the messages that were sent in time: each of them had a clock of its own."""
    return [
        clock
        for clock in clocks
        if clock.name != ClockName.UPDATE
        or clock.stopped_at is None
        or clock.stopped_at > clock.due_at
    ]


def day_in_words(moment: datetime, zone: zoneinfo.ZoneInfo | None = None) -> str:
    return date_format(timezone.localtime(moment, zone), "DATE_FORMAT")


def _sentence(clock: Clock, entry: ClockEntry, zone: zoneinfo.ZoneInfo | None) -> str:
    values = {
        "day": day_in_words(entry.at, zone),
        "due": day_in_words(entry.due_at, zone),
        "days": entry.days,
    }
    match entry.what:
        case ClockEntry.What.START:
            text = _promised(values, entry) if "until" in entry.detail else _started(values)
        case ClockEntry.What.PAUSE:
            return (
                _("%(day)s: a question was asked. The time stands still until the reply.") % values
            )
        case ClockEntry.What.RESUME:
            text = _resumed(values, entry.detail.get("paused_days", 0))
        case ClockEntry.What.CHANGE:
            text = _changed(values)
        case ClockEntry.What.EXTEND:
            text = _("%(day)s: more time was taken. The last day is now %(due)s.") % values
        case ClockEntry.What.UNDO:
            text = (
                _("%(day)s: the time goes on as if it had never ended. The last day is %(due)s.")
                % values
            )
        case _:
            return _stopped(clock, entry, values)
    return _with_holidays(text, entry)


def _started(values: dict[str, object]) -> str:
    return (
        ngettext(
            "%(day)s: the time began. It is %(days)d working day, so the last day is %(due)s.",
            "%(day)s: the time began. It is %(days)d working days, so the last day is %(due)s.",
            int(str(values["days"])),
        )
        % values
    )


def _promised(values: dict[str, object], entry: ClockEntry) -> str:
    promised = date.fromisoformat(entry.detail["until"])
    return _("%(day)s: the time began. What was promised is due on %(promised)s.") % (
        values | {"promised": date_format(promised, "DATE_FORMAT")}
    )


def _resumed(values: dict[str, object], paused: int) -> str:
    return ngettext(
        "%(day)s: the time went on. It stood still for %(paused)d working day in all, so the "
        "last day is now %(due)s.",
        "%(day)s: the time went on. It stood still for %(paused)d working days in all, so the "
        "last day is now %(due)s.",
        paused,
    ) % (values | {"paused": paused})


def _changed(values: dict[str, object]) -> str:
    return (
        ngettext(
            "%(day)s: the priority changed. The time is now %(days)d working day, so the last "
            "day is now %(due)s.",
            "%(day)s: the priority changed. The time is now %(days)d working days, so the last "
            "day is now %(due)s.",
            int(str(values["days"])),
        )
        % values
    )


def _stopped(clock: Clock, entry: ClockEntry, values: dict[str, object]) -> str:
    # The complainant's own time can't be late: nothing is held against anybody who says nothing.
    if clock.name == ClockName.SILENCE:
        return _("%(day)s: the time ended.") % values
    if entry.at <= entry.due_at:
        return _("%(day)s: the time ended, on or before the last day.") % values
    return _("%(day)s: the time ended, later than the last day.") % values


def _with_holidays(text: str, entry: ClockEntry) -> str:
    days = [date.fromisoformat(day) for day in entry.detail.get("holidays", ())]
    if not days:
        return text
    listed = "; ".join(date_format(day, "DATE_FORMAT") for day in days)
    return _("%(sentence)s Public holidays were left out: %(days)s.") % {
        "sentence": text,
        "days": listed,
    }
