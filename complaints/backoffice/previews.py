"""What the complainant will get, shown before it is sent."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from complaints.backoffice.appearance import Language, language
from complaints.deadlines import Clocks
from complaints.models import Case, Message
from complaints.notices.answer import compose_answer
from complaints.notices.outbox import render_notice


@dataclass(frozen=True)
class Preview:
    """One letter. `has_address` is False where no mail can go out."""

    subject: str
    text: str
    language: Language
    has_address: bool


#: Actions with a message of the person's own words: (field of the form, template of the notice).
MESSAGES = {
    "ask": ("text", "question"),
    "update": ("text", "update"),
    "resolve_early": ("text", "resolved_early"),
    "put_right": ("text", "put_right"),
    "close": ("text", "closed"),
}


def preview_of(case: Case, action: str, values: dict[str, Any]) -> Preview | None:
    """The mail that this action with these values sends, or None where it sends no words."""
    if action == "moderate":
        name, template = "detail", "out_of_scope"
        if values.get("result") != "out_of_scope":
            return None
    elif action in MESSAGES:
        name, template = MESSAGES[action]
    else:
        return None
    body = str(values.get(name) or "").strip()
    if not body:
        return None
    now = timezone.now()
    message = Message(
        case=case, direction=Message.Direction.OUT, body=body, language=case.language, at=now
    )
    subject, text, _html = render_notice(case, template, language=case.language, message=message)
    return _preview(case, subject, text)


def preview_answer(case: Case, approver: Any) -> Preview | None:
    """The letter that an approval sends, as it stands now."""
    decision = case.decisions.order_by("-number").first()
    if decision is None:
        return None
    clocks = Clocks(case)
    decision = copy.copy(decision)
    decision.approved_by = approver
    decision.answer_by = clocks.calendar.add(timezone.now(), clocks.settings.silence_days)
    return _preview(case, "", compose_answer(case, decision))


def _preview(case: Case, subject: str, text: str) -> Preview:
    has_address = bool(getattr(case.correspondent, "email", ""))
    return Preview(subject, text, language(case.language), has_address)
