"""A case changes hands while its complainant knows whom to turn to; more time is taken (4.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.assessment import give_to
from complaints.actions.doing import Doing
from complaints.models import Message

#: No answer is put off for longer at a time.
LONGEST = timedelta(days=366)


def hand_over(doing: Doing) -> None:
    """To a colleague who may have it. The complainant hears who it is now."""
    user = doing.data["handler"]
    if user == doing.case.handler:
        why = _("This person handles it already.")
        doing.refuse(why, handler=why)
    give_to(doing, user)
    doing.keep_reason()
    doing.tell("new_contact", contact=user.get_full_name() or user.get_username())


def extend(doing: Doing) -> None:
    """A later last day, told before the one that was promised passes (7.4)."""
    clock = doing.clocks.answering()
    until = doing.data["until"]
    calendar = doing.clocks.calendar
    if clock is None:
        doing.refuse(_("No time for an answer is running that could be made longer."))
    assert clock is not None
    if clock.paused_at is None and clock.due_at < doing.now:
        doing.refuse(
            _(
                "The last day has passed: it counts as late. Send an update that says when the "
                "answer comes."
            )
        )
    if until > timezone.localdate(doing.now) + LONGEST:
        why = _("Choose a day after today and within one year.")
        doing.refuse(why, until=why)
    if not calendar.is_working_day(until):
        why = _("This is no working day. Choose one.")
        doing.refuse(why, until=why)
    if calendar.end_of(until) <= max(clock.due_at, doing.now):
        why = _("Choose a day after the present last day.")
        doing.refuse(why, until=why)
    doing.event_data.update(old=_day(doing, clock.due_at), new=until.isoformat())
    doing.clocks.extend(clock, until=until, at=doing.now)
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.UPDATE)
    doing.tell("extended", message)


def _day(doing: Doing, moment: datetime) -> str:
    return doing.clocks.calendar.day_of(moment).isoformat()
