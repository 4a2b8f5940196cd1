"""Words that promise an effort, not a result (ISO 10001:2018, 6.4 c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import get_language_info, gettext
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from conduct.models.promise import Promise

from .findings import Finding, Lint

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


def vague_words(promise: Promise) -> Iterator[Finding]:
    """One finding for each language; none where a measure and a target say what is meant."""
    if promise.metric and promise.target is not None:
        return
    for language in AVAILABLE_LANGUAGES:
        statement = getattr(promise, build_localized_fieldname("statement", language)) or ""
        for word in VAGUE.get(language, ()):
            if re.search(re.escape(word), statement, re.IGNORECASE):
                yield Finding(Lint.VAGUE, _sentence(word, language))
                break


def _sentence(word: str, language: str) -> str:
    return gettext(
        "“%(word)s” (%(language)s) promises an effort, not a result. Say what "
        "customers get by when, or give a measure and a target."
    ) % {"word": word, "language": get_language_info(language)["name_local"]}
