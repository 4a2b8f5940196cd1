"""What stands out in a code or policy beside what any page may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext

from conduct.corrections import plain_texts
from conduct.documents import Document, draft_document
from conduct.models.edition import Kind
from conduct.models.pages import EditionedPage

from .findings import Finding, Lint
from .terms import undefined_terms


def of_document(page: EditionedPage, language: str, day: dt.date) -> Iterator[Finding]:
    """Nothing of it stops publishing."""
    if not page.accountable_role.strip():
        yield Finding(
            Lint.NO_OWNER,
            gettext("No role answers for this page. Name one under “Who answers for it”."),
        )
    document = draft_document(page, day=page.effective_date or day, language=language)
    if page.kind == Kind.CODE and not has_objective(document):
        yield Finding(
            Lint.NO_OBJECTIVE,
            gettext(
                "Nothing in this code says what you want to reach. Give at least one of its "
                "promises a target in per cent."
            ),
        )
    yield from undefined_terms(language, plain_texts(document), _defined(document))


def has_objective(document: Document) -> bool:
    """A measurable objective: a promise with a target (ISO 10001:2018, 6.1)."""
    return any(promise.target is not None for promise in document.promises)


def _defined(document: Document) -> Iterator[str]:
    for part in document.text.parts:
        if part["kind"] == "definitions":
            yield from (term["term"] for term in part["terms"])
