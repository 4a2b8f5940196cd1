"""A promise at an address of its own: as one edition has it, and through all editions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from . import publication
from .changes import promise_lines
from .comparison import compare_html
from .documents import Document, ShownPromise
from .models.edition import Edition, EditionPromise
from .models.pages import EditionedPage
from .performance import results_today


@dataclass(frozen=True)
class Stage:
    """A promise in one edition, and what that edition changed in it.

    `changed` is None where it was new, and empty where it stayed the same.
    """

    edition: Edition
    shown: ShownPromise
    language: str
    changed: SafeString | None


def show_promise(
    page: EditionedPage, request: HttpRequest, code: str, number: int | None = None
) -> HttpResponse:
    """A promise in an edition (the newest one in force that has it if none is given).

    Raises Http404 where the edition, or the promise in it, never was.
    """
    now = timezone.now()
    stages = history(page, code)
    in_force = Edition.objects.of_page(page).at(now)
    stage = _chosen(stages, number, now)
    reading = publication.of_edition(
        page.translation_key, stage.edition.number, language=stage.language, now=now
    )
    context = {
        "reading": reading,
        "document": reading.document,
        "edition": stage.edition,
        "shown": stage.shown,
        "stages": stages,
        "in_force": in_force,
        "now_says": _now_says(stages, in_force),
        "results": results_today(request, [stage.shown.code]),
        "is_permanent": number is not None,
    }
    return page.render(request, template="conduct/promise_page.html", context_overrides=context)


def _chosen(stages: list[Stage], number: int | None, now: dt.datetime) -> Stage:
    if number is None:
        candidates = [stage for stage in stages if stage.edition.effective_from <= now] or stages
    else:
        candidates = [stage for stage in stages if stage.edition.number == number]
    if not candidates:
        raise Http404
    return candidates[0]


def history(page: EditionedPage, code: str) -> list[Stage]:
    """A promise in each edition that has it, newest first. Codes are compared without case."""
    from .reading import rows_of

    promises = {
        promise.edition_id: promise
        for promise in EditionPromise.objects.filter(
            edition__series=page.translation_key, code__iexact=code
        )
    }
    editions = list(Edition.objects.of_page(page).filter(pk__in=promises))
    rows = rows_of(editions, str(page.locale.language_code), with_promises=True)
    stages: list[Stage] = []
    before = ""
    for edition, text in reversed(rows):
        promise = promises[edition.pk]
        shown = Document(edition, text, [promise]).shown_promises()[promise.code]
        words = "\n".join(promise_lines(shown))
        changed = compare_html(before, words) if before and words != before else SafeString("")
        stages.append(Stage(edition, shown, text.language, changed if before else None))
        before = words
    return stages[::-1]


def _now_says(stages: list[Stage], in_force: Edition | None) -> Stage | None:
    """How the edition in force has it; None where it has it no more."""
    return next((stage for stage in stages if in_force and stage.edition.pk == in_force.pk), None)
