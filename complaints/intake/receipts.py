"""The receipt that a person keeps: as plain text, as a PDF and in a mail (7.4, annex C)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from complaints.intake import receipt_signature
from complaints.intake.confirming import common, notice_url
from complaints.intake.submission import Receipt
from complaints.models import Case, HandlingSettings
from complaints.notices.context import public_url, tracking_url, zone_of
from conduct import pdf

_FOLDER = "conduct_complaints/intake"
LARGE_PRINT = "large_print"


def receipt_text(receipt: Receipt, language: str) -> str:
    """The receipt as a text file, in one language."""
    with translation.override(language), timezone.override(zone_of(receipt.case)):
        return render_to_string(f"{_FOLDER}/receipt.txt", _context(receipt, language))


def receipt_pdf(receipt: Receipt, language: str) -> bytes:
    """The receipt as a PDF, where `conduct.pdf` is available."""
    with translation.override(language), timezone.override(zone_of(receipt.case)):
        context = _context(receipt, language)
        html = render_to_string(f"{_FOLDER}/receipt_pdf.html", context)
        return pdf.render(html, render_to_string(f"{_FOLDER}/receipt_pdf.css", context))


def mail_context(receipt: Receipt, language: str) -> dict[str, Any]:
    """What the mail `receipt` needs besides the site's own words.

    Without who wrote: an address is easily mistyped.
    """
    with translation.override(language), timezone.override(zone_of(receipt.case)):
        return _context(receipt, language, with_person=False)


def _context(receipt: Receipt, language: str, *, with_person: bool = True) -> dict[str, Any]:
    """For the active language and time zone. `proof` is the signed text with its signature."""
    case = receipt.case
    values = {
        "key": receipt.key,
        "language": language,
        "direction": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
        "received_at": in_words(case.received_at),
        "tracking_url": tracking_url(case, language),
        "privacy_url": notice_url(case, language),
        "check_url": public_url(case, reverse("conduct_complaints:check_receipt")),
        "boundary": receipt_signature.boundary(case.reference),
        **common(case, with_person=with_person),
    }
    values["is_large"] = LARGE_PRINT in values["party"].support
    body = render_to_string(f"{_FOLDER}/receipt_signed.txt", values).strip()
    values |= {"body": body, "signature": _signature(case, body)}
    proof = render_to_string(f"{_FOLDER}/receipt_proof.txt", values).strip()
    return values | {"proof": proof}


def _signature(case: Case, body: str) -> receipt_signature.Signature:
    return receipt_signature.sign(
        body,
        reference=case.reference,
        received_at=case.received_at,
        length=len(case.description),
        sent_hash=case.original_hash,
    )


def in_words(moment: datetime) -> str:
    """Day, time and zone of a moment, in the active language and time zone."""
    local = timezone.localtime(moment)
    zone = str(timezone.get_current_timezone())
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "H:i"),
        "zone": zone if zone == "UTC" else f"{zone}, UTC{local.isoformat()[-6:]}",
    }


def received_in_words(moment: datetime, site: Any) -> str:
    """As on a receipt of this site; for whoever checks one."""
    handling = HandlingSettings.for_site(site)
    with timezone.override(handling.time_zone):
        return in_words(moment)
