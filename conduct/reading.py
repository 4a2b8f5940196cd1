"""The public addresses of a code or policy: parse, fetch, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import pdf, publication
from .changes import changed_parts
from .documents import draft_document
from .models.edition import Edition, EditionText, Kind
from .models.organisation import Organisation
from .models.pages import EditionedPage
from .models.promise import Promise
from .performance import Result, public_figures
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


def list_editions(page: EditionedPage, request: HttpRequest) -> HttpResponse:
    editions = list(Edition.objects.of_page(page))
    now = timezone.now()
    in_force = next((item for item in editions if item.effective_from <= now), None)
    context = {
        "rows": _rows(editions, _language(page)),
        "in_force": in_force,
        "now": now,
        "kind": page.kind,
    }
    return page.render(request, template="conduct/editions.html", context_overrides=context)


def show_changes(page: EditionedPage, request: HttpRequest, number: int) -> HttpResponse:
    """What this edition changed in the one before, in a language that both have."""
    now = timezone.now()
    after = publication.of_edition(page.translation_key, number, language=_language(page), now=now)
    context: dict[str, Any] = {"reading": after, "edition": after.edition, "changes": []}
    if number > 1:
        before, after = _comparable(page, number)
        context |= {
            "reading": after,
            "before": before.edition,
            "changes": changed_parts(before.document, after.document),
        }
    return page.render(request, template="conduct/changes.html", context_overrides=context)


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


def _comparable(page: EditionedPage, number: int) -> tuple[Reading, Reading]:
    """An edition and the one before it in one language: the page's if both have it."""
    now = timezone.now()
    series = page.translation_key
    language = _language(page)
    pair = [
        publication.of_edition(series, wanted, language=language, now=now)
        for wanted in (number - 1, number)
    ]
    if pair[0].document.language != pair[1].document.language:
        source = pair[1].edition.source_language
        pair = [
            publication.of_edition(series, wanted, language=source, now=now)
            for wanted in (number - 1, number)
        ]
    return pair[0], pair[1]


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
    }


def _results(request: HttpRequest, reading: Reading) -> dict[str, Result]:
    """What was measured for promises that still stand."""
    codes = [promise.code for promise in reading.document.promises]
    if not codes:
        return {}
    now = timezone.now()
    promises = list(Promise.objects.live(on=timezone.localdate(now)).filter(code__in=codes))
    threshold = Organisation.for_request(request).small_number_threshold
    found = public_figures(promises, threshold=threshold, now=now)
    return {code: figures.headline for code, figures in found.items()}


def _rows(editions: list[Edition], language: str) -> list[tuple[Edition, EditionText]]:
    """Editions with their text in a language, else in their own; in one query."""
    texts: dict[tuple[int, str], EditionText] = {}
    for text in (
        EditionText.objects.filter(edition__in=editions)
        .defer("parts", "promise_texts")
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
