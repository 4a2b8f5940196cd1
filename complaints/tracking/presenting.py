"""The case as its complainant sees it: public words and files only, nothing that is the staff's."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings as django_settings
from django.db.models import QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, get_language_info, gettext_lazy

from complaints.clock_words import explain, worth_telling
from complaints.lifecycle import PUBLIC_STATUS, State
from complaints.models import (
    Attachment,
    Case,
    Clock,
    ClockName,
    Decision,
    Event,
    HandlingSettings,
    Issue,
    Message,
    Remedy,
)
from complaints.tracking.offers import (
    Offer,
    needs_permission,
    offers_for,
    permissions_of,
    reopen_until,
)
from complaints.tracking.steps import ENDINGS, last_public_number, next_step, sentence_for
from conduct.models import Organisation

PURPOSES: dict[tuple[str, str], LazyText] = {
    (Message.Direction.IN, Message.Purpose.ORIGINAL): gettext_lazy("What you sent first"),
    (Message.Direction.OUT, Message.Purpose.QUESTION): gettext_lazy("Our question"),
    (Message.Direction.OUT, Message.Purpose.UPDATE): gettext_lazy("How it is going"),
    (Message.Direction.OUT, Message.Purpose.ANSWER): gettext_lazy("Our answer"),
    (Message.Direction.OUT, Message.Purpose.ROUTES): gettext_lazy("What you can do next"),
    (Message.Direction.OUT, Message.Purpose.CLOSING): gettext_lazy("Our last message"),
}
YOURS = gettext_lazy("Your message")
OURS = gettext_lazy("Our message")
FINISHING = gettext_lazy("The answer stands. We finish what is left to do on our side.")
CLOCK_TITLES: dict[str, LazyText] = {
    ClockName.ACKNOWLEDGE: gettext_lazy("Our confirmation that we have it"),
    ClockName.ANSWER: gettext_lazy("Our answer"),
    ClockName.REVIEW: gettext_lazy("The review"),
    ClockName.SILENCE: gettext_lazy("Your reply to our answer"),
    ClockName.UPDATE: gettext_lazy("Our next message to you"),
    ClockName.REMEDY: gettext_lazy("What we promised"),
}


def public_files(case: Case) -> QuerySet[Attachment]:
    """Files either side sent to the other."""
    return case.attachments.filter(internal=False).exclude(
        message__direction=Message.Direction.INTERNAL
    )


@dataclass(frozen=True)
class Said:
    """One message with its files, as the conversation shows it."""

    message: Message
    files: list[Attachment]

    @property
    def is_ours(self) -> bool:
        return self.message.direction == Message.Direction.OUT

    @property
    def was_recorded(self) -> bool:
        """Staff wrote down what the person said by telephone or letter."""
        return not self.is_ours and self.message.author_id is not None

    @property
    def is_answer(self) -> bool:
        return self.message.purpose == Message.Purpose.ANSWER

    @property
    def heading(self) -> LazyText:
        key = (self.message.direction, self.message.purpose)
        return PURPOSES.get(key, OURS if self.is_ours else YOURS)


@dataclass(frozen=True)
class Step:
    at: datetime
    sentence: str


@dataclass(frozen=True)
class ClockStory:
    """Why a date is what it is."""

    title: LazyText
    lines: list[str]


@dataclass(frozen=True)
class Answer:
    """The last answer that was sent."""

    decision: Decision
    #: Empty where staff have begun to write another answer: their findings are not out yet.
    issues: list[Issue]
    is_earlier: bool


class CaseView:
    """Everything the page shows, read once, with the same few queries however long the case is."""

    def __init__(self, case: Case, now: datetime) -> None:
        self.case = case
        self.now = now

    @cached_property
    def settings(self) -> HandlingSettings:
        return HandlingSettings.for_site(self.case.site)

    @cached_property
    def organisation(self) -> Organisation:
        return Organisation.for_site(self.case.site)

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.settings.time_zone)

    @cached_property
    def events(self) -> list[Event]:
        return list(self.case.events.order_by("number"))

    @cached_property
    def clocks(self) -> list[Clock]:
        return list(self.case.clocks.prefetch_related("entries"))

    @cached_property
    def remedies(self) -> list[Remedy]:
        return list(self.case.remedies.filter(promised_at__isnull=False).select_related("kind"))

    @cached_property
    def files(self) -> list[Attachment]:
        return list(public_files(self.case))

    @property
    def status(self) -> LazyText:
        if self.case.state == State.PUTTING_RIGHT and not self.is_owed_something:
            return FINISHING
        return PUBLIC_STATUS[self.case.state]

    @property
    def is_owed_something(self) -> bool:
        return any(remedy.verified_at is None for remedy in self.remedies)

    @property
    def ending(self) -> LazyText | str:
        return ENDINGS.get(self.case.outcome, "") if self.case.state == State.CLOSED else ""

    @cached_property
    def next_step(self) -> str:
        until = reopen_until(self.case, self.settings)
        return next_step(self.case, self.clocks, self.remedies, now=self.now, reopen_until=until)

    @cached_property
    def offers(self) -> list[Offer]:
        return offers_for(self.case, self.settings, self.now)

    @cached_property
    def permissions(self) -> list[Offer]:
        return permissions_of(self.case)

    def offer(self, name: str) -> Offer | None:
        """What is offered under this name, or None where it can't be done now."""
        return next((o for o in (*self.offers, *self.permissions) if o.name == name), None)

    @property
    def needs_permission(self) -> bool:
        return needs_permission(self.case)

    @property
    def is_asked_for_wish(self) -> bool:
        """Whether they want their feedback handled as a complaint."""
        return self.offer("confirm_complaint") is not None

    @property
    def seen(self) -> int:
        return last_public_number(self.events)

    @property
    def steps(self) -> list[Step]:
        said = ((event.at, sentence_for(event)) for event in self.events)
        return [Step(at, sentence) for at, sentence in said if sentence]

    @cached_property
    def said(self) -> list[Said]:
        by_message: dict[int | None, list[Attachment]] = {}
        for file in self.files:
            by_message.setdefault(file.message_id, []).append(file)
        messages = list(self.case.messages.public())
        said = [Said(message, by_message.pop(message.pk, [])) for message in messages]
        # Files that came with the form belong to what was sent first.
        if said and (loose := by_message.get(None)):
            said[0].files.extend(loose)
        return said

    @cached_property
    def question(self) -> Message | None:
        """The question that waits for a reply."""
        if self.case.state != State.WAITING:
            return None
        asked = [s.message for s in self.said if s.message.purpose == Message.Purpose.QUESTION]
        return asked[-1] if asked else None

    @cached_property
    def answer(self) -> Answer | None:
        decisions = list(self.case.decisions.order_by("number"))
        sent = [decision for decision in decisions if decision.sent_at]
        if not sent:
            return None
        is_last = sent[-1] is decisions[-1]
        issues = self.case.issues.select_related("category", "promise") if is_last else ()
        return Answer(
            decision=sent[-1],
            issues=[issue for issue in issues if issue.finding],
            is_earlier=self.case.state not in {State.ANSWERED, State.PUTTING_RIGHT, State.CLOSED},
        )

    @property
    def dates(self) -> list[ClockStory]:
        return [
            ClockStory(CLOCK_TITLES[clock.name], explain(clock, self.zone))
            for clock in worth_telling(self.clocks)
            # What is owed to a member of staff is no promise to the complainant.
            if clock.name != ClockName.REMEDY or clock.remedy_id is not None
        ]

    @property
    def contact(self) -> str:
        """The handler's own name, once somebody handles it; never a user name."""
        handler = self.case.handler
        return handler.get_full_name() if handler and self.case.is_open else ""

    @property
    def other_language(self) -> dict[str, str] | None:
        """The case's language, where the page is in another one that we know."""
        code = self.case.language
        if code == get_language() or code not in dict(django_settings.LANGUAGES):
            return None
        info = get_language_info(code)
        return {"code": code, "name": info["name_translated"], "own_name": info["name_local"]}


def file_for(case: Case, public_id: UUID) -> Attachment | None:
    """A file of this case that its complainant may have, or None."""
    return public_files(case).filter(public_id=public_id).first()
