"""Addresses that anonymous people gave for notices alone, and when they are forgotten (4.10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail.models import Site

from complaints.lifecycle import State
from complaints.models import HandlingSettings, NoticeAddress


def forget_addresses(now: datetime) -> int:
    """Delete the addresses of cases that can no longer be reopened; how many there were."""
    forgotten = 0
    for site in Site.objects.all():
        days = HandlingSettings.for_site(site).reopen_days
        forgotten += NoticeAddress.objects.filter(
            case__site=site,
            case__state=State.CLOSED,
            case__closed_at__lt=now - timedelta(days=days),
        ).delete()[0]
    return forgotten
