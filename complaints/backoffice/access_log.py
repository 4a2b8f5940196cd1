"""Who saw whose words, when (GDPR 32). One line per person, case and quarter of an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from complaints.models import Access, Case, ExportLog

#: Looking again within this time is the same look.
ONE_LOOK = timedelta(minutes=15)


def log_view(case: Case, user: Any, now: datetime) -> None:
    seen = case.accesses.filter(user=user, what=Access.What.VIEW, at__gt=now - ONE_LOOK)
    if not seen.exists():
        Access.objects.create(case=case, user=user, what=Access.What.VIEW, at=now)


def log_download(case: Case, user: Any, now: datetime) -> None:
    Access.objects.create(case=case, user=user, what=Access.What.FILE, at=now)


def log_export(cases: list[Case], user: Any, now: datetime, export: ExportLog) -> None:
    """Each case whose words left the house in a table, and in which."""
    Access.objects.bulk_create(
        Access(case=case, user=user, what=Access.What.EXPORT, at=now, export=export)
        for case in cases
    )
