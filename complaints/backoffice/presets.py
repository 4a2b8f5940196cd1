"""The lists staff work from: one tab each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.access import HANDLE, LEAD, team_ids
from complaints.lifecycle import State
from complaints.models import HandlingSettings, Notice
from complaints.models.case import CaseQuerySet

Narrow = Callable[[CaseQuerySet, Any, datetime], CaseQuerySet]


@dataclass(frozen=True)
class Preset:
    """One tab. `empty` teaches what will appear there."""

    slug: str
    label: LazyText
    narrow: Narrow
    empty: LazyText
    order: str = "due_at"
    #: About the person's own work: of no use to who only oversees.
    personal: bool = False


def _of_my_teams(cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
    return cases.open().filter(team__in=team_ids(user))


def _to_tell(cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
    return cases.filter(pk__in=Notice.objects.to_be_told().values("case"))


def _end_of_today(now: datetime, zone: str) -> datetime:
    start = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)


def _due_today(cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
    """Due while it is still today where the organisation of the case is."""
    usual = HandlingSettings._meta.get_field("time_zone").default
    zones = dict(HandlingSettings.objects.values_list("site", "time_zone"))
    # The widest range first: it is what the index by due date is searched with.
    ends = {zone: _end_of_today(now, zone) for zone in {usual, *zones.values()}}
    is_today = Q(due_at__lt=ends[usual]) & ~Q(site__in=list(zones))
    for zone in set(zones.values()):
        sites = [site for site, its_zone in zones.items() if its_zone == zone]
        is_today |= Q(due_at__lt=ends[zone], site__in=sites)
    return cases.open().filter(is_today, due_at__gte=now, due_at__lt=max(ends.values()))


PRESETS = {
    preset.slug: preset
    for preset in (
        Preset(
            "open",
            pgettext_lazy("list of cases", "All open"),
            lambda cases, user, now: cases.open(),
            _("Nothing is open. What customers send appears here at once, the most urgent first."),
        ),
        Preset(
            "moderate",
            pgettext_lazy("list of cases", "To moderate"),
            lambda cases, user, now: cases.to_moderate(),
            _("Nothing waits to be read. Each new case comes here first: open it and choose "
              "“Moderate” to say what it is and who looks after it."),
        ),
        Preset(
            "held",
            pgettext_lazy("list of cases", "Possible spam"),
            lambda cases, user, now: cases.held_back(),
            _("Nothing looks like spam. What does is kept here until somebody has read it: "
              "“No spam: release it” lets it go on with the time it came in, and “Moderate” "
              "ends what really is spam."),
        ),
        Preset(
            "tell",
            pgettext_lazy("list of cases", "To tell"),
            _to_tell,
            _("Nobody waits for a call or a letter. Who has no e-mail, or wants to hear from us "
              "another way, comes here when there is something to tell."),
        ),
        Preset(
            "mine",
            pgettext_lazy("list of cases", "Mine"),
            lambda cases, user, now: cases.open().of(user),
            _("You handle no open case. Take one from “Unassigned” with “Assign”."),
            personal=True,
        ),
        Preset(
            "teams",
            pgettext_lazy("list of cases", "My teams’"),
            _of_my_teams,
            _("Your teams have no open case. Which teams you belong to is set under "
              "“Complaints settings”."),
            personal=True,
        ),
        Preset(
            "unassigned",
            pgettext_lazy("list of cases", "Unassigned"),
            lambda cases, user, now: cases.unassigned(),
            _("Every open case has somebody who handles it."),
        ),
        Preset(
            "approval",
            pgettext_lazy("list of cases", "Waiting for approval"),
            lambda cases, user, now: cases.filter(state=State.DECIDING),
            _("No answer waits for approval. A proposed answer comes here until somebody "
              "else has read it."),
        ),
        Preset(
            "today",
            pgettext_lazy("list of cases", "Due today"),
            _due_today,
            _("Nothing more is due today. What is due by the end of this day stands here; what "
              "is late already stands under “Overdue”."),
        ),
        Preset(
            "overdue",
            pgettext_lazy("list of cases", "Overdue"),
            lambda cases, user, now: cases.overdue(now),
            _("Nothing is overdue."),
        ),
        Preset(
            "confidential",
            pgettext_lazy("list of cases", "Confidential"),
            lambda cases, user, now: cases.open().filter(confidential=True),
            _("There is no confidential case that you may see. Who works on a case sets it with "
              "“Change confidentiality”."),
        ),
        Preset(
            "closed",
            pgettext_lazy("list of cases", "Closed"),
            lambda cases, user, now: cases.closed(),
            _("No case was closed yet. A case closes when the answer stands and all that was "
              "promised is done."),
            order="-received_at",
        ),
    )
}  # fmt: skip
DEFAULT = "open"


#: One inbox and what must not be overlooked: enough where few people do everything (annex B).
IN_SMALL_MODE = frozenset({"open", "moderate", "held", "tell", "overdue", "closed"})


def presets_for(user: Any) -> list[Preset]:
    """The tabs this person gets; fewer where every site is a small organisation's."""
    works = user.has_perm(HANDLE) or user.has_perm(LEAD)
    is_small = set(HandlingSettings.objects.values_list("small_mode", flat=True)) == {True}
    return [
        preset
        for preset in PRESETS.values()
        if (works or not preset.personal) and (not is_small or preset.slug in IN_SMALL_MODE)
    ]
