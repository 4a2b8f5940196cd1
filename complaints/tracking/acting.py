"""Doing what a complainant asks: once, on what they have seen, with everything they sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from complaints.access import Actor
from complaints.intake.storing_files import store_file
from complaints.intake.submission import CheckedFile
from complaints.lifecycle import Refused, Role, perform
from complaints.models import Attachment, Case, Event, Message
from complaints.tracking.offers import Offer
from complaints.tracking.steps import last_public_number

#: Staff may write a note in the very moment in which a complainant acts: no reason to refuse.
TRIES = 3


class ChangedError(Exception):
    """Something that the complainant has not seen yet has happened since."""


@dataclass(frozen=True)
class Sent:
    """What came of it. `lost_files` are names of files that could not be stored."""

    lost_files: tuple[str, ...] = ()


def submission_id(case: Case, offer: Offer, typed: str) -> str | None:
    """The one-time id of a form as it is stored: tied to the case and the action."""
    if not typed:
        return None
    return hashlib.sha256(f"{case.pk}:{offer.name}:{typed}".encode()).hexdigest()


def was_sent(stored_id: str | None) -> bool:
    return stored_id is not None and Message.objects.filter(submission_id=stored_id).exists()


def was_done_since(events: Iterable[Event], offer: Offer, seen: int) -> bool:
    """The complainant did this already after their page was made: a double click, or going back."""
    return offer.action != "reply" and any(
        event.action == offer.action
        and event.number > seen
        and event.actor_role == Role.COMPLAINANT
        and all(event.data.get(name) == value for name, value in offer.told)
        for event in events
    )


def send(
    case: Case,
    offer: Offer,
    *,
    words: str,
    files: Sequence[CheckedFile],
    stored_id: str | None,
    seen: int,
    now: datetime,
) -> Sent:
    """Do the action. The same form again is no second message.

    Raises `ChangedError` where the complainant should look again first, `Refused` where it can't
    be done.
    """
    if not words and files:
        with translation.override(case.language):
            words = _("(A file without words)")
    data = {**dict(offer.told), **({offer.field: words} if offer.field else {})}
    data |= {"submission_id": stored_id} if stored_id else {}
    for last_try in (False,) * (TRIES - 1) + (True,):
        case.refresh_from_db(fields=["version"])
        version = case.version
        # Whatever anybody adds to a conversation, a reply stays a reply: it is never turned away.
        is_reply = offer.action == "reply"
        if not is_reply and last_public_number(case.events.all()) != seen:
            raise ChangedError
        try:
            return _send_once(
                case, offer, data, files, version=None if is_reply else version, now=now
            )
        except Refused as refusal:
            if refusal.code != "changed" or last_try:
                raise
        except IntegrityError:
            # The other of two clicks at once was first; anything else is a real error.
            if not was_sent(stored_id):
                raise
            return Sent()
    raise AssertionError("the last try returns or raises")


def _send_once(
    case: Case,
    offer: Offer,
    data: Mapping[str, Any],
    files: Sequence[CheckedFile],
    *,
    version: int | None,
    now: datetime,
) -> Sent:
    stored: list[Attachment] = []
    lost: list[str] = []
    try:
        with transaction.atomic():
            for file in files:
                try:
                    attachment = store_file(case, file, now=now)
                except OSError:
                    lost.append(file.name)
                else:
                    stored += [attachment] if attachment else []
            perform(
                case,
                offer.action,
                actor=Actor.complainant(),
                data={**data, "attachments": stored},
                now=now,
                seen_version=version,
            )
    except BaseException:
        for attachment in stored:
            attachment.file.delete(save=False)
        raise
    return Sent(lost_files=tuple(lost))
