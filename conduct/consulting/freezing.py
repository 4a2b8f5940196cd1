"""What people are asked about stays as it was when the consultation opened, in every language."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from conduct.documents import FACTS, PROSE, Document, draft_document, draft_text
from conduct.editions import original_of
from conduct.models import Consultation, ConsultationText, Edition, EditionPromise
from conduct.models.edition import EditionText
from conduct.models.pages import EditionedPage

logger = logging.getLogger(__name__)
TEXT_FIELDS = (*PROSE, "what_changed", "impact", "parts", "promise_texts")


def open_due(now: dt.datetime | None = None) -> int:
    """Open every consultation whose first day has come; the number that was opened.

    Safe to run twice, and on two machines at once.
    """
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    due = Consultation.objects.filter(opened_at=None, opens_on__lte=today, closes_on__gte=today)
    opened = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            opened += open_now(pk, moment)
        except Exception:
            # One must not keep the others waiting; the next run tries it again.
            logger.exception("Consultation %s could not be opened", pk)
    return opened


def open_now(pk: int, now: dt.datetime) -> bool:
    """Freeze the draft and open one consultation; False where somebody else has just done so."""
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=pk)
        if consultation.opened_at is not None:
            return False
        page = original_of(consultation.page).specific
        series = Edition.objects.of_page(page)
        consultation.compared_with = series.at(now)
        ConsultationText.objects.bulk_create(_texts(consultation, page, now))
        consultation.opened_at = now
        consultation.save(update_fields=["opened_at", "compared_with"])
    return True


def _texts(consultation: Consultation, page: EditionedPage, now: dt.datetime) -> list[Any]:
    draft = page.get_latest_revision_as_object()
    source = draft.locale.language_code
    day = draft.effective_date or timezone.localdate(now)
    document = draft_document(draft, day=day, language=source)
    rows = [_row(consultation, document, is_source=True)]
    for translated in page.get_translations().filter(alias_of=None).specific():
        own = translated.get_latest_revision_as_object()
        language = own.locale.language_code
        text = draft_text(
            own, promises=document.promises, language=language, source_language=source
        )
        if _is_of_the_draft(text, consultation.compared_with):
            in_language = Document(document.edition, text, document.promises)
            rows.append(_row(consultation, in_language, is_source=False))
    return rows


def _is_of_the_draft(text: EditionText, in_force: Edition | None) -> bool:
    """A translation that says what is in force already has not followed the draft yet."""
    published = in_force.text_in(text.language) if in_force else None
    if published is None:
        return True
    fields = (*PROSE, "parts")
    return any(getattr(text, name) != getattr(published, name) for name in fields)


def _row(consultation: Consultation, document: Document, *, is_source: bool) -> ConsultationText:
    content = {name: getattr(document.text, name) for name in TEXT_FIELDS}
    last = consultation.compared_with
    published = last.text_in(document.language) if last else None
    for name in ("what_changed", "impact"):
        if published is not None and content[name] == getattr(published, name):
            # Nobody has written yet what the draft changes: this is about the edition in force.
            content[name] = ""
    content["promises"] = [
        {name: getattr(promise, name) for name in (*FACTS, "texts")}
        for promise in document.promises
    ]
    return ConsultationText(
        consultation=consultation,
        language=document.language,
        is_source=is_source,
        content=content,
    )


def text_in(consultation: Consultation, language: str) -> ConsultationText | None:
    """The frozen text in a language, else in the one it was written in."""
    texts = {row.language: row for row in consultation.texts.all()}
    return texts.get(language) or next((row for row in texts.values() if row.is_source), None)


def document_of(row: ConsultationText, *, kind: str, source_language: str) -> Document:
    """A frozen text as a document that templates and comparisons can read; nothing is saved."""
    edition = Edition(kind=kind, source_language=source_language)
    fields = {name: row.content.get(name, "") for name in TEXT_FIELDS}
    text = EditionText(language=row.language, **fields)
    return Document(edition, text, [_promise(facts) for facts in row.content["promises"]])


def _promise(facts: dict[str, Any]) -> EditionPromise:
    """JSON has neither dates nor exact numbers: each field makes its own of what was stored."""
    fields = {field.name: field for field in EditionPromise._meta.concrete_fields}
    return EditionPromise(**{name: fields[name].to_python(facts[name]) for name in facts})
