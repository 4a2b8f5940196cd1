"""The demo's words: one TOML file a language, all with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from modeltranslation.utils import build_localized_fieldname

FOLDER = Path(__file__).resolve().parent / "content"
SOURCE = "en"

#: Blocks of a page: name and value.
Body = list[tuple[str, Any]]


@cache
def content(language: str) -> dict[str, Any]:
    """Everything written in one language."""
    path = FOLDER / f"{language}.toml"
    with path.open("rb") as file:
        return tomllib.load(file)


def languages() -> list[str]:
    """The site's languages that the demo is written in, the source first."""
    return [code for code, _name in settings.LANGUAGES if (FOLDER / f"{code}.toml").exists()]


def set_words(row: models.Model, *path: str, **fields: str) -> None:
    """Fill translated fields of a row: `fields` are field name -> last key below `path`."""
    for language in languages():
        words: Any = content(language)
        for key in path:
            words = words[key]
        for field, key in fields.items():
            setattr(row, build_localized_fieldname(field, language), words[key].strip())
