"""Blacking out what nobody needs to read: health, crimes, other people (GDPR 5, 9 and 10).

The words are replaced in every text of the case, so that no list, print, export, search or letter
can show them. The event says what it was and where, and never what it said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.doomed_files import doom
from complaints.events import fingerprint
from complaints.intake.receiving import subject_of
from complaints.lifecycle import DataCondition, Role, WhatBecomes
from complaints.models import (
    Attachment,
    Case,
    ContactRestriction,
    Decision,
    ExtraAnswer,
    Involvement,
    Issue,
    Message,
    MessageTranslation,
    Notice,
    Outreach,
    Party,
    RedactedText,
    Redaction,
    Remedy,
    WritingDraft,
)

BLACK = "█████"
#: A shorter passage would black out half of the case.
SHORTEST = 3
#: Of a person: not the name and the addresses, without which nobody could answer them.
OF_PERSON = ("support_needs", "contact_times", "relation", "authority_scope")
#: Where words of people stand, by the way from there to the case.
PLACES: tuple[tuple[type[Any], str, tuple[str, ...]], ...] = (
    (Issue, "case", ("summary", "description", "product", "place", "happened_when", "reasons")),
    (Message, "case", ("body",)),
    (MessageTranslation, "message__case", ("text",)),
    (Notice, "case", ("subject", "text", "html")),
    (
        Decision,
        "case",
        ("answer", "external_route", "prevention", "both_sides", "check_notes", "sent_text"),
    ),
    (ExtraAnswer, "case", ("text",)),
    (Remedy, "case", ("description", "proof")),
    (Outreach, "case", ("who", "result")),
    (Involvement, "case", ("account",)),
    (Attachment, "case", ("name",)),
    (ContactRestriction, "case", ("reason", "appeal")),
    (Party, "case", OF_PERSON),
    (Party, "case_represented", OF_PERSON),
)
OF_CASE = (
    "description", "subject", "product", "order_number", "place", "staff_named", "happened_when",
    "earlier_contact", "effect", "remedy_wanted", "elsewhere", "enclosures", "evidence_link",
    "other_contact", "back_dating_reason", "plan", "cause", "lesson", "others_affected",
)  # fmt: skip


def mark_sensitive(doing: Doing) -> None:
    """From now on only the people on it see the case, and it says why we may hold the data."""
    case, condition = doing.case, str(doing.data["condition"])
    doing.event_data.update(old=case.data_condition, new=condition)
    if condition == DataCondition.NONE:
        case.data_condition = ""
    else:
        case.data_condition = condition
        case.confidential = True
        if doing.actor.role != Role.PRIVACY:
            # Who closes the door stays in the room.
            doing.involve(doing.actor.user, Involvement.Part.LEAD)
    doing.keep_reason()


class Passages:
    """What is looked for, however it is broken into lines, and also in a page."""

    def __init__(self, typed: str) -> None:
        self.lines = [line.split() for line in typed.splitlines() if line.strip()]

    @property
    def too_short(self) -> bool:
        return any(len("".join(words)) < SHORTEST for words in self.lines)

    def black_out(self, text: str, *, is_html: bool = False) -> str:
        gap = r"(?:\s|<br\s*/?>|</?p>)+" if is_html else r"\s+"
        for words in self.lines:
            parts = [re.escape(escape(word) if is_html else word) for word in words]
            text = re.sub(gap.join(parts), BLACK, text, flags=re.IGNORECASE)
        return text

    def are_in(self, text: str) -> bool:
        return self.black_out(text) != text


def redact(doing: Doing) -> None:
    """Everywhere in the case at once; refused where the words stand nowhere."""
    passages = Passages(doing.text("words"))
    if passages.too_short:
        why = _("This is too short: it would black out more than you mean.")
        doing.refuse(why, words=why)
    if passages.are_in(doing.text("reason")):
        why = _("Give the reason without the words themselves: it stays in the case.")
        doing.refuse(why, reason=why)
    redaction = _begin(doing)
    places = {*_black_out_case(doing, redaction, passages), *_black_out_rows(redaction, passages)}
    if not places:
        why = _("These words stand nowhere in this case. Copy them exactly as they are written.")
        doing.refuse(why, words=why)
    _forget_typing(doing.case, passages)
    doing.event_data["places"] = sorted(places)
    doing.keep_reason()


def _begin(doing: Doing) -> Redaction:
    assert doing.actor.user is not None, "only staff black out"
    kept = doing.data["original"] == WhatBecomes.KEEP
    redaction = Redaction.objects.create(
        case=doing.case, why=doing.data["why"], kept=kept, by=doing.actor.user, at=doing.now
    )
    doing.event_data.update(redaction=redaction.pk, why=str(redaction.why), kept=kept)
    return redaction


def _keep(redaction: Redaction, place: str, row: int, original: str) -> None:
    if redaction.kept:
        RedactedText.objects.create(redaction=redaction, place=place, row=row, original=original)


def _black_out_case(doing: Doing, redaction: Redaction, passages: Passages) -> Iterator[str]:
    case = doing.case
    # The subject is the first words, cut off: half a passage may stand at its end.
    is_first_words = case.subject == subject_of(case.description)
    for name in OF_CASE:
        old = getattr(case, name)
        new = passages.black_out(old)
        if name == "subject" and is_first_words:
            new = subject_of(case.description)
        if new == old:
            continue
        _keep(redaction, f"Case.{name}", case.pk, old)
        setattr(case, name, _fitting(Case, name, new))
        if name == "description":
            # The chain goes on proving the text, as it is from now on.
            doing.event_data["words"] = fingerprint(Case.hash_original(case.description))
        yield f"Case.{name}"


def _black_out_rows(redaction: Redaction, passages: Passages) -> Iterator[str]:
    for model, way, names in PLACES:
        for row in model._default_manager.filter(**{way: redaction.case_id}):
            changed: dict[str, Any] = {}
            for name in names:
                old = getattr(row, name)
                new = passages.black_out(old, is_html=name == "html")
                if new != old:
                    _keep(redaction, f"{model.__name__}.{name}", row.pk, old)
                    changed[name] = _fitting(model, name, new)
                    yield f"{model.__name__}.{name}"
            if isinstance(row, Decision) and (sources := _sources(row, passages)):
                # What its author had written in another language than it was sent in.
                said = "\n\n".join(str(text) for text in row.sources.values())
                _keep(redaction, "Decision.sources", row.pk, said)
                changed["sources"] = sources
                yield "Decision.sources"
            if changed:
                model._default_manager.filter(pk=row.pk).update(**changed)


def _sources(decision: Decision, passages: Passages) -> dict[str, str]:
    """The sources without the passages; empty where they hold none."""
    new = {name: passages.black_out(str(text)) for name, text in decision.sources.items()}
    return {} if new == decision.sources else new


def _fitting(model: type[Any], name: str, text: str) -> str:
    """Black may be longer than what it covers."""
    most = model._meta.get_field(name).max_length
    return text[:most] if most else text


def _forget_typing(case: Case, passages: Passages) -> None:
    """What colleagues have typed and not sent yet may quote it."""
    for draft in WritingDraft.objects.filter(case=case):
        if any(passages.are_in(str(typed)) for _name, typed in json.loads(draft.typed)):
            draft.delete()


def redact_file(doing: Doing) -> None:
    """Nobody opens it any more but the privacy officer, where it is kept; else it is gone."""
    file = doing.data["file"]
    if file.case_id != doing.case.pk:
        doing.refuse(_("This belongs to another case."))
    if file.withheld_at is not None:
        doing.refuse(_("This file was withheld already."))
    redaction = _begin(doing)
    _keep(redaction, "Attachment.name", file.pk, file.name)
    file.name, file.withheld_at = BLACK, doing.now
    changed = ["name", "withheld_at"]
    if not redaction.kept:
        doom(file.file.name, now=doing.now)
        file.file, file.size, file.scan = "", 0, ""
        changed += ["file", "size", "scan"]
    # The scanner may have written to the others meanwhile.
    file.save(update_fields=changed)
    doing.event_data.update(file=file.pk, places=["Attachment"])
    doing.keep_reason()
