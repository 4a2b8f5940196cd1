"""Codes and policies: which edition each language has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from conduct.models.edition import Edition, EditionText

from .people import reviewers, translators
from .translations import Progress, Translated


class _Edition(NamedTuple):
    number: int
    language: str
    created_at: Any
    kind: str


def rows(languages: Sequence[str]) -> list[Translated]:
    """Of every series that still has a page; its newest edition is what readers should have."""
    editions, texts = _editions(), _texts()
    pages = _pages(list(editions))
    translated_by = translators(list(editions))
    reviewed_by = reviewers([page.pk for page in pages.values()])
    found = []
    for series, known in editions.items():
        source = pages.get((series, known[-1].language))
        if source is None:
            continue
        for language in languages:
            if language == known[-1].language:
                continue
            page = pages.get((series, language))
            found.append(
                _translated(known, texts[series].get(language), language)
                | {
                    "name": source.title,
                    "translator": translated_by.get((series, language), ""),
                    "reviewer": reviewed_by.get(page.pk, "") if page else "",
                    "mend": reverse("wagtailadmin_pages:edit", args=[(page or source).pk]),
                }
            )
    return [Translated(**values) for values in found]


def _translated(known: list[_Edition], number: int | None, language: str) -> dict[str, Any]:
    newest = known[-1]
    behind = [edition for edition in known if number is None or edition.number > number]
    if number is None:
        progress = Progress.UNTRANSLATED
    else:
        progress = Progress.BEHIND if behind else Progress.UP_TO_DATE
    return {
        "kind": newest.kind,
        "language": language,
        "source_language": newest.language,
        "progress": progress,
        "edition": number,
        "behind": len(behind) if number is not None else 0,
        "since": timezone.localdate(behind[0].created_at) if behind else None,
    }


def _editions() -> dict[Any, list[_Edition]]:
    """Of each series, oldest first."""
    known: dict[Any, list[_Edition]] = defaultdict(list)
    fields = ("series", "number", "source_language", "created_at", "kind")
    for series, *values in Edition.objects.order_by("kind", "number").values_list(*fields):
        known[series].append(_Edition(*values))
    return known


def _texts() -> dict[Any, dict[str, int]]:
    """Of each series and language the newest edition that has words in it."""
    newest: dict[Any, dict[str, int]] = defaultdict(dict)
    fields = ("edition__series", "language", "edition__number")
    for series, language, number in EditionText.objects.order_by("edition__number").values_list(
        *fields
    ):
        newest[series][language] = number
    return newest


def _pages(series: list[Any]) -> dict[tuple[Any, str], Page]:
    pages = Page.objects.filter(translation_key__in=series, alias_of=None).select_related("locale")
    return {(page.translation_key, page.locale.language_code): page for page in pages}
