"""What may be published as a correction of spelling: nothing that a customer could rely on.

A correction gives the newest edition corrected words and no new number. It must leave every figure,
every date and every promise's facts as they are, and change few words (ISO 10001:2018, 4.4, 4.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import gettext

from .comparison import Operation, compare, tokens
from .documents import PROSE, WORDS, Document, draft_document, facts_of
from .models.edition import Edition
from .models.pages import EditionedPage

#: Most that a correction may change of all words, and what a short text may change anyway.
LARGEST_SHARE = 0.05
ALWAYS_ALLOWED = 6
_FIGURES = re.compile(r"\d+(?:[.,:/-]\d+)*")


def problems(page: EditionedPage, edition: Edition) -> list[str]:
    """Why the page is more than a correction of this edition; empty where it is not."""
    day = timezone.localdate(edition.effective_from)
    draft = draft_document(page, day=day, language=edition.source_language)
    text = edition.text_in(edition.source_language)
    assert text is not None  # written together with the edition
    published = Document(edition, text, list(edition.promises.order_by("order", "code")))
    return [*_promises(published, draft), *_words(published, draft)]


def _promises(published: Document, draft: Document) -> Iterator[str]:
    before = {promise.code: facts_of(promise) for promise in published.promises}
    after = {promise.code: facts_of(promise) for promise in draft.promises}
    changed = sorted(
        code for code in before.keys() | after.keys() if before.get(code) != after.get(code)
    )
    if changed:
        yield gettext(
            "This changes more than spelling: %(codes)s. Untick “Only corrects spelling” and "
            "publish it as a new edition."
        ) % {"codes": ", ".join(changed)}


def _words(published: Document, draft: Document) -> Iterator[str]:
    before, after = "\n".join(plain_texts(published)), "\n".join(plain_texts(draft))
    if sorted(_FIGURES.findall(before)) != sorted(_FIGURES.findall(after)):
        yield gettext(
            "A figure or a date in the text is different, and customers rely on those. Untick "
            "“Only corrects spelling” and publish it as a new edition."
        )
    elif changed_words(before, after) > max(ALWAYS_ALLOWED, LARGEST_SHARE * len(_words_of(before))):
        yield gettext(
            "So many words are different that readers would call it a new text. Untick “Only "
            "corrects spelling” and publish it as a new edition."
        )


def changed_words(before: str, after: str) -> int:
    """How many words were removed or added, whichever is more."""
    counts = {Operation.INSERT: 0, Operation.DELETE: 0, Operation.EQUAL: 0}
    for change in compare(before, after):
        counts[change.operation] += len(_words_of(change.text))
    return max(counts[Operation.INSERT], counts[Operation.DELETE])


def plain_texts(document: Document) -> Iterator[str]:
    """Everything a reader reads, without marks, in a fixed order."""
    for field in PROSE:
        yield getattr(document.text, field)
    for part in document.text.parts:
        yield from _of_part(part)
    for shown in document.shown_promises().values():
        for field in WORDS:
            yield getattr(shown.words, field)


def _of_part(part: object) -> Iterator[str]:
    """Every string in a part, wherever it stands; HTML as its text."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "html":
                yield BeautifulSoup(value, "html.parser").get_text(" ")
            elif key not in ("kind", "codes"):
                yield from _of_part(value)
    elif isinstance(part, list):
        for value in part:
            yield from _of_part(value)
    elif isinstance(part, str):
        yield part


def _words_of(text: str) -> list[str]:
    return [token for token in tokens(text) if token[0].isalnum()]
