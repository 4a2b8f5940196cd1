"""Mails about saved lists: how many cases are in them and which are new, in the reader's language.

Sent by `complaints.automation.run_clocks`. Safe to run twice, and on two machines at once: the row
of a mail is locked, then it is looked up whether it is still due.
"""

from __future__ import annotations

import logging
import zoneinfo
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from complaints.access import is_case_staff
from complaints.backoffice.presets import PRESETS
from complaints.backoffice.saved_menu import cases_of
from complaints.models import Case, HandlingSettings, ListDigest, SavedList
from complaints.notices.outbox import queue_mail_to_staff

logger = logging.getLogger(__name__)

Every = ListDigest.Every
#: So many cases of a list are remembered, those changed last; a mail names fewer.
REMEMBERED, NAMED = 500, 20
#: Mails of the day and of the week wait until then.
MORNING = 6


@dataclass(frozen=True)
class Found:
    """What is in a list now: all keys (up to `REMEMBERED`), and the new ones among them."""

    keys: list[int]
    new: list[int]


def current_keys(saved: SavedList, user: Any, now: datetime) -> list[int]:
    """What is known of a list from now on."""
    return [key for key, _changed_at in _newest(saved, user, now)]


def send_digests(now: datetime) -> int:
    """Queue what is due; the number of mails."""
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if site is None:
        return 0
    sent = 0
    for digest in ListDigest.objects.select_related("saved_list", "user").order_by("pk"):
        try:
            sent += _attend_to(digest, site, now)
        except Exception:
            # One list must not keep the others waiting.
            logger.exception("The mail %s about a saved list could not be made", digest.pk)
    return sent


def _attend_to(digest: ListDigest, site: Site, now: datetime) -> bool:
    # Looked at without a lock first: most of the time there is nothing to do.
    if not _is_due(digest, site, now) or not _may_read(digest):
        return False
    if digest.every == Every.AT_ONCE and not _has_changed(digest, now):
        return False
    with transaction.atomic():
        locked = ListDigest.objects.select_for_update().filter(pk=digest.pk).first()
        # Another machine may have done it meanwhile, or the person has stopped it.
        if locked is None or not _is_due(locked, site, now):
            return False
        return _send(locked, digest.user, site, now)


def _send(digest: ListDigest, user: Any, site: Site, now: datetime) -> bool:
    found = _found(digest, user, now)
    wanted = found.new if digest.every == Every.AT_ONCE else found.keys
    digest.known = found.keys
    if wanted or digest.every != Every.AT_ONCE:
        digest.last_sent_at = now
    digest.save(update_fields=["known", "last_sent_at"])
    if not wanted:
        return False
    queue_mail_to_staff(
        user, "staff_digest", site=site, now=now, context=_context(digest, found, site)
    )
    return True


def _context(digest: ListDigest, found: Found, site: Site) -> dict[str, Any]:
    """Numbers, references and links; not even the name of the list, in which anything may stand."""
    named = Case.objects.filter(pk__in=found.new[:NAMED]).order_by("reference")
    return {
        "tab": PRESETS[digest.saved_list.preset].label,
        "count": len(found.keys),
        "is_more": len(found.keys) >= REMEMBERED,
        "new_count": len(found.new),
        "references": list(named.values_list("reference", flat=True)),
        "list_url": _admin_url("saved_list", digest, site),
        "stop_url": _admin_url("saved_list_mails", digest, site),
    }


def _admin_url(name: str, digest: ListDigest, site: Site) -> str:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or site.root_url
    path = reverse(f"conduct_complaints_admin:{name}", args=[digest.saved_list_id])
    return f"{base.rstrip('/')}{path}"


def _may_read(digest: ListDigest) -> bool:
    """Still on the staff, and the list still theirs or shared with them."""
    usable = SavedList.objects.usable_by(digest.user).filter(pk=digest.saved_list_id)
    return is_case_staff(digest.user) and digest.saved_list.preset in PRESETS and usable.exists()


def _is_due(digest: ListDigest, site: Site, now: datetime) -> bool:
    """By the calendar of the organisation: once a day, once a week, or whenever it is looked at."""
    if digest.every == Every.AT_ONCE:
        return True
    zone = zoneinfo.ZoneInfo(HandlingSettings.for_site(site).time_zone)
    local, last = now.astimezone(zone), digest.last_sent_at.astimezone(zone).date()
    day = local.date()
    if digest.every == Every.WEEKLY:
        day -= timedelta(days=day.weekday())
    return last < day and (local.hour >= MORNING or day < local.date())


def _has_changed(digest: ListDigest, now: datetime) -> bool:
    keys = current_keys(digest.saved_list, digest.user, now)
    return set(keys) != set(digest.known)


def _found(digest: ListDigest, user: Any, now: datetime) -> Found:
    rows = _newest(digest.saved_list, user, now)
    known = set(digest.known)
    # Of a long list only the end is known: what has not changed since was there already.
    is_long = len(rows) >= REMEMBERED
    new = [
        key
        for key, changed_at in rows
        if key not in known and not (is_long and changed_at <= digest.last_sent_at)
    ]
    return Found([key for key, _changed_at in rows], new)


def _newest(saved: SavedList, user: Any, now: datetime) -> list[tuple[int, datetime]]:
    # Days that a filter names are days of the organisation, whoever runs this.
    with timezone.override(timezone.get_default_timezone()):
        cases = cases_of(saved, user, now).order_by("-changed_at", "-pk")
        return list(cases.values_list("pk", "changed_at")[:REMEMBERED])
