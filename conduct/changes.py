"""A readable comparison of two editions, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from .certificates import FIELDS as CERTIFICATE_FIELDS
from .comparison import align, compare_html
from .documents import Document
from .publication import A_DAY


@dataclass(frozen=True)
class ChangedPart:
    """A labelled part that differs; `html` marks what was added and removed."""

    label: str
    html: SafeString


def changed_parts(before: Document, after: Document) -> list[ChangedPart]:
    """Every part in which two documents of one language differ, in reading order."""
    is_kept = before.text.pk and after.text.pk  # a draft's words may change at any time
    key = f"conduct:changes:{before.text.pk}:{after.text.pk}:{get_language()}"
    known = cache.get(key) if is_kept else None
    if known is None:
        known = [
            (label, str(compare_html(old, new)))
            for label, old, new in _pairs(before, after)
            if old != new
        ]
        if is_kept:
            cache.set(key, known, A_DAY)
    return [ChangedPart(label, mark_safe(html)) for label, html in known]


def _pairs(before: Document, after: Document) -> Iterator[tuple[str, str, str]]:
    labels = {
        "title": gettext("Title"),
        "scope": gettext("What it covers"),
        "exclusions": gettext("What it does not cover"),
        "purpose": gettext("Purpose"),
    }
    for field, label in labels.items():
        yield label, getattr(before.text, field), getattr(after.text, field)
    for old, new in align(_paragraphs(before), _paragraphs(after)):
        yield gettext("Text"), old, new
    yield from _promise_pairs(before, after)


def _promise_pairs(before: Document, after: Document) -> Iterator[tuple[str, str, str]]:
    old, new = before.shown_promises(), after.shown_promises()
    for code in [*new, *(code for code in old if code not in new)]:
        first = "\n".join(promise_lines(old[code])) if code in old else ""
        second = "\n".join(promise_lines(new[code])) if code in new else ""
        yield gettext("Promise %(code)s") % {"code": code}, first, second


def promise_lines(shown: object) -> Iterator[str]:
    """Everything that a promise says, a line each, in the language it is shown in."""
    from .documents import ShownPromise
    from .performance import target_words

    assert isinstance(shown, ShownPromise)
    words, promise = shown.words, shown.promise
    yield words.statement
    if words.audience:
        yield gettext("For: %(audience)s") % {"audience": words.audience}
    yield gettext("Limits: %(limits)s") % {"limits": words.limits or gettext("No limits")}
    if words.conditions:
        yield gettext("Conditions: %(conditions)s") % {"conditions": words.conditions}
    if words.remedy:
        yield gettext("If we break it: %(remedy)s") % {"remedy": words.remedy}
        yield promise.get_remedy_how_display()
    if promise.target is not None:
        yield gettext("Target: %(target)s") % {"target": target_words(promise)}
    if words.metric:
        yield gettext("Measured: %(metric)s") % {"metric": words.metric}
    if words.data_source:
        yield gettext("Figures from: %(source)s") % {"source": words.data_source}


def _paragraphs(document: Document) -> list[str]:
    """The plain text of the body, a paragraph an entry."""
    found: list[str] = []
    for part in document.text.parts:
        if part["kind"] == "heading":
            found.append(part["text"])
        elif part["kind"] == "text":
            found.extend(_plain(part["html"]))
        elif part["kind"] == "definitions":
            found.extend(f"{term['term']}: {term['meaning']}" for term in part["terms"])
        elif part["kind"] == "contact" and part["introduction"]:
            found.append(part["introduction"])
        elif part["kind"] == "objectives":
            found.extend(objective_words(objective) for objective in part["objectives"])
        elif part["kind"] == "certificate":
            found.append(", ".join(part[name] for name in CERTIFICATE_FIELDS))
    return found


def objective_words(objective: dict[str, str]) -> str:
    """An objective of a frozen text in one line, as the active language writes it."""
    day = parse_date(objective["date"]) if objective["date"] else None
    return gettext(
        "%(objective)s – measured by: %(metric)s; now: %(baseline)s; target: %(target)s, "
        "by %(date)s"
    ) % {**objective, "date": formats.date_format(day) if day else "–"}


def _plain(html: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    blocks = soup.find_all(["p", "h2", "h3", "h4", "li", "blockquote"])
    texts = [block.get_text(" ", strip=True) for block in blocks] or [strip_tags(html).strip()]
    return [text for text in texts if text]
