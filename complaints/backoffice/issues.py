"""The issues of a case as its page shows them, with what was said and answered about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst

from complaints.backoffice.promised import Promised, promises_of
from complaints.backoffice.sections import Entry
from complaints.intake.question_fields import in_words
from complaints.models import Attachment, Case, ExtraAnswer, ExtraQuestion, HandlingSettings, Issue

#: The person's own words, in their language; other answers are said in the viewer's.
OWN_WORDS = (ExtraQuestion.Kind.TEXT, ExtraQuestion.Kind.LONG_TEXT)


@dataclass(frozen=True)
class IssueShown:
    """One issue. `description` is empty where the case is about a single one; `promised` has the
    words of the promise in force at receipt."""

    issue: Issue
    description: str
    entries: list[Entry]
    promised: Promised | None = None


def issues_of(
    case: Case,
    *,
    words: bool,
    files: Iterable[Attachment] = (),
    issues: Sequence[Issue] | None = None,
) -> list[IssueShown]:
    """All issues; without `words` only what can't name anybody: dates and options chosen.

    `issues`: those of the case, where the caller has read them with category and promise.
    """
    if issues is None:
        issues = list(case.issues.select_related("category", "promise"))
    promises = promises_of(case, issues)
    answers = _answers(case, words=words)
    sent = _files(files)
    shown = []
    for number, issue in enumerate(issues):
        # What belongs to no issue stands with the first.
        keys = [issue.pk, None] if number == 0 else [issue.pk]
        entries = _details(issue, case.language, words=words)
        entries += [entry for key in keys for entry in (*answers[key], *sent[key])]
        promised = promises.get(issue.promise.code) if issue.promise else None
        shown.append(IssueShown(issue, issue.description if words else "", entries, promised))
    return shown


def _details(issue: Issue, language: str, *, words: bool) -> list[Entry]:
    entries = []
    for name in ("product", "place", "happened_on", "happened_when"):
        value = getattr(issue, name)
        field: Any = Issue._meta.get_field(name)
        label = capfirst(str(field.verbose_name))
        if name == "happened_on":
            if value:
                entries.append(Entry(label, date_format(value, "DATE_FORMAT")))
        elif words and value:
            entries.append(Entry(label, value, language, "auto"))
    return entries


def _answers(case: Case, *, words: bool) -> defaultdict[int | None, list[Entry]]:
    """By issue, in the order of the questions; options of one question below each other."""
    answers = case.extra_answers.select_related("question", "option").order_by(
        "question__order", "question__code", "option__sort_order", "pk"
    )
    said: dict[tuple[int | None, ExtraQuestion], list[ExtraAnswer]] = {}
    for answer in answers if words else answers.exclude(option=None):
        said.setdefault((answer.issue_id, answer.question), []).append(answer)
    currency = HandlingSettings.for_site(case.site).currency
    entries: defaultdict[int | None, list[Entry]] = defaultdict(list)
    for (issue, question), found in said.items():
        value = "\n".join(
            str(answer.option or in_words(question, answer.text, currency)) for answer in found
        )
        own = question.kind in OWN_WORDS
        own_language = (case.language, "auto") if own else ("", "")
        entries[issue].append(Entry(str(question), value, *own_language))
    return entries


def _files(files: Iterable[Attachment]) -> defaultdict[int | None, list[Entry]]:
    """Names of the files that answer a question; the files themselves are in their own panel."""
    entries: defaultdict[int | None, list[Entry]] = defaultdict(list)
    for file in files:
        if file.question:
            entries[file.issue_id].append(Entry(str(file.question), file.name, "", "auto"))
    return entries
