"""Adding to an open case instead of making a second one about the same (SEC-DUP begins here).

Offered only to who has opened that case in this browser with reference and key: nobody learns from
the form that a case exists.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from complaints.intake.drafting.answers import PROBLEM, Answers
from complaints.intake.drafting.drafts import Opened, throw_away
from complaints.intake.drafting.files import files_of
from complaints.intake.drafting.steps import Sheet
from complaints.intake.drafting.summary import sections
from complaints.intake.parts.wish import WishPart
from complaints.models import Case

#: Share of the shorter text's words that both have.
ALIKE = 0.4
_WORD = re.compile(r"\w{3,}|[\u2e80-\u9fff\uac00-\ud7af]{2}")


def open_case_about(request: HttpRequest, answers: Answers, now: datetime) -> Case | None:
    """The open case that this browser follows, if it seems to be about the same."""
    from complaints.tracking.session import SESSION_KEY, opened_case

    # A session is looked at only where there is one: no cookie is set for asking.
    if not request.session.get(SESSION_KEY):
        return None
    case = opened_case(request, now)
    return case if case and case.is_open and is_about_the_same(case, answers) else None


def is_about_the_same(case: Case, answers: Answers) -> bool:
    """The same category, the same promise, or much the same words."""
    raws = [answers.raw(f"{PROBLEM}{number}") for number in answers.problems]
    for issue in case.issues.select_related("category", "promise"):
        known = {x.code for x in (issue.category, issue.promise) if x}
        if any(known & {*raw.get("category", []), *raw.get("promise", [])} for raw in raws):
            return True
    words = " ".join(" ".join(raw.get("description", [])) for raw in raws)
    return likeness(case.description, words) >= ALIKE


def likeness(one: str, other: str) -> float:
    """From 0 (no word in common) to 1 (every word of the shorter text is in the other)."""
    first, second = (set(_WORD.findall(text.casefold())) for text in (one, other))
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def everything_written(sheet: Sheet) -> str:
    """What happened and what is wanted, in full. Who the person is, the case knows."""
    said = [
        "\n".join(
            words if place == 0 and section.step.number else f"{label}: {words}"
            for place, (label, words) in enumerate(section.rows)
        )
        for section in sections(sheet, [])
        if section.rows and (section.step.number or section.step.part is WishPart)
    ]
    return "\n\n".join(said)


def add_to_case(
    request: HttpRequest, case: Case, opened: Opened, sheet: Sheet, now: datetime
) -> None:
    """What is in the draft becomes a message of that case, with its files; the draft goes."""
    from complaints.tracking.acting import send, submission_id
    from complaints.tracking.offers import OFFERS
    from complaints.tracking.session import say_next

    offer = OFFERS["reply"]
    words = everything_written(sheet)
    # Problems and questions are the draft's own: in the other case they mean nothing.
    files = [replace(file, issue=1, question="") for file in files_of(opened)]
    sent = send(
        case,
        offer,
        words=words,
        files=files,
        stored_id=submission_id(case, offer, opened.draft.token_id),
        seen=0,
        now=now,
    )
    throw_away(opened.draft)
    lost = [[name, _("It could not be stored.")] for name in sent.lost_files]
    say_next(request, {"text": str(offer.done), "files": lost})
