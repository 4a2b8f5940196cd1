"""The public addresses that compare: two editions, or the corrections of one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from . import publication
from .changes import ChangedPart, changed_parts
from .documents import Document
from .models.edition import Edition, EditionText
from .models.pages import EditionedPage
from .publication import Reading


@dataclass(frozen=True)
class Correction:
    """A corrected text of an edition, with what was corrected in the one before it."""

    text: EditionText
    parts: list[ChangedPart]


def show_changes(
    page: EditionedPage, request: HttpRequest, number: int, since: int | None = None
) -> HttpResponse:
    """What changed from one edition to another (the one before if none is given), in a language
    that both have. Raises Http404 where one of them never was."""
    if since is not None and since >= number:
        raise Http404
    now = timezone.now()
    language = str(page.locale.language_code)
    after = publication.of_edition(page.translation_key, number, language=language, now=now)
    context: dict[str, Any] = {"reading": after, "edition": after.edition, "changes": []}
    if since is not None or number > 1:
        before, after = _comparable(page, number - 1 if since is None else since, number)
        context |= {
            "reading": after,
            "before": before.edition,
            "changes": changed_parts(before.document, after.document),
            "between": _between(page, before.edition, after.edition, language),
        }
    return page.render(request, template="conduct/changes.html", context_overrides=context)


def compare(page: EditionedPage, request: HttpRequest) -> HttpResponse:
    """From the form on the list of editions to the lasting address of the comparison."""
    from .reading import list_editions

    try:
        since, number = sorted(int(request.GET.get(name, "")) for name in ("from", "to"))
    except ValueError:
        since = number = 0
    known = set(Edition.objects.of_page(page).values_list("number", flat=True))
    if since == number or not {since, number} <= known:
        problem = gettext("Choose two different editions to compare.")
        return list_editions(page, request, problem=problem)
    address = page.get_url(request) + page.reverse_subpage("changes_since", (number, since))
    return redirect(address)


def show_corrections(page: EditionedPage, request: HttpRequest, number: int) -> HttpResponse:
    """What was corrected in an edition after it came out, in the page's language."""
    now = timezone.now()
    language = str(page.locale.language_code)
    reading = publication.of_edition(page.translation_key, number, language=language, now=now)
    corrections = corrections_of(reading)
    if not corrections:
        raise Http404
    context = {"reading": reading, "edition": reading.edition, "corrections": corrections}
    return page.render(request, template="conduct/corrections.html", context_overrides=context)


def corrections_of(reading: Reading) -> list[Correction]:
    """The corrections of an edition in the language that is read, newest first.

    A translation that was published again is none: nobody has asked whether it only mends spelling.
    """
    edition = reading.edition
    texts = list(edition.texts.filter(language=reading.document.language).order_by("version"))
    promises = list(edition.promises.order_by("order", "code"))
    found = []
    for before, after in pairwise(texts):
        if after.is_correction:
            pair = (Document(edition, text, promises) for text in (before, after))
            found.append(Correction(after, changed_parts(*pair)))
    return found[::-1]


def _between(
    page: EditionedPage, before: Edition, after: Edition, language: str
) -> list[tuple[Edition, EditionText]]:
    """The editions after the first up to the second, each with what it says it changed."""
    from .reading import rows_of

    editions = Edition.objects.of_page(page).filter(
        number__gt=before.number, number__lte=after.number
    )
    return rows_of(list(editions), language)


def _comparable(page: EditionedPage, before: int, after: int) -> tuple[Reading, Reading]:
    """Two editions in one language: the page's if both have it, else the later one's own."""
    now = timezone.now()
    series = page.translation_key
    language = str(page.locale.language_code)
    pair = [
        publication.of_edition(series, number, language=language, now=now)
        for number in (before, after)
    ]
    if pair[0].document.language != pair[1].document.language:
        source = pair[1].edition.source_language
        pair = [
            publication.of_edition(series, number, language=source, now=now)
            for number in (before, after)
        ]
    return pair[0], pair[1]
