"""What the templates of notices may use."""

from __future__ import annotations

import zoneinfo
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from complaints.models import Case, ClockName, HandlingSettings, Message, Notice
from complaints.notices.received import what_was_sent
from conduct.links import page_url
from conduct.models import Organisation
from conduct.rights import rights_sentence


def public_url(case: Case, path: str) -> str:
    """A path as a full address on the case's site."""
    return f"{case.site.root_url}{path}"


def tracking_url(case: Case, language: str) -> str:
    with translation.override(language):
        return public_url(case, reverse("conduct_complaints:tracking"))


def admin_url(case: Case) -> str:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or case.site.root_url
    path = reverse("conduct_complaints_admin:case", args=[case.reference])
    return f"{base.rstrip('/')}{path}"


def zone_of(case: Case) -> zoneinfo.ZoneInfo:
    """Where the organisation is: a time limit must fall on the same day there and in a letter."""
    return zoneinfo.ZoneInfo(HandlingSettings.for_site(case.site).time_zone)


def privacy_url(organisation: Organisation, language: str) -> str:
    return page_url(organisation.privacy_page, language)


def notice_context(case: Case, language: str, *, message: Message | None = None) -> dict[str, Any]:
    """Values for every notice. The key is a mark that is replaced when the mail goes out."""
    clocks = {
        clock.name: clock for clock in case.clocks.filter(stopped_at=None).order_by("started_at")
    }
    return site_context(case.site, language) | {
        "case": case,
        "party": case.correspondent,
        "message": message,
        # Called by the templates that use them, once for all three.
        "tracking_url": cache(partial(tracking_url, case, language)),
        "admin_url": cache(partial(admin_url, case)),
        "sent": cache(partial(what_was_sent, case)),
        "acknowledge_by": clocks.get(ClockName.ACKNOWLEDGE),
        "answer_by": clocks.get(ClockName.ANSWER) or clocks.get(ClockName.REVIEW),
        "reply_by": clocks.get(ClockName.SILENCE),
    }


def site_context(site: Site, language: str) -> dict[str, Any]:
    """Values for every mail of a site, also where there is no case."""
    organisation = Organisation.for_site(site)
    return {
        "organisation": organisation,
        "handling": HandlingSettings.for_site(site),
        "language": language,
        "direction": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
        "key_mark": Notice.SECRET_MARK,
        "privacy_url": cache(partial(privacy_url, organisation, language)),
        "rights": rights_sentence(),
    }
