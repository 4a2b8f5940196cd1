"""Everything that was said about a case, with public and internal words clearly apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.backoffice.appearance import Language, complainant_name, language, person_name
from complaints.backoffice.translations import Translated, is_foreign, translations_of
from complaints.models import Attachment, Case, Message, Notice, Party

#: So many messages are shown at first, the newest; the rest is one click away.
SHOWN = 50


@dataclass(frozen=True)
class Said:
    """One message. `side` is in, out or internal; `delivery` says how its mail fares."""

    pk: int
    side: str
    who: str
    purpose: str | LazyText
    at: datetime
    body: str
    language: Language
    files: list[Attachment]
    delivery: str = ""
    delivery_failed: bool = False
    translations: list[Translated] = field(default_factory=list)
    #: Written in another language than the viewer reads the admin in.
    is_foreign: bool = False


@dataclass(frozen=True)
class Talk:
    """`first` is what the person sent first; `rest` all after it, oldest first."""

    first: Said | None
    rest: list[Said]
    has_earlier: bool


@dataclass(frozen=True)
class Trouble:
    """A mail to the complainant that could not be sent, and what to do about it."""

    subject: str
    state: str | LazyText
    at: datetime
    tries: int
    is_first: bool


def conversation(case: Case, files: Iterable[Attachment], *, everything: bool = False) -> Talk:
    """What was said: the newest messages, or with `everything` all of them.

    `files` are the case's: each comes with the message that brought it.
    """
    messages: Any = case.messages.select_related("author", "notice")
    first = messages.filter(purpose=Message.Purpose.ORIGINAL).first()
    newest = messages.exclude(purpose=Message.Purpose.ORIGINAL).order_by("-at", "-pk")
    rest = list(newest if everything else newest[: SHOWN + 1])
    has_earlier = not everything and len(rest) > SHOWN
    rest = rest[:SHOWN] if has_earlier else rest
    files_of: dict[int | None, list[Attachment]] = defaultdict(list)
    for file in files:
        files_of[file.message_id].append(file)
    translated = translations_of([message.pk for message in [first, *rest] if message])

    def said(message: Message) -> Said:
        return _said(case, message, files_of[message.pk], translated[message.pk])

    return Talk(
        first=said(first) if first else None,
        rest=[said(message) for message in reversed(rest)],
        has_earlier=has_earlier,
    )


def _said(
    case: Case, message: Message, files: list[Attachment], translations: list[Translated]
) -> Said:
    notice = getattr(message, "notice", None)
    return Said(
        pk=message.pk,
        side=message.direction,
        who=_who(case, message),
        purpose=message.get_purpose_display(),
        at=message.at,
        body=message.body,
        language=language(message.language),
        files=files,
        delivery=str(notice.get_state_display()) if notice else "",
        delivery_failed=bool(notice and notice.state in UNDELIVERED),
        translations=translations,
        is_foreign=is_foreign(message.language),
    )


def _who(case: Case, message: Message) -> str:
    if message.direction != Message.Direction.IN:
        return person_name(message.author) if message.author else _("The system")
    if message.author is None:
        return complainant_name(case)
    return _("%(complainant)s, recorded by %(staff)s") % {
        "complainant": complainant_name(case),
        "staff": person_name(message.author),
    }


UNDELIVERED = frozenset({Notice.State.FAILED, Notice.State.NO_ADDRESS})


def mails_to_the_person(case: Case) -> list[Notice]:
    """Everything we had to tell whom we write to, oldest first; nothing to staff."""
    mails = case.notices.filter(to__isnull=False).select_related("to").defer("html", "secret")
    return list(mails.order_by("created_at"))


def to_tell(mails: Iterable[Notice]) -> list[tuple[Party, list[Notice]]]:
    """What waits for a call or a letter, by person (4.6)."""
    by_person: dict[Party, list[Notice]] = defaultdict(list)
    for mail in mails:
        if mail.state == Notice.State.OTHER_WAY and mail.to is not None:
            by_person[mail.to].append(mail)
    return list(by_person.items())


def troubles(case: Case, mails: Iterable[Notice]) -> list[Trouble]:
    """Mails to the complainant that did not get out: the person must be told another way."""
    if case.complainant.is_anonymous:
        return []
    return [
        Trouble(
            subject=notice.subject,
            state=notice.get_state_display(),
            at=notice.created_at,
            tries=notice.tries,
            is_first=notice.template == "received",
        )
        for notice in mails
        if notice.state in UNDELIVERED or (notice.state == Notice.State.WAITING and notice.tries)
    ]
