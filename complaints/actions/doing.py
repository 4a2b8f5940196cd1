"""The action in progress: what an effect reads and writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from complaints.access import Actor
from complaints.deadlines import Clocks
from complaints.lifecycle import Action, Refused
from complaints.models import Case, Involvement, Message, MessageTranslation


@dataclass
class Doing:
    """One action on a case whose row is locked. Effects set fields of `case`; it is saved
    afterwards."""

    case: Case
    action: Action
    actor: Actor
    data: Mapping[str, Any]
    now: datetime
    #: Goes into the event: ids, codes and field names only.
    event_data: dict[str, Any] = field(default_factory=dict)
    submission_taken: bool = False
    #: The complainant has heard from us.
    told: bool = False
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    #: Where many cases are done together: written for all at once, before anybody can see it.
    involved_later: list[Involvement] | None = None

    @cached_property
    def clocks(self) -> Clocks:
        return Clocks(self.case)

    def text(self, name: str) -> str:
        return str(self.data.get(name) or "").strip()

    def require(self, name: str, why: Any) -> Any:
        """The value of a need that this case makes necessary, or `Refused` with the reason."""
        value = self.data.get(name)
        if value in (None, False) or not str(value).strip():
            raise Refused(why, code="missing", fields={name: why})
        return value

    def say(
        self, body: str, direction: str, purpose: str, *, language: str | None = None
    ) -> Message:
        """Keep what was said. Staff's internal words are in the staff's language, all else in the
        case's."""
        is_internal = direction == Message.Direction.INTERNAL
        message = Message.objects.create(
            case=self.case,
            direction=direction,
            purpose=purpose,
            body=body,
            language=language
            or (translation.get_language() if is_internal else self.case.language)
            or self.case.language,
            author=self.actor.user,
            at=self.now,
            submission_id=self._take_submission_id(),
        )
        for attachment in self.data.get("attachments") or ():
            attachment.message = message
            attachment.save(update_fields=["message"])
        self.event_data["message"] = message.pk
        self._keep_source(message)
        return message

    def _take_submission_id(self) -> str | None:
        """It makes a double click one message: where an action writes two, the first has it."""
        taken, self.submission_taken = self.submission_taken, True
        return None if taken else self.data.get("submission_id")

    def _keep_source(self, message: Message) -> None:
        """What was written before it was translated: `sources`, name of the need -> text."""
        for name, written in (self.data.get("sources") or {}).items():
            is_sent = message.direction == Message.Direction.OUT
            if is_sent and self.text(name) == message.body.strip():
                MessageTranslation.objects.create(
                    message=message,
                    language=self.data["source_language"],
                    text=written,
                    is_source=True,
                    author=self.actor.user,
                    at=self.now,
                )

    def keep_reason(self) -> None:
        """A reason in free words may name people: it is a message, the event only has its
        number."""
        if reason := self.text("reason"):
            self.say(reason, Message.Direction.INTERNAL, Message.Purpose.REASON)

    def tell(
        self, template: str, message: Message | None = None, *, secret: str = "", **context: Any
    ) -> None:
        """Write to the complainant (or whom they chose), after commit, in their language."""
        from complaints.notices.outbox import TELLS_NOTHING, has_reached, queue_notice

        if self.case.held and not self.actor.is_staff:
            # Spam in somebody's name: what the sender does next must not reach them either.
            return
        if self.case.awaits_authority and self.actor.is_staff and template not in TELLS_NOTHING:
            self.refuse(
                _(
                    "This would tell somebody who acts for the complainant, and nobody has checked "
                    "yet whether they may. Check the permission first, or ask for it."
                )
            )
        context["has_key"] = bool(secret)
        notice = queue_notice(
            self.case, template, message=message, now=self.now, context=context, secret=secret
        )
        self.told |= has_reached(notice)

    def tell_staff(self, user: Any, template: str) -> None:
        from complaints.notices.outbox import queue_staff_notice

        if user is not None and user != self.actor.user:
            queue_staff_notice(self.case, user, template, now=self.now)

    def involve(self, user: Any, part: str) -> None:
        """Once: who has this part already has had it since then."""
        if user is None:
            return
        # Not `user=user`: in a request that is a wrapper.
        involvement = Involvement(case=self.case, user_id=user.pk, part=part, since=self.now)
        if self.involved_later is not None and part not in Involvement.BARRED:
            self.involved_later.append(involvement)
            return
        Involvement.objects.bulk_create([involvement], ignore_conflicts=True)
        if part in Involvement.BARRED:
            self.case.barred_people = None

    def call_after_commit(self) -> None:
        for after in self.after_commit:
            transaction.on_commit(after, robust=True)

    def refuse(self, message: Any, **fields: Any) -> None:
        raise Refused(message, code="missing" if fields else "not_possible", fields=fields)

    @property
    def on_behalf(self) -> bool:
        """Staff record what a complainant said by telephone or letter."""
        return self.actor.is_staff
