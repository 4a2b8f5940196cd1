"""The draft that people are asked about, and what is different from the edition in force."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from conduct import publication
from conduct.changes import ChangedPart, changed_parts
from conduct.documents import Document
from conduct.models import Consultation, ConsultationText, Edition
from conduct.models.edition import Kind
from conduct.publication import A_DAY

from .freezing import document_of, text_in


def proposal(consultation: Consultation, *, language: str) -> dict[str, Any]:
    """What the page shows of the draft: its sections, and the changes, in one language."""
    row = text_in(consultation, language)
    if row is None:
        return {"document": None}
    before = consultation.compared_with
    document = _document(consultation, row)
    return {
        "document": document,
        "text": document.text,
        "edition": document.edition,
        "sections": publication.sections(document),
        "is_untranslated": row.language != language,
        "before": before,
        **_changes(consultation, row, before),
    }


def _changes(
    consultation: Consultation, row: ConsultationText, before: Edition | None
) -> dict[str, Any]:
    """In the draft's language where the edition has it too, else in the one it was written in.

    Both texts are frozen, so the comparison is made once.
    """
    published = before.text_in(row.language) if before else None
    if before and published is None and not row.is_source:
        source = text_in(consultation, before.source_language)
        row, published = source or row, before.text_in(before.source_language)
    if before is None or published is None:
        return {"changes": []}
    key = f"conduct:consulted:{row.pk}:{published.pk}:{get_language()}"
    known = cache.get(key)
    if known is None:
        promises = list(before.promises.order_by("order", "code"))
        old = Document(before, published, promises)
        changes = changed_parts(old, _document(consultation, row))
        known = [(change.label, str(change.html)) for change in changes]
        cache.set(key, known, A_DAY)
    return {
        "changes": [ChangedPart(label, mark_safe(html)) for label, html in known],
        "changes_language": row.language,
    }


def _document(consultation: Consultation, row: ConsultationText) -> Document:
    source = next((text for text in consultation.texts.all() if text.is_source), row)
    before = consultation.compared_with
    kind = before.kind if before else Kind.CODE
    return document_of(row, kind=kind, source_language=source.language)
