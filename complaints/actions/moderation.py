"""Reading what came in: moderation, acknowledgement and confidentiality (7.2–7.4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.actions.doing import Doing
from complaints.actions.ending import end_case
from complaints.actions.kinds import become
from complaints.actions.linking import join, to_join
from complaints.lifecycle import ModerationResult, Outcome, ScopeReason, State
from complaints.models import ClockName, Involvement, Issue, Message, Notice

#: The notices that say that it has arrived.
FIRST_WORDS = frozenset({"received", "released"})


def moderate(doing: Doing) -> None:
    """Open it with its kind and category, or end it with a reason the sender is told."""
    case, result = doing.case, doing.data["result"]
    doing.event_data["result"] = str(result)
    case.moderated_at = doing.now
    if result == ModerationResult.ACCEPT:
        _open(doing)
    elif result == ModerationResult.OUT_OF_SCOPE:
        why = doing.require("scope_reason", _("Choose why it is out of scope."))
        if why == ScopeReason.TOO_OLD:
            _check_age(doing)
        words = doing.require("detail", _("Say where the sender can go instead."))
        case.scope_reason = doing.event_data["scope_reason"] = str(why)
        message = doing.say(words, Message.Direction.OUT, Message.Purpose.CLOSING)
        end_case(doing, Outcome.OUT_OF_SCOPE)
        doing.tell("out_of_scope", message)
    elif result == ModerationResult.DUPLICATE:
        other = to_join(doing, "duplicate_of")
        join(doing, other)
        doing.event_data["duplicate_of"] = other.pk
        end_case(doing, Outcome.DUPLICATE)
        doing.tell("duplicate")
    else:
        # Nobody is told: an answer would tell a sender of spam that the address works.
        end_case(doing, Outcome.ABUSE)


def _check_age(doing: Doing) -> None:
    """Nothing is refused as too old that happened within the time the organisation looks back."""
    case, months = doing.case, doing.clocks.settings.look_back_months
    received = doing.clocks.calendar.day_of(case.received_at)
    if case.happened_on is None or case.happened_on >= months_before(received, months):
        why = ngettext(
            "Only what happened more than %(months)d month before it came in may be refused as "
            "too old, and the case says when it happened.",
            "Only what happened more than %(months)d months before it came in may be refused as "
            "too old, and the case says when it happened.",
            months,
        ) % {"months": months}
        doing.refuse(why, scope_reason=why)


def months_before(day: date, months: int) -> date:
    """The same day of the month, or the last one that this month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def release(doing: Doing) -> None:
    """A person has looked: it is no spam. It goes on as if it had never been held."""
    doing.case.held = False
    # Nothing has been told so far, so that spam in somebody's name does not reach them.
    if doing.case.acknowledged_at is None:
        doing.tell("released")
        person = doing.case.correspondent
        # Who can't be reached has had the page with reference and key.
        if person.email or not person.is_reachable:
            acknowledge(doing)


def _open(doing: Doing) -> None:
    case, data = doing.case, doing.data
    if case.held:
        release(doing)
    category = doing.require("category", _("Choose a category."))
    issue = case.issues.first() or Issue(case=case, number=1)
    issue.category = category
    issue.save()
    if (kind := data.get("kind") or case.kind) != case.kind:
        become(doing, kind)
    case.team = data.get("team") or category.team or case.team
    case.state = State.OPEN
    doing.event_data.update(kind=case.kind, category=category.pk, team=case.team_id)


def acknowledge(doing: Doing) -> None:
    """The complainant knows that it has arrived: the acknowledgement clock stops."""
    case = doing.case
    if case.acknowledged_at is not None:
        doing.refuse(_("It was acknowledged already."))
    case.acknowledged_at = doing.now
    doing.told = True
    doing.clocks.stop(ClockName.ACKNOWLEDGE, at=doing.now)
    if doing.actor.is_staff:
        first = case.notices.to_be_told().filter(template__in=FIRST_WORDS)
        first.update(state=Notice.State.TOLD, sent_at=doing.now)
    if how := doing.text("how"):
        doing.say(how, Message.Direction.INTERNAL, Message.Purpose.ACKNOWLEDGEMENT)


def set_confidential(doing: Doing) -> None:
    """A confidential case is seen only by the people on it and the privacy officer."""
    confidential = bool(doing.data.get("confidential"))
    if doing.case.data_condition and not confidential:
        doing.refuse(
            _(
                "It holds specially protected data: black it out and say so with “Mark specially "
                "protected data” first."
            )
        )
    doing.event_data.update(old=doing.case.confidential, new=confidential)
    doing.case.confidential = confidential
    if confidential:
        # Who closes the door stays in the room.
        doing.involve(doing.actor.user, Involvement.Part.LEAD)
    doing.keep_reason()
