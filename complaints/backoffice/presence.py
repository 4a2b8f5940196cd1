"""Who else is on a case just now, so that two people do not do the same (4.12)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.backoffice.access_log import ONE_LOOK
from complaints.backoffice.appearance import person_name
from complaints.kept_writing import label_of
from complaints.models import Access, Case, WritingDraft

#: Who has typed nothing for so long has stopped writing.
STILL_WRITING = timedelta(minutes=10)
#: More names would tell nothing more.
AT_MOST = 5


def others_here(case: Case, user: Any, now: datetime) -> list[str]:
    """A sentence for each colleague; writing says more than looking. Two queries."""
    writing = (
        WritingDraft.objects.filter(case=case, changed_at__gt=now - STILL_WRITING)
        .exclude(user=user.pk)
        .select_related("user")
        .defer("typed")
        .order_by("-changed_at")[:AT_MOST]
    )
    # A look is logged once in that time: later nobody knows.
    looking = (
        Access.objects.filter(case=case, what=Access.What.VIEW, at__gt=now - ONE_LOOK)
        .exclude(user=user.pk)
        .select_related("user")
        .order_by("-at")[:AT_MOST]
    )
    found: dict[int, str] = {}
    for draft in writing:
        found.setdefault(draft.user_id, _writes(draft))
    for look in looking:
        found.setdefault(look.user_id, _looked(look, now))
    return list(found.values())[:AT_MOST]


def _writes(draft: WritingDraft) -> str:
    return _("%(person)s is writing: %(action)s") % {
        "person": person_name(draft.user),
        "action": label_of(draft.action),
    }


def _looked(look: Access, now: datetime) -> str:
    minutes = int((now - look.at).total_seconds() // 60)
    values = {"person": person_name(look.user), "minutes": minutes}
    if minutes < 1:
        return _("%(person)s is looking at this case") % values
    return (
        ngettext(
            "%(person)s looked at this case %(minutes)d minute ago",
            "%(person)s looked at this case %(minutes)d minutes ago",
            minutes,
        )
        % values
    )
