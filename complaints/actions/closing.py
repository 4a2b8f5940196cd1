"""The ways a case ends, and begins again (7.9)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from complaints.actions.assessment import keep_handler_who_may
from complaints.actions.concerning import check_heard, check_told
from complaints.actions.conversation import tell_of_reply
from complaints.actions.deciding import (
    UPHELD,
    case_outcome,
    check_may_decide,
    current_decision,
)
from complaints.actions.doing import Doing
from complaints.actions.ending import end_case
from complaints.actions.inside import leads_of
from complaints.actions.moderation import release
from complaints.authority import check_amount, exceeds
from complaints.lifecycle import Kind, Outcome, Role, State
from complaints.models import ClockName, Message


def resolve_early(doing: Doing) -> None:
    """Put right on the spot, with the complainant's agreement; a short notice confirms it."""
    check_may_decide(doing)
    check_heard(doing)
    check_told(doing)
    _keep_what_was_given(doing)
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.CLOSING)
    doing.case.answered_at = doing.now
    end_case(doing, Outcome.RESOLVED_EARLY)
    doing.tell("resolved_early", message)


def _keep_what_was_given(doing: Doing) -> None:
    """Within one's own authority; more than that is proposed, and somebody else approves it."""
    kind, amount = doing.data.get("remedy_kind"), doing.data.get("amount")
    if kind is None:
        if amount:
            why = _("Choose what the complainant got.")
            doing.refuse(why, remedy_kind=why)
        return
    check_amount(kind, amount)
    settings = doing.clocks.settings
    above = exceeds(
        doing.actor.user, doing.case, [(kind, amount)], settings.currency, approving=False
    )
    if above or (amount or 0) > settings.verify_above:
        why = _(
            "This is more than you may give by yourself. Propose an answer instead: it goes to "
            "somebody who may approve it."
        )
        doing.refuse(why, amount=why)
    remedy = doing.case.remedies.create(
        kind=kind,
        amount=amount,
        currency=settings.currency if amount else "",
        owner=doing.actor.user,
        promised_at=doing.now,
        delivered_at=doing.now,
        delivered_by=doing.actor.user,
        proof=doing.text("text"),
        verified_at=doing.now,
        verified_by=doing.actor.user,
    )
    doing.event_data["remedy"] = remedy.pk


def withdraw(doing: Doing) -> None:
    doing.event_data["on_behalf"] = doing.on_behalf
    if doing.on_behalf:
        # What staff end in somebody's name stands there in that person's words.
        doing.require("text", _("Fill this in."))
    if words := doing.text("text"):
        doing.say(words, Message.Direction.IN, Message.Purpose.REPLY)
    if doing.case.safety:
        _go_on_inside(doing)
    end_case(doing, Outcome.WITHDRAWN)
    doing.tell("withdrawn")


def _go_on_inside(doing: Doing) -> None:
    """Whoever withdraws need not carry on; what is a danger to others is put right all the same."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Withdrawn, but somebody's safety is at risk: make sure that it is put right.")
    doing.case.outreach.create(who=words, owner=doing.case.handler, created_at=doing.now)
    for lead in leads_of(doing.case):
        doing.tell_staff(lead, "staff_serious")


def close(doing: Doing) -> None:
    """Never while something promised is not delivered and verified, nor while an answer
    is contested that can still be reviewed."""
    from complaints.actions.performing import not_possible

    case = doing.case
    if doing.actor.role == Role.SYSTEM and case.state != State.ANSWERED:
        # A machine ends nothing but by the silence rule that an answer stated.
        doing.refuse(not_possible(case, doing.action))
    if case.remedies.filter(verified_at=None, promised_at__isnull=False).exists():
        doing.refuse(_("A promised remedy is not delivered and verified yet."))
    may_review = case.stage == 1 and case.kind == Kind.COMPLAINT
    if case.contested and (may_review or doing.actor.role == Role.SYSTEM):
        doing.refuse(
            _(
                "The answer was rejected: the case stays open until a review, a referral or an "
                "acceptance."
            )
        )
    if case.contested:
        # Nothing inside is left: the person is told so, in words of their own.
        doing.require("text", _("Fill this in."))
    if case.state == State.ANSWERED:
        _check_silence(doing)
    check_told(doing)
    outcome = case_outcome(doing)
    if outcome in UPHELD and doing.actor.role != Role.SYSTEM:
        doing.require("lesson", _("Say what was learnt: an issue was upheld."))
    case.lesson = doing.text("lesson") or case.lesson
    words = doing.text("text")
    message = doing.say(words, Message.Direction.OUT, Message.Purpose.CLOSING) if words else None
    if case.kind != Kind.COMPLAINT and case.answered_at is None:
        case.answered_at = doing.now
    end_case(doing, outcome)
    doing.tell("closed", message, silent=doing.actor.role == Role.SYSTEM)


def _check_silence(doing: Doing) -> None:
    """An answer nobody replied to is closed only after the time that the answer itself stated."""
    answer_by = current_decision(doing).answer_by
    if answer_by is not None and doing.now < answer_by:
        doing.refuse(
            _("The complainant can still reply until %(date)s.")
            % {"date": doing.clocks.calendar.day_of(answer_by).isoformat()}
        )


def is_within_reopening_time(doing: Doing) -> bool:
    closed_at = doing.case.closed_at
    days = doing.clocks.settings.reopen_days
    return closed_at is not None and doing.now <= closed_at + timedelta(days=days)


def check_reply_after_closing(doing: Doing) -> None:
    if not is_within_reopening_time(doing):
        doing.refuse(_("The case was closed too long ago. Please send a new complaint."))


def reopen(doing: Doing) -> None:
    """Looked at again; the old clocks are kept and a new answer clock starts."""
    case = doing.case
    if doing.actor.role == Role.COMPLAINANT:
        check_reply_after_closing(doing)
        doing.say(doing.text("reason"), Message.Direction.IN, Message.Purpose.REPLY)
    else:
        doing.keep_reason()
    doing.event_data["outcome"] = case.outcome
    case.state = State.INVESTIGATING
    case.outcome = ""
    case.closed_at = None
    case.answered_at = None
    if case.held and doing.actor.is_staff:
        # A person has looked: it was no spam.
        release(doing)
    keep_handler_who_may(doing)
    tell_of_reply(doing)
    # What was promised and never proven is owed again.
    doing.clocks.start_promised(at=doing.now)
    doing.clocks.start(
        ClockName.ANSWER,
        at=doing.now,
        days=doing.clocks.settings.answer_days_for(case.priority),
    )
    doing.tell("reopened")
