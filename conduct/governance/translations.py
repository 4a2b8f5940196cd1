"""How far each text has come in each language (ISO 10002:2018, 4.9; ISO 10001:2018, 4.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale


class Progress(StrEnum):
    UP_TO_DATE = "up_to_date"
    BEHIND = "behind"
    PARTLY = "partly"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Translated:
    """One text in one language that it was not written in.

    `edition` is the newest one with words in it, `behind` how many have followed; `since` is the
    day from which readers have waited for it. Promises have no editions of their own.
    """

    kind: str
    name: str
    language: str
    source_language: str
    progress: Progress
    edition: int | None = None
    behind: int = 0
    since: dt.date | None = None
    translator: str = ""
    reviewer: str = ""
    mend: str = ""

    @property
    def is_done(self) -> bool:
        return self.progress == Progress.UP_TO_DATE

    def days_stale(self, day: dt.date) -> int:
        """0 where it is up to date, or where nobody knows since when it isn't."""
        if self.is_done or self.since is None:
            return 0
        return max(0, (day - self.since).days)


@dataclass(frozen=True, slots=True)
class Parity:
    """The share of texts that are up to date; 100 where there is nothing to translate."""

    done: int
    all: int

    @property
    def per_cent(self) -> float:
        return 100 * self.done / self.all if self.all else 100.0


def languages() -> list[str]:
    """The content languages that the site has set up, in the order of its settings."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    return [code for code in get_content_languages() if code in known]


def everything(*, today: dt.date | None = None) -> list[Translated]:
    """Codes, policies and promises in every language, in a fixed number of queries."""
    from . import translated_documents, translated_promises

    wanted, day = languages(), today or timezone.localdate()
    return [
        *translated_documents.rows(wanted),
        *translated_promises.rows(wanted, today=day),
    ]


def parity(rows: Iterable[Translated]) -> Parity:
    listed = list(rows)
    return Parity(sum(row.is_done for row in listed), len(listed))


def parity_by_language(rows: Sequence[Translated]) -> list[tuple[str, Parity]]:
    """In the order in which the languages first appear."""
    codes = dict.fromkeys(row.language for row in rows)
    return [(code, parity(row for row in rows if row.language == code)) for code in codes]
