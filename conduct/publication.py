"""What a reader of a code or policy gets: the edition in force, in their language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.http import Http404
from django.utils.dateparse import parse_date
from django.utils.safestring import mark_safe

from .definitions import mark_terms
from .documents import Document, ShownPromise
from .models.edition import Edition, EditionText

A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Section:
    """One part of the text, ready for the template; `anchor` only where readers can jump to it."""

    kind: str
    anchor: str = ""
    text: str = ""
    html: str = ""
    promises: tuple[ShownPromise, ...] = ()
    terms: tuple[dict[str, str], ...] = ()
    objectives: tuple[dict[str, Any], ...] = ()
    certificate: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A document as one reader gets it.

    `in_force` is the edition in force now, `document` what is shown: another one where the
    translation lags behind (`is_older_translation`) or there is none (`is_untranslated`).
    """

    document: Document
    in_force: Edition | None
    newest: Edition | None
    language: str

    @property
    def edition(self) -> Edition:
        return self.document.edition

    @property
    def is_draft(self) -> bool:
        return self.edition.pk is None

    @property
    def is_untranslated(self) -> bool:
        return self.document.language != self.language

    @property
    def is_older_translation(self) -> bool:
        return (
            self.in_force is not None
            and not self.is_untranslated
            and self.edition.number < self.in_force.number
        )

    @property
    def is_upcoming(self) -> bool:
        """Nothing is in force yet: what is shown comes into force later."""
        return self.in_force is None and not self.is_draft

    @property
    def upcoming(self) -> Edition | None:
        """A later edition that waits for its day."""
        if self.newest is None or self.in_force is None:
            return None
        return self.newest if self.newest.number > self.in_force.number else None


def current(series: Any, *, language: str, now: dt.datetime) -> Reading | None:
    """What readers of a language see now; None before the first edition."""
    editions = list(Edition.objects.filter(series=series).order_by("-number"))
    if not editions:
        return None
    in_force = next((edition for edition in editions if edition.effective_from <= now), None)
    shown = in_force or editions[-1]
    document = _document_up_to(shown, language=language)
    return Reading(document, in_force, editions[0], language)


def of_edition(series: Any, number: int, *, language: str, now: dt.datetime) -> Reading:
    """One edition, in a language if it has it, else in its own. Raises Http404 for none."""
    editions = list(Edition.objects.filter(series=series).order_by("-number"))
    edition = next((edition for edition in editions if edition.number == number), None)
    if edition is None:
        raise Http404
    in_force = next((candidate for candidate in editions if candidate.effective_from <= now), None)
    text = edition.text_in(language) or edition.text_in(edition.source_language)
    assert text is not None  # written together with the edition
    return Reading(_document(edition, text), in_force, editions[0], language)


def sections(document: Document) -> list[Section]:
    """The parts of a document with anchors, promises and explained terms."""
    promises = document.shown_promises()
    definitions = [
        (term["term"], term["meaning"])
        for part in document.text.parts
        if part["kind"] == "definitions"
        for term in part["terms"]
    ]
    marked = _marked_html(document.text, definitions)
    found = []
    for index, part in enumerate(document.text.parts):
        found.append(
            Section(
                kind=part["kind"],
                anchor=f"section-{index + 1}" if part["kind"] == "heading" else "",
                text=part.get("text") or part.get("introduction") or "",
                html=mark_safe(marked.get(str(index), "")),
                promises=tuple(
                    promises[code] for code in part.get("codes", []) if code in promises
                ),
                terms=tuple(part.get("terms", [])),
                objectives=tuple(
                    {**item, "date": parse_date(item["date"]) if item["date"] else None}
                    for item in part.get("objectives", [])
                ),
                certificate=_certificate(part),
            )
        )
    return found


def _certificate(part: dict[str, Any]) -> dict[str, Any]:
    """What a frozen certificate says, its last day as a date again."""
    if part["kind"] != "certificate":
        return {}
    return {**part, "expires_on": parse_date(part["expires_on"])}


def _marked_html(text: EditionText, definitions: list[tuple[str, str]]) -> dict[str, str]:
    """The rich text with its terms explained; parsed once, since an edition never changes."""
    key = f"conduct:marked:{text.pk}:{text.digest}"
    known = cache.get(key) if text.pk else None
    if known is None:
        known = {
            str(index): mark_terms(part["html"], definitions, f"term-{index}")
            for index, part in enumerate(text.parts)
            if part["kind"] == "text"
        }
        if text.pk:
            cache.set(key, {index: str(html) for index, html in known.items()}, A_DAY)
    return known


def _document(edition: Edition, text: EditionText) -> Document:
    return Document(edition, text, list(edition.promises.order_by("order", "code")))


def _document_up_to(edition: Edition, *, language: str) -> Document:
    """The newest text in a language up to this edition, else this one in its own language."""
    texts = EditionText.objects.filter(
        edition__series=edition.series, edition__number__lte=edition.number
    ).select_related("edition")
    newest_first = texts.order_by("-edition__number", "-version")
    text = newest_first.filter(language=language).first()
    if text is None:
        text = newest_first.filter(edition=edition, language=edition.source_language).first()
    assert text is not None  # written together with the edition
    return _document(text.edition, text)
