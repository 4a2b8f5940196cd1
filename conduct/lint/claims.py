"""Claims to be certified to an ISO standard, or to conform to one, without a certificate.

ISO 10001 to 10004 are guidance; their introductions ask not to claim conformity.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import strip_tags

# "ISO" as each language writes it, with or without a number and the body that adopted it.
_ISO = r"(?:(?<![a-z])iso(?![a-z])|[اأآإ]يزو|(?<![a-z])gb/?t\s?19012|ngb/?t)"
# What turns it into a claim, by language; the beginnings of words where they are inflected.
_CLAIMS = {
    "en": ("certif", "complian", "conform", "accredit", "meets? the requirements",
           "fulfils? the requirements", "complies", "comply"),
    "de": ("zertifi", "konform", "akkreditiert", "erfüll", "normgerecht", "entspr"),
    "fr": ("certifi", "conform", "accrédit", "homologu"),
    "es": ("certific", "conform", "acredit", "cumpl", "homologad"),
    "vi": ("chứng nhận", "chứng chỉ", "đạt chuẩn", "đạt tiêu chuẩn", "tuân thủ", "phù hợp với"),
    "zh-hans": ("认证", "認證", "符合", "达标", "证书", "通过了"),
    "ko": ("인증", "준수", "적합", "부합", "충족"),
    "ar": ("معتمد", "شهاد", "متوافق", "مطابق", "حاصل", "توافق", "تتوافق", "يتوافق", "امتثال"),
}  # fmt: skip
_WORD = "(?:" + "|".join(words for group in _CLAIMS.values() for words in group) + ")"
_NEAR = r"[^.!?。！？؟\n]{0,48}?"
_PATTERN = re.compile(f"{_ISO}{_NEAR}{_WORD}|{_WORD}{_NEAR}{_ISO}")
# Whoever says that they follow the guidance, or that they aren't certified, claims nothing.
_DENIES = re.compile(
    r"\b(?:not|no|nicht|kein\w*|ne|n'|pas|sin|chưa|không)\b|没有|未|不|않|아니|없|غير|ليس|لا "
)


def claimed(text: str) -> str:
    """The words that claim it, in small letters; empty where nothing does. Takes HTML as well."""
    plain = strip_tags(html.unescape(text.replace("</p>", ". ").replace("<br", " <br")))
    folded = _folded(plain)
    for match in _PATTERN.finditer(folded):
        if not _DENIES.search(folded[max(0, match.start() - 16) : match.end() + 12]):
            rest = re.match(r"\w*", folded[match.end() :])
            return (match.group() + (rest.group() if rest else "")).strip()
    return ""


def first_claim(texts: Iterable[str]) -> str:
    return next(filter(None, map(claimed, texts)), "")


def _folded(text: str) -> str:
    """Lower case, plain digits and spaces, one kind of hyphen, no marks nobody sees."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = "".join(
        str(unicodedata.digit(character)) if character.isdigit() else character
        for character in folded
        if unicodedata.category(character) not in {"Cf", "Mn"}
    )
    return re.sub(r"[\s\u2010-\u2015_]+", " ", folded)
