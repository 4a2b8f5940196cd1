"""When something is due, in the words people use. Computed when read, so nothing can hide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Case
from complaints.working_calendar import WorkingCalendar

#: Working days that are left when a date begins to press.
SOON = 2
#: From here on nobody counts in working days.
LONG, MONTH = timedelta(days=90), 30


@dataclass(frozen=True)
class DueWords:
    """`tone` is one of overdue, soon, later, none; `at` is what the words stand for."""

    text: str | LazyText
    tone: str
    at: datetime | None = None

    @property
    def is_overdue(self) -> bool:
        return self.tone == "overdue"


class Calendars:
    """The working calendar of each site, read once per request."""

    def __init__(self) -> None:
        self._by_site: dict[int, WorkingCalendar] = {}

    def of(self, case: Case) -> WorkingCalendar:
        if case.site_id not in self._by_site:
            self._by_site[case.site_id] = WorkingCalendar.for_site(case.site)
        return self._by_site[case.site_id]

    def due_words(self, case: Case, now: datetime) -> DueWords:
        """What is due next on this case."""
        if not case.is_open or case.due is None:
            return DueWords(_("Nothing due"), "none")
        return words_for(case.due, now, self.of(case))


def words_for(due: datetime, now: datetime, calendar: WorkingCalendar) -> DueWords:
    """ "Due in 3 working days", "Due today", "2 working days overdue"."""
    if now - due > LONG:
        return DueWords(_long_overdue((now - due).days // MONTH), "overdue", due)
    if due < now:
        days = calendar.working_days_between(due, now)
        is_today = calendar.day_of(due) == calendar.day_of(now)
        return DueWords(_overdue(days, is_today=is_today), "overdue", due)
    days = calendar.working_days_between(now, due)
    return DueWords(_ahead(days), "soon" if days <= SOON else "later", due)


def _long_overdue(months: int) -> str:
    return ngettext("%(count)d month overdue", "%(count)d months overdue", months) % {
        "count": months
    }


def _overdue(days: int, *, is_today: bool) -> str:
    if days == 0:
        # Over a weekend no working day has passed since the last one ended.
        return _("Overdue since today") if is_today else _("Overdue")
    return ngettext("%(count)d working day overdue", "%(count)d working days overdue", days) % {
        "count": days
    }


def _ahead(days: int) -> str:
    if days == 0:
        return _("Due today")
    return ngettext("Due in %(count)d working day", "Due in %(count)d working days", days) % {
        "count": days
    }
