"""What a promise lacks so that customers can hold us to it (ISO 10001:2018, 4.7, 4.8, 6.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext

from conduct.gaps import gaps
from conduct.models.promise import Promise, PromiseState

from .findings import Finding, Lint


def missing(promise: Promise, day: dt.date) -> Iterator[Finding]:
    """Of a live promise everything, of another only what is wrong whatever its state."""
    if promise.indicator and promise.target is None:
        yield Finding(
            Lint.NOT_MEASURED,
            gettext("The promise is measured but has no target. Give one in per cent."),
        )
    if promise.state != PromiseState.LIVE:
        return
    if not promise.indicator:
        yield Finding(
            Lint.NOT_MEASURED, gettext("Nothing measures this promise yet. Choose an indicator.")
        )
    yield from _owner(promise)
    yield from _words(promise)
    yield from _evidence(promise, day)
    if promise.review_on is not None and promise.review_on < day:
        yield Finding(Lint.REVIEW_OVERDUE, gettext("The review of this promise is overdue."))


def _owner(promise: Promise) -> Iterator[Finding]:
    if promise.owner_id is None:
        yield Finding(Lint.NO_OWNER, gettext("Nobody answers for this promise. Choose an owner."))
    if not promise.accountable_role.strip():
        yield Finding(
            Lint.NO_OWNER,
            gettext("No role answers for this promise. Name one: it stays when people change."),
        )


def _words(promise: Promise) -> Iterator[Finding]:
    if not promise.limits:
        yield Finding(
            Lint.NO_LIMITS,
            gettext("Readers see “No limits” beside it. If there are limits, write them down."),
        )
    if not promise.remedy:
        yield Finding(
            Lint.NO_REMEDY,
            gettext("Readers don't learn what they get if you break it. Write the remedy."),
        )


def _evidence(promise: Promise, day: dt.date) -> Iterator[Finding]:
    if not promise.evidence:
        yield Finding(
            Lint.EVIDENCE,
            gettext("Nothing shows yet that you can keep this promise. Write the evidence."),
        )
    elif not promise.is_verified(day):
        yield Finding(
            Lint.EVIDENCE,
            gettext(
                "The evidence held until %(day)s. Renew it: until then readers don't see that it "
                "was checked."
            )
            % {"day": formats.date_format(promise.evidence_expires_on)}
            if promise.evidence_expires_on
            else gettext("The evidence is more than a year old or has no date. Renew it."),
        )


def without_data(promise: Promise, now: dt.datetime) -> Iterator[Finding]:
    """6.5: every live promise has data in the period that its target is judged over."""
    if promise.state == PromiseState.LIVE and promise.indicator and promise.pk is not None:
        for gap in gaps([promise], now=now):
            yield Finding(Lint.NOT_MEASURED, gap.sentence())
