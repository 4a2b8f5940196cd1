"""The demo's privacy notice, in force since before the first case."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail.models import Site

from conduct import privacy_notice
from conduct.models import PrivacyNotice
from demo.texts import set_words

#: As old as the first edition of the code.
AGE = timedelta(days=700)


def make_notice(site: Site, now: datetime) -> None:
    """Written by the editors in every language: nothing of it says the usual words."""
    notice = PrivacyNotice(site=site)
    set_words(notice, "privacy_notice", **{name: name for name in PrivacyNotice.TRANSLATED})
    # Saving it alone would date its version today.
    PrivacyNotice.objects.bulk_create([notice])
    privacy_notice.record(site, now=now - AGE)
