"""Lists that a new organisation may start with: what complaints are about, what may put them right,
and why things go wrong. Data, in `words.toml`; from then on the organisation's own rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from complaints.models import Category, Cause, RemedyKind

FILE = Path(__file__).with_name("words.toml")
SOURCE = "en"
MODELS: Mapping[str, type[models.Model]] = {
    "categories": Category,
    "remedies": RemedyKind,
    "causes": Cause,
}


@dataclass(frozen=True)
class Entry:
    """One row to start with; `words` by language."""

    code: str
    words: Mapping[str, str]
    #: Columns that are not words.
    fixed: Mapping[str, str]

    def __str__(self) -> str:
        return self.in_language(get_language() or settings.LANGUAGE_CODE)

    def in_language(self, code: str) -> str:
        return self.words.get(code) or self.words.get(code.partition("-")[0], self.words[SOURCE])


@cache
def entries(kind: str) -> tuple[Entry, ...]:
    """`kind` is one of `MODELS`."""
    with FILE.open("rb") as file:
        tables: dict[str, dict[str, str]] = tomllib.load(file)[kind]
    return tuple(_entry(code, table) for code, table in tables.items())


def _entry(code: str, table: Mapping[str, str]) -> Entry:
    fixed = {name: table[name] for name in ("family",) if name in table}
    return Entry(code, {name: words for name, words in table.items() if name not in fixed}, fixed)


def missing(kind: str) -> list[Entry]:
    """What the organisation does not have yet; its own rows are known by their codes."""
    known = set(_rows(kind).values_list("code", flat=True))
    return [entry for entry in entries(kind) if entry.code not in known]


def add(kind: str, codes: Collection[str], **fields: Any) -> int:
    """Make rows of these entries, in their order, after what is there; how many were new.

    Row by row, so that the change is kept in the log. What exists stays as it is.
    """
    wanted = [entry for entry in missing(kind) if entry.code in codes]
    last = _rows(kind).aggregate(last=models.Max("order"))["last"] or 0
    for order, entry in enumerate(wanted, start=last + 1):
        words = {
            build_localized_fieldname("name", code): entry.words[code]
            for code in AVAILABLE_LANGUAGES
            if code in entry.words
        }
        # The default language is never empty: all others fall back to it.
        words.setdefault(
            build_localized_fieldname("name", DEFAULT_LANGUAGE),
            entry.in_language(DEFAULT_LANGUAGE),
        )
        MODELS[kind](code=entry.code, order=order, **words, **entry.fixed, **fields).save()
    return len(wanted)


def _rows(kind: str) -> models.QuerySet[Any]:
    return MODELS[kind]._default_manager.all()
