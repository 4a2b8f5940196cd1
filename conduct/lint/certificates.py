"""What a page says about certificates: claims without one, and those that end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from conduct.certificates import Certificate, certificates_on
from conduct.models.promise import Promise

from .claims import first_claim
from .findings import Finding, Lint
from .texts import texts_of

#: So many days before its last day, editors are told.
SOON = 60


def on_page(page: Any, day: dt.date) -> Iterator[Finding]:
    """A claim needs a certificate beside it that still holds."""
    certificates = list(certificates_on(page))
    holding = [each for each in certificates if each.days_left(day) >= 0]
    claim = "" if holding else first_claim(text for _name, text in texts_of(page))
    if claim:
        yield Finding(
            Lint.ISO_CLAIM,
            gettext(
                "“%(words)s” claims a certificate or conformity. The standards are guidance: say "
                "that you follow it, or add the block “Certificate” with everything it asks for."
            )
            % {"words": claim},
        )
    for certificate in certificates:
        yield from _ending(certificate, day)


def in_promise(promise: Promise) -> Iterator[Finding]:
    """A promise carries no certificate, so it must not claim one."""
    claim = first_claim(text for _name, text in texts_of(promise))
    if claim:
        yield Finding(
            Lint.ISO_CLAIM,
            gettext(
                "“%(words)s” claims a certificate or conformity. The standards are guidance: take "
                "it out of the promise, and show a certificate in the code instead."
            )
            % {"words": claim},
        )


def _ending(certificate: Certificate, day: dt.date) -> Iterator[Finding]:
    left = certificate.days_left(day)
    words = {
        "number": certificate.number,
        "date": date_format(certificate.expires_on, "DATE_FORMAT"),
        "days": left,
    }
    if left < 0:
        yield Finding(
            Lint.CERTIFICATE,
            gettext(
                "Certificate %(number)s held until %(date)s, so readers no longer see it. Enter "
                "the new one, or take the block out."
            )
            % words,
        )
    elif left <= SOON:
        yield Finding(
            Lint.CERTIFICATE,
            ngettext(
                "Certificate %(number)s holds until %(date)s: %(days)s day left. Enter the new "
                "one before readers no longer see it.",
                "Certificate %(number)s holds until %(date)s: %(days)s days left. Enter the new "
                "one before readers no longer see it.",
                left,
            )
            % words,
        )
