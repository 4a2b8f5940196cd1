"""Warnings about a promise that would be hard to hold us to. They never stop anyone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils import formats, timezone
from django.utils.translation import get_language_info, gettext
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from .gaps import gaps
from .models.promise import Promise, PromiseState
from .periods import noon

# Words that promise an effort, not a result, by language; without a figure they bind nobody.
VAGUE = {
    "en": ("aim to", "try to", "strive", "endeavour", "hope to", "seek to", "where possible",
           "as soon as possible", "best efforts"),
    "de": ("bemühen", "versuchen", "streben", "nach möglichkeit", "so bald wie möglich",
           "möglichst"),
    "fr": ("essay", "efforçons", "tenter", "dans la mesure du possible", "dès que possible"),
    "es": ("intenta", "procura", "esforza", "en lo posible", "lo antes posible"),
    "vi": ("cố gắng", "nỗ lực", "nếu có thể", "sớm nhất có thể"),
    "zh-hans": ("尽量", "努力", "力争", "尽可能", "尽快"),
    "ko": ("노력", "가능한 한", "가급적", "최대한"),
    "ar": ("نسعى", "نحاول", "قدر الإمكان", "في أقرب وقت"),
}  # fmt: skip


def warnings(promise: Promise, *, today: dt.date | None = None) -> list[str]:
    """Sentences for the editor; empty where nothing stands out."""
    day = today or timezone.localdate()
    found = [*_vague(promise), *_measurable(promise)]
    if promise.state != PromiseState.LIVE:
        return found
    if promise.owner_id is None:
        found.append(gettext("Nobody answers for this promise. Choose an owner."))
    if not promise.remedy:
        found.append(
            gettext("Readers don't learn what they get if you break it. Write the remedy.")
        )
    if not promise.evidence:
        found.append(
            gettext("Nothing shows yet that you can keep this promise. Write the evidence.")
        )
    elif not promise.is_verified(day):
        found.append(_out_of_date(promise))
    if promise.review_on is not None and promise.review_on < day:
        found.append(gettext("The review of this promise is overdue."))
    return [*found, *_without_data(promise, noon(day))]


def _vague(promise: Promise) -> Iterator[str]:
    if promise.metric and promise.target is not None:
        return
    for language in AVAILABLE_LANGUAGES:
        statement = getattr(promise, build_localized_fieldname("statement", language)) or ""
        for word in VAGUE.get(language, ()):
            if re.search(re.escape(word), statement, re.IGNORECASE):
                yield gettext(
                    "“%(word)s” (%(language)s) promises an effort, not a result. Say what "
                    "customers get by when, or give a measure and a target."
                ) % {"word": word, "language": get_language_info(language)["name_local"]}
                break


def _out_of_date(promise: Promise) -> str:
    if promise.evidence_expires_on is None:
        return gettext("The evidence is more than a year old or has no date. Renew it.")
    return gettext(
        "The evidence held until %(day)s. Renew it: until then readers don't see that it was "
        "checked."
    ) % {"day": formats.date_format(promise.evidence_expires_on)}


def _without_data(promise: Promise, now: dt.datetime) -> Iterator[str]:
    """6.5: every live promise has data in the period that its target is judged over."""
    if promise.indicator and promise.pk is not None:
        for gap in gaps([promise], now=now):
            yield gap.sentence()


def _measurable(promise: Promise) -> Iterator[str]:
    if promise.indicator and promise.target is None:
        yield gettext("The promise is measured but has no target. Give one in per cent.")
    if promise.state == PromiseState.LIVE and not promise.indicator:
        yield gettext("Nothing measures this promise yet. Choose an indicator.")
