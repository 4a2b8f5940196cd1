"""Terms that readers take in different ways and that a document must explain (10001, 6.4 d)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.html import strip_tags
from django.utils.translation import gettext

from .findings import Finding, Lint

#: Which days and hours count, in the words of each language: one pattern for each term.
TERMS = {
    "en": (r"working days?", r"business days?", r"(?:business|office|opening) hours"),
    "de": (r"werktage?n?s?", r"arbeitstage?n?s?", r"geschäftszeiten", r"öffnungszeiten"),
    "fr": (r"jours? ouvrés?", r"jours? ouvrables?", r"heures d.ouverture"),
    "es": (r"días? hábil(?:es)?", r"días? laborables?", r"horario de (?:atención|apertura)"),
    "vi": (r"ngày làm việc", r"giờ làm việc"),
    "zh-hans": (r"工作日", r"营业时间"),
    "ko": (r"영업일", r"근무일", r"영업시간"),
    "ar": (r"(?:أيام|يوم|يومي) (?:ال)?عمل", r"ساعات (?:ال)?عمل"),
}


def undefined_terms(
    language: str, texts: Iterable[str], defined: Iterable[str]
) -> Iterator[Finding]:
    """`texts` in one language, plain or HTML; `defined` are the terms explained beside them."""
    known = [term.casefold().strip() for term in defined if term.strip()]
    whole = strip_tags("\n".join(texts)).casefold()
    for pattern in TERMS.get(language, ()):
        found = re.search(_whole_words(pattern), whole)
        if found and not any(re.search(pattern, term) for term in known):
            yield Finding(Lint.UNDEFINED_TERM, _sentence(found.group()))


def _whole_words(pattern: str) -> str:
    return rf"\b{pattern}\b" if pattern[0].isascii() else pattern


def _sentence(term: str) -> str:
    return gettext(
        "“%(term)s” isn't explained. Say under “Definitions” what you mean by it, so that readers "
        "can open its meaning where it stands."
    ) % {"term": term}
