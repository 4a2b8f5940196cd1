"""What the complainant will get, shown before it is sent.

A message is tried out: done exactly as it would be, looked at and taken back. So the preview is the
mail, whatever the action does, and what would be refused is refused before anybody reads it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.access import Actor
from complaints.backoffice.appearance import Language, language
from complaints.deadlines import Clocks
from complaints.lifecycle import perform
from complaints.models import Case, Decision, Notice
from complaints.notices.answer import compose_answer, compose_source


@dataclass(frozen=True)
class Preview:
    """One letter. `has_address` is False where no mail can go out; `source` is what its author
    wrote before it was translated."""

    subject: str
    text: str
    language: Language
    has_address: bool
    source: str = ""
    source_language: Language | None = None
    #: False where somebody else approves it first.
    goes_now: bool = True


def try_out(
    case: Case,
    action: str,
    *,
    actor: Actor,
    data: Mapping[str, Any],
    seen_version: int | None,
) -> Preview | None:
    """The letter that this action sends, or None where it sends no words of the writer's own.

    Raises what `perform` raises.
    """
    # Of its own: what is taken back must not stay on the case that the page shows.
    trial = Case.objects.get(pk=case.pk)
    with transaction.atomic():
        last = trial.notices.order_by("-pk").values_list("pk", flat=True).first() or 0
        perform(trial, action, actor=actor, data=data, seen_version=seen_version)
        if action == "propose":
            preview = _proposed(trial, data)
        else:
            preview = _message(trial, last, data)
        transaction.set_rollback(True)
    return preview


def _message(case: Case, last: int, data: Mapping[str, Any]) -> Preview | None:
    """The mail that carries what was typed; other mails of the same action are no words of
    theirs."""
    notices: Any = case.notices
    notice: Notice | None = notices.filter(pk__gt=last, message__isnull=False).first()
    if notice is None:
        return None
    written = "\n\n".join((data.get("sources") or {}).values())
    return _preview(case, notice.subject, notice.text, written, data.get("source_language") or "")


def _proposed(case: Case, data: Mapping[str, Any]) -> Preview | None:
    decision = case.decisions.order_by("-number").first()
    if decision is None:
        return None
    goes_now = decision.sent_at is not None
    decision.sources = data.get("sources") or {}
    decision.source_language = data.get("source_language") or ""
    text = decision.sent_text if goes_now else compose_answer(case, _as_if_sent(case, decision))
    return _letter(case, decision, text, goes_now=goes_now)


def preview_answer(case: Case, approver: Any) -> Preview | None:
    """The letter that an approval sends, as it stands now."""
    decision = case.decisions.order_by("-number").first()
    if decision is None:
        return None
    decision = _as_if_sent(case, decision)
    decision.approved_by = approver
    return _letter(case, decision, compose_answer(case, decision))


def _as_if_sent(case: Case, decision: Decision) -> Decision:
    clocks = Clocks(case)
    now = timezone.now()
    sent = copy.copy(decision)
    sent.sent_at = now
    sent.answer_by = clocks.calendar.add(now, clocks.settings.silence_days)
    return sent


def _letter(case: Case, decision: Decision, text: str, *, goes_now: bool = True) -> Preview:
    source = compose_source(case, _as_if_sent(case, decision))
    return _preview(case, "", text, source, decision.source_language, goes_now=goes_now)


def _preview(
    case: Case,
    subject: str,
    text: str,
    source: str,
    source_language: str,
    *,
    goes_now: bool = True,
) -> Preview:
    has_address = bool(getattr(case.correspondent, "email", ""))
    return Preview(
        subject,
        text,
        language(case.language),
        has_address,
        source,
        language(source_language) if source else None,
        goes_now,
    )
