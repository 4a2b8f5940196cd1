"""Questions, replies, updates and notes (7.3, 7.6)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.deadlines import ANSWERING
from complaints.lifecycle import Role, State
from complaints.mentions import mentioned_in
from complaints.models import Message, Notice
from complaints.notices.staff import responsible
from complaints.references import hash_key
from complaints.references import new_key as random_key


def ask(doing: Doing) -> None:
    """A question to the complainant; clocks that may pause stand still."""
    doing.case.came_from = doing.case.state
    doing.case.state = State.WAITING
    doing.clocks.pause(*ANSWERING, at=doing.now)
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.QUESTION)
    doing.tell("question", message)


def reply(doing: Doing) -> None:
    """What the complainant says, at any time; it ends the waiting, but not another state."""
    from complaints.actions.closing import check_reply_after_closing
    from complaints.actions.representing import keep_sent_authority

    case = doing.case
    if case.state == State.CLOSED:
        check_reply_after_closing(doing)
    doing.say(doing.text("text"), Message.Direction.IN, Message.Purpose.REPLY)
    if doing.data.get("is_authority"):
        keep_sent_authority(doing)
    if case.state == State.WAITING:
        case.state = case.came_from or State.OPEN
        case.came_from = ""
        doing.clocks.resume(at=doing.now)
    tell_of_reply(doing)


def tell_of_reply(doing: Doing) -> None:
    """What a complainant writes is never left unread because nobody handles the case any more."""
    if doing.actor.role == Role.COMPLAINANT:
        for user in responsible(doing.case):
            doing.tell_staff(user, "staff_reply")


def note(doing: Doing) -> None:
    """Among staff only. Colleagues it mentions (`@` and their user name) are told to look."""
    doing.say(doing.text("text"), Message.Direction.INTERNAL, Message.Purpose.NOTE)
    called = mentioned_in(doing.text("text"), doing.case)
    for colleague in called:
        doing.tell_staff(colleague, "staff_mentioned")
    if called:
        doing.event_data["mentioned"] = [colleague.pk for colleague in called]


def update(doing: Doing) -> None:
    """How it is going, told before anyone has to ask."""
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.UPDATE)
    doing.tell("update", message)


def new_key(doing: Doing) -> None:
    """Who lost the key gets another by mail; the old one opens nothing any more (7.3).

    To the address on file: whoever asks by telephone may not be who they say. Without e-mail it
    stands in a letter, which staff print or read out after making sure who it is.
    """
    if not doing.case.correspondent.is_reachable:
        doing.refuse(_("There is no address on file to send a new key to."))
    doing.keep_reason()
    key = random_key()
    doing.case.key_hash = hash_key(key)
    doing.tell("new_key", secret=key)


def record_told(doing: Doing) -> None:
    """Somebody has called or written a letter: what waited for that is told now."""
    from complaints.actions.moderation import FIRST_WORDS, acknowledge

    doing.told = True
    waiting = list(doing.case.notices.to_be_told())
    doing.event_data["notices"] = [notice.pk for notice in waiting]
    if doing.case.acknowledged_at is None and FIRST_WORDS & {n.template for n in waiting}:
        acknowledge(doing)
    else:
        doing.say(doing.text("how"), Message.Direction.INTERNAL, Message.Purpose.NOTE)
    doing.case.notices.to_be_told().update(state=Notice.State.TOLD, sent_at=doing.now, secret="")
