"""The confirmation: what the sender takes away, on the page and as a file (7.2, 7.4)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.models import Site

from complaints.intake.submission import Receipt
from complaints.intake.uploads import RefusedFile
from complaints.models import Case, ClockName, HandlingSettings
from complaints.notices.context import tracking_url
from conduct.models import Organisation
from conduct.rights import rights_sentence

_SALT = "conduct.intake.receipt"


@dataclass(frozen=True)
class Dates:
    """Days of the first clocks in the organisation's time zone; None where a clock has stopped."""

    received: date
    acknowledge_by: date | None
    answer_by: date | None


def dates_of(case: Case) -> Dates:
    zone = zoneinfo.ZoneInfo(HandlingSettings.for_site(case.site).time_zone)
    due = {clock.name: clock.due_at for clock in case.clocks.filter(stopped_at=None)}

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    return Dates(
        received=case.received_at.astimezone(zone).date(),
        acknowledge_by=day(due.get(ClockName.ACKNOWLEDGE)),
        answer_by=day(due.get(ClockName.ANSWER)),
    )


def confirmation(receipt: Receipt, *, refused: Sequence[RefusedFile] = ()) -> dict[str, Any]:
    """Values for the confirmation page, in the active language."""
    return {
        "case": receipt.case,
        "key": receipt.key,
        "lost_files": receipt.lost_files,
        "refused": refused,
        "files": receipt.case.attachments.all(),
        "signed_receipt": sign_receipt(receipt),
        **_common(receipt.case),
    }


def _common(case: Case) -> dict[str, Any]:
    return {
        "dates": dates_of(case),
        "organisation": Organisation.for_site(case.site),
        "rights": rights_sentence(),
        "party": case.correspondent,
        "issue": case.issues.select_related("category", "promise").first(),
        "remedies": case.remedies_wanted.all(),
    }


def sign_receipt(receipt: Receipt) -> str:
    """Reference and key, signed: the download checks no key that somebody could guess at."""
    return signing.dumps([receipt.case.reference, receipt.key], salt=_SALT)


def receipt_text(signed: str, site: Site, language: str) -> tuple[str, str]:
    """Reference and text of the receipt; raises `signing.BadSignature` or `Case.DoesNotExist`."""
    reference, key = signing.loads(signed, salt=_SALT, max_age=7 * 24 * 3600)
    case = Case.objects.select_related("site", "complainant", "representative").get(
        reference=reference, site=site
    )
    context = {
        "case": case,
        "key": key,
        "tracking_url": tracking_url(case, language),
        "now": timezone.now(),
        **_common(case),
    }
    return reference, render_to_string("conduct_complaints/intake/receipt.txt", context)
