"""What was promised when the case came in, in the words of then (ISO 10001, 4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from complaints.backoffice.appearance import Language, language
from complaints.backoffice.translations import viewers_language
from complaints.models import Case, Issue
from conduct.models import Edition, EditionPromise, Promise


@dataclass(frozen=True)
class Promised:
    """A promise as the edition had it that was in force when the problem happened, where that day
    is known (`is_of_that_day`), else at receipt. `number` is 0 where neither had it: then the words
    are those of today."""

    code: str
    number: int
    statement: str
    limits: str
    remedy: str
    language: Language
    has_changed: bool = False
    is_of_that_day: bool = False


def promises_of(case: Case, issues: Iterable[Issue]) -> dict[str, Promised]:
    """By code, for the promises that the issues are about. One query."""
    by_code = {issue.promise.code: issue.promise for issue in issues if issue.promise}
    frozen = {
        (row.edition_id, row.code): row
        for row in EditionPromise.objects.filter(
            edition__in=[case.happened_edition_id, case.code_edition_id], code__in=by_code
        )
    }
    found = {}
    for code, promise in by_code.items():
        row = next(
            (
                (frozen[edition.pk, code], edition)
                for edition in (case.happened_edition, case.code_edition)
                if edition is not None and (edition.pk, code) in frozen
            ),
            None,
        )
        found[code] = _today(promise) if row is None else _as_then(*row, promise, case)
    return found


def _as_then(row: EditionPromise, edition: Edition, promise: Promise, case: Case) -> Promised:
    code = _best_language(row.texts)
    words = row.texts.get(code, {})
    now = getattr(promise, f"statement_{code.replace('-', '_')}", None)
    return Promised(
        code=row.code,
        number=edition.number,
        is_of_that_day=edition.pk == case.happened_edition_id,
        statement=words.get("statement", ""),
        limits=words.get("limits", ""),
        remedy=words.get("remedy", ""),
        language=language(code),
        has_changed=bool(now) and now != words.get("statement", ""),
    )


def _best_language(texts: dict[str, dict[str, str]]) -> str:
    """The viewer's, else the first that has words."""
    mine = viewers_language()
    if texts.get(mine, {}).get("statement"):
        return mine
    return next((code for code, words in texts.items() if words.get("statement")), mine)


def _today(promise: Promise) -> Promised:
    return Promised(
        code=promise.code,
        number=0,
        statement=promise.statement,
        limits=promise.limits,
        remedy=promise.remedy,
        language=language(viewers_language()),
    )
