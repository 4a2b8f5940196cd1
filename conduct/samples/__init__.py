"""Invented codes to start from, in eight languages, marked as samples (ISO 10001:2018, A and C).

What is the same in every language is in `facts.toml`, the words are in `words/<language>.toml`.
"""

from __future__ import annotations

import tomllib
import uuid
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
#: The one-page code for a small organisation.
SMALL = "small"
_SERIES = uuid.UUID("6d0f2c1e-5f1b-5c39-9a55-2b6c7a1f4e90")


@cache
def facts() -> dict[str, Any]:
    """By key of the sample: slug, promises by code, and which promises stand in which section."""
    with (FOLDER / "facts.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(language: str) -> dict[str, Any]:
    """Everything that is said in one of `languages()`."""
    with (FOLDER / "words" / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def languages() -> frozenset[str]:
    return frozenset(path.stem for path in (FOLDER / "words").glob("*.toml"))


def spoken(language: str) -> str | None:
    """The language of the samples that serves a host's language: en-gb is served by en."""
    plain = language.lower()
    return next((code for code in (plain, plain.split("-")[0]) if code in languages()), None)


def series(site_id: int, key: str) -> uuid.UUID:
    """What all languages of a sample share on a site, so that it is found wherever it was moved."""
    return uuid.uuid5(_SERIES, f"{site_id}:{key}")


def all_series(site_id: int) -> list[uuid.UUID]:
    return [series(site_id, key) for key in facts()]
