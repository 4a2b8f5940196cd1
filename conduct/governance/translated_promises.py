"""Promises: whether the words of a language still follow those they were translated from.

A promise doesn't say when a word was translated. Editions do: each froze the words of every
language. Where the source has changed in a later edition than a translation, or since the last
one, the translation waits.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from modeltranslation.settings import DEFAULT_LANGUAGE

from conduct.documents import WORDS, Texts, words_of
from conduct.models.edition import EditionPromise
from conduct.models.promise import Promise, PromiseState

from .people import last_editors
from .translations import Progress, Translated

EDIT_PROMISE = "wagtailsnippets_conduct_promise:edit"


class _Moment(NamedTuple):
    """The words of a promise as they were on a day."""

    day: dt.date
    texts: Texts


def rows(languages: Sequence[str], *, today: dt.date) -> list[Translated]:
    """Of the promises that bind, or soon will."""
    shown = (PromiseState.LIVE, PromiseState.PILOT)
    promises = list(Promise.objects.filter(state__in=shown))
    frozen, edited = _frozen([promise.code for promise in promises]), last_editors(promises)
    found = []
    for promise in promises:
        name, at = edited.get(promise.pk, ("", None))
        now = _Moment(timezone.localdate(at) if at else today, words_of(promise))
        moments = [*frozen[promise.code], now]
        source = DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in now.texts else next(iter(now.texts), "")
        for language in languages:
            if language != source:
                progress, since = _progress(moments, source, language)
                found.append(
                    Translated(
                        kind="promise",
                        name=f"{promise.code} {promise.statement}",
                        language=language,
                        source_language=source,
                        progress=progress,
                        since=since,
                        translator=name if language in now.texts else "",
                        mend=reverse(EDIT_PROMISE, args=[promise.pk]),
                    )
                )
    return found


def _progress(
    moments: list[_Moment], source: str, language: str
) -> tuple[Progress, dt.date | None]:
    words = moments[-1].texts
    if language not in words:
        return Progress.UNTRANSLATED, moments[0].day
    ours, theirs = words[language], words.get(source, {})
    changed = _last_change(moments, source)
    if any(theirs.get(field) and not ours.get(field) for field in WORDS):
        return Progress.PARTLY, moments[changed].day
    if changed > _last_change(moments, language):
        return Progress.BEHIND, moments[changed].day
    return Progress.UP_TO_DATE, None


def _last_change(moments: list[_Moment], language: str) -> int:
    """The index of the first moment from which on the words of a language are as they are now."""
    current = moments[-1].texts.get(language)
    index = len(moments) - 1
    while index and _same(moments[index - 1].texts.get(language), current):
        index -= 1
    return index


def _same(before: Any, after: Any) -> bool:
    """Fields that an older version of this app didn't know count as empty."""
    before, after = before or {}, after or {}
    return all((before.get(field) or "") == (after.get(field) or "") for field in WORDS)


def _frozen(codes: list[str]) -> dict[str, list[_Moment]]:
    """Of each code what the editions froze, oldest first."""
    found: dict[str, list[_Moment]] = defaultdict(list)
    for code, texts, at in (
        EditionPromise.objects.filter(code__in=codes)
        .order_by("edition__created_at")
        .values_list("code", "texts", "edition__created_at")
    ):
        found[code].append(_Moment(timezone.localdate(at), texts))
    return found
