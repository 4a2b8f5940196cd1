"""The answer as a letter: every block it must have, in the complainant's language (7.7, 7.8)."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation

from complaints.models import Case, Decision, Message, MessageTranslation
from complaints.notices.blocks import Letter
from complaints.notices.context import notice_context, zone_of


def compose_answer(case: Case, decision: Decision) -> str:
    """The letter as plain text: what was found on each issue and why, what is put right and what
    changes, what comes next, the outside route, and the rights sentence. Archived with its hash
    exactly as composed here; `complaints.notices.blocks` says what it may not lack."""
    return _compose(case, Letter.of(case, decision), case.language)


def compose_source(case: Case, decision: Decision) -> str:
    """The same letter in the language its author wrote it in; empty where that is no other."""
    if not decision.source_language:
        return ""
    letter = Letter.of(case, _as_written(decision, decision.sources))
    for issue in letter.issues:
        issue.reasons = decision.sources.get(f"reasons_{issue.pk}") or issue.reasons
    return _compose(case, letter, decision.source_language)


def _as_written(decision: Decision, sources: Mapping[str, str]) -> Decision:
    written = copy.copy(decision)
    for name in ("answer", "prevention", "external_route"):
        setattr(written, name, sources.get(name) or getattr(decision, name))
    return written


def _compose(case: Case, letter: Letter, language: str) -> str:
    with translation.override(language), timezone.override(zone_of(case)):
        values = notice_context(case, language) | {
            "decision": letter.decision,
            "answer": letter,
            "issues": [(issue, letter.found(issue)) for issue in letter.issues],
            "remedies": letter.remedies,
        }
        return render_to_string("conduct_complaints/answer.txt", values).strip() + "\n"


def keep_source(case: Case, decision: Decision, message: Message, at: datetime) -> None:
    """Keep beside the answer as sent what its author had written before it was translated."""
    if text := compose_source(case, decision):
        MessageTranslation.objects.create(
            message=message,
            language=decision.source_language,
            text=text,
            is_source=True,
            author=decision.proposed_by,
            at=at,
        )
