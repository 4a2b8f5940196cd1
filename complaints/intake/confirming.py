"""The confirmation: what the sender sees and may take away (7.2, 7.4)."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language
from wagtail.models import Site

from complaints.intake.mailing_receipt import MailForm
from complaints.intake.submission import Receipt
from complaints.intake.uploads import RefusedFile
from complaints.models import Case, ClockName
from complaints.notices.context import privacy_url, public_url, zone_of
from complaints.notices.received import what_was_sent
from complaints.references import key_matches
from conduct import pdf
from conduct.models import Organisation
from conduct.rights import rights_sentence

_SALT = "conduct.intake.receipt"
#: How long a page that shows the key can still give a receipt.
A_WEEK = 7 * 24 * 3600


@dataclass(frozen=True)
class Dates:
    """Days of the first clocks in the organisation's time zone; None where a clock has stopped."""

    received: date
    acknowledge_by: date | None
    answer_by: date | None


def dates_of(case: Case) -> Dates:
    zone = zone_of(case)
    due = {clock.name: clock.due_at for clock in case.clocks.filter(stopped_at=None)}

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    return Dates(
        received=case.received_at.astimezone(zone).date(),
        acknowledge_by=day(due.get(ClockName.ACKNOWLEDGE)),
        answer_by=day(due.get(ClockName.ANSWER)),
    )


def confirmation(
    receipt: Receipt, *, refused: Sequence[RefusedFile] = (), signed: str = ""
) -> dict[str, Any]:
    """Values for the confirmation page, in the active language.

    `signed` is the text of `sign_receipt` where the page is shown again: showing it does not make
    it last longer.
    """
    case = receipt.case
    return {
        "key": receipt.key,
        "lost_files": receipt.lost_files,
        "refused": refused,
        "signed_receipt": signed or sign_receipt(receipt),
        "has_pdf": pdf.is_available(),
        "is_mailed": is_mailed(case),
        "mail_form": MailForm() if may_mail(case) else None,
        "privacy_url": notice_url(case, get_language() or ""),
        **common(case),
    }


def notice_url(case: Case, language: str) -> str:
    """The privacy notice that stood beside the form: that version, or the page about it."""
    if case.notice_version.isdecimal():
        with translation.override(language), contextlib.suppress(NoReverseMatch):
            version = int(case.notice_version)
            return public_url(case, reverse("conduct:privacy_notice_version", args=[version]))
    return privacy_url(Organisation.for_site(case.site), language)


def is_mailed(case: Case) -> bool:
    """Reference and key go to the person's address in any case."""
    return bool(case.correspondent.email) and not case.held


def may_mail(case: Case) -> bool:
    """Whether the receipt can be mailed to an address that is not on the case.

    Not while it is held as possible spam: it might be sent to many in somebody's name.
    """
    return not case.held and not case.correspondent.email


def common(case: Case, *, with_person: bool = True) -> dict[str, Any]:
    """What the confirmation page and every form of the receipt say."""
    return {
        "case": case,
        "dates": dates_of(case),
        "organisation": Organisation.for_site(case.site),
        "rights": rights_sentence(),
        "party": case.correspondent,
        "sent": what_was_sent(case, with_person=with_person),
        "files": case.attachments.filter(message=None, internal=False),
    }


def sign_receipt(receipt: Receipt) -> str:
    """Reference and key, signed: the download checks no key that somebody could guess at."""
    return signing.dumps([receipt.case.reference, receipt.key], salt=_SALT)


def read_receipt(signed: str, site: Site) -> Receipt:
    """The receipt behind a signed text; `signing.BadSignature` or `Case.DoesNotExist`."""
    reference, key = signing.loads(signed, salt=_SALT, max_age=A_WEEK)
    case = Case.objects.select_related("site", "complainant", "representative").get(
        reference=reference, site=site
    )
    if not key_matches(key, case.key_hash):
        # The key was replaced: what the old one opened is closed.
        raise signing.BadSignature("This key opens the case no more.")
    return Receipt(case=case, key=key, created=False)
