"""The public addresses of a code or policy: parse, fetch, render."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import pdf, publication
from .documents import draft_document
from .following import feed
from .following.clarity import ClarityForm
from .models.edition import Edition, EditionText, Kind
from .models.pages import EditionedPage
from .performance import Result, results_today
from .publication import Reading


def show_in_force(page: EditionedPage, request: HttpRequest) -> HttpResponse:
    reading = _current(page, request)
    context = _document_context(page, request, reading)
    return page.render(request, context_overrides=context)


def show_edition(page: EditionedPage, request: HttpRequest, number: int) -> HttpResponse:
    """One edition for ever; superseded or not yet in force, it says so."""
    reading = publication.of_edition(
        page.translation_key, number, language=_language(page), now=timezone.now()
    )
    context = _document_context(page, request, reading) | {"is_permanent": True}
    return page.render(request, context_overrides=context)


def list_editions(page: EditionedPage, request: HttpRequest, *, problem: str = "") -> HttpResponse:
    """All editions with a form to compare two; `problem` says what was wrong with the choice."""
    editions = list(Edition.objects.of_page(page))
    now = timezone.now()
    in_force = next((item for item in editions if item.effective_from <= now), None)
    context = {
        "rows": rows_of(editions, _language(page)),
        "problem": problem,
        "in_force": in_force,
        "now": now,
        "kind": page.kind,
    }
    response = page.render(request, template="conduct/editions.html", context_overrides=context)
    response.status_code = 400 if problem else 200
    return response


def show_feed(page: EditionedPage, request: HttpRequest) -> HttpResponse:
    """The same as Atom, for those who want to hear of changes without giving an address."""
    editions = list(Edition.objects.of_page(page))
    return feed.serve(page, request, rows_of(editions, _language(page)))


def serve_pdf(page: EditionedPage, request: HttpRequest) -> HttpResponse:
    """The edition in force as a PDF, or as a plain page to print where none can be made."""
    reading = _current(page, request)
    context = _document_context(page, request, reading, with_results=False)
    if not pdf.is_available():
        return page.render(
            request, template="conduct/document_print.html", context_overrides=context
        )
    content = pdf.make({**page.get_context(request), **context}, reading.document)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.slug}-{reading.edition.number}.pdf"'
    return response


def _current(page: EditionedPage, request: HttpRequest) -> Reading:
    """The edition in force, or the page itself where it is previewed or was never kept."""
    now = timezone.now()
    language = _language(page)
    if not getattr(request, "is_preview", False):
        reading = publication.current(page.translation_key, language=language, now=now)
        if reading is not None:
            return reading
    day = page.effective_date or timezone.localdate(now)
    document = draft_document(page, day=day, language=language)
    return Reading(document, in_force=None, newest=None, language=language)


def _results(request: HttpRequest, reading: Reading) -> dict[str, Result]:
    """What was measured for promises that still stand."""
    return results_today(request, [promise.code for promise in reading.document.promises])


def _document_context(
    page: EditionedPage, request: HttpRequest, reading: Reading, *, with_results: bool = True
) -> dict[str, Any]:
    is_code = page.kind == Kind.CODE
    return {
        "reading": reading,
        "document": reading.document,
        "edition": reading.edition,
        "text": reading.document.text,
        "sections": publication.sections(reading.document),
        "results": _results(request, reading) if with_results and is_code else {},
        "is_code": is_code,
        "has_pdf": pdf.is_available(),
        "is_permanent": False,
        "clarity_form": None if reading.is_draft else ClarityForm(),
    }


def rows_of(
    editions: list[Edition], language: str, *, with_promises: bool = False
) -> list[tuple[Edition, EditionText]]:
    """Editions with their text in a language, else in their own; in one query.

    The long texts are left out; the words of promises come `with_promises`.
    """
    texts: dict[tuple[int, str], EditionText] = {}
    left_out = ("parts",) if with_promises else ("parts", "promise_texts")
    for text in (
        EditionText.objects.filter(
            Q(language=language) | Q(language=F("edition__source_language")), edition__in=editions
        )
        .defer(*left_out)
        .order_by("version")
    ):
        texts[text.edition_id, text.language] = text
    rows = []
    for edition in editions:
        text = texts.get((edition.pk, language)) or texts[edition.pk, edition.source_language]
        rows.append((edition, text))
    return rows


def _language(page: EditionedPage) -> str:
    return str(page.locale.language_code)
