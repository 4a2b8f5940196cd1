"""Two promises on one measure that say different things (ISO 10001:2018, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from conduct.entered_values import ENTERED
from conduct.models.promise import Promise, PromiseState
from conduct.performance import number, target_words

from .findings import Finding, Lint

#: Promises in these states bind somebody, or soon will.
BINDING = (PromiseState.LIVE, PromiseState.PILOT)


def contradictions(promise: Promise, others: Iterable[Promise]) -> Iterator[Finding]:
    """Compare a promise with others; itself and those that bind nobody are passed over."""
    if promise.state not in BINDING:
        return
    measures = _measures(promise)
    for other in others:
        if other.code == promise.code or other.state not in BINDING:
            continue
        if measures & _measures(other) and _says(other) != _says(promise):
            yield Finding(Lint.CONTRADICTION, _sentence(promise, other))


def _measures(promise: Promise) -> set[str]:
    """What is measured: the indicator, and the words for it in every language."""
    found = set()
    # Values that people enter belong to one promise each: that indicator names no measure.
    if promise.indicator and promise.indicator != ENTERED.key:
        found.add(f"indicator {promise.indicator}")
    for language in AVAILABLE_LANGUAGES:
        words = getattr(promise, build_localized_fieldname("metric", language)) or ""
        plain = " ".join(words.casefold().split()).rstrip(".。")
        if plain:
            found.add(f"{language} {plain}")
    return found


def _says(promise: Promise) -> tuple[Any, ...]:
    return (
        promise.threshold,
        promise.unit.strip().casefold(),
        promise.operator,
        promise.target,
        promise.period,
    )


def _sentence(promise: Promise, other: Promise) -> str:
    return gettext(
        "Promise %(code)s uses the same measure but says something else: %(theirs)s there, "
        "%(ours)s here. Make them say the same, or measure them differently."
    ) % {"code": other.code, "theirs": _figures(other), "ours": _figures(promise)}


def _figures(promise: Promise) -> str:
    parts = []
    if promise.threshold is not None:
        parts.append(f"{number(float(promise.threshold))} {promise.unit}".strip())
    if promise.target is not None:
        parts.append(target_words(promise))
    return ", ".join(parts) or gettext("no figure")
