"""What a case is: changing its kind, and turning feedback into a complaint (7.2)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.lifecycle import Channel, ComplaintWish, Kind, State


def change_kind(doing: Doing) -> None:
    kind = doing.data["kind"]
    if kind == doing.case.kind:
        words = _("It is of this kind already.")
        doing.refuse(words, kind=words)
    if doing.case.state not in {State.RECEIVED, State.OPEN} and kind != Kind.COMPLAINT:
        doing.refuse(_("A complaint that is being looked into stays a complaint."))
    become(doing, kind)
    doing.keep_reason()


def make_complaint(doing: Doing) -> None:
    """Feedback that tells of something wrong: handled as a complaint from now on, as of the time it
    was first received: the clocks have run since then and go on."""
    become(doing, Kind.COMPLAINT)


def confirm_complaint(doing: Doing) -> None:
    doing.case.complaint_wish = ComplaintWish.YES
    doing.event_data["on_behalf"] = doing.on_behalf


def decline_complaint(doing: Doing) -> None:
    """The sender meant it as feedback only: it is that again, and gets its answer in the same
    time."""
    become(doing, doing.case.first_kind or Kind.SUGGESTION)
    doing.case.complaint_wish = ComplaintWish.NO
    doing.event_data["on_behalf"] = doing.on_behalf


def become(doing: Doing, kind: str) -> None:
    """Change the kind. Who sent feedback is told and asked where it becomes a complaint."""
    case = doing.case
    doing.event_data.update(old=str(case.kind), new=str(kind))
    case.first_kind = case.first_kind or case.kind
    case.kind = kind
    if kind == Kind.COMPLAINT and case.first_kind != Kind.COMPLAINT and _can_be_asked(doing):
        case.complaint_wish = ComplaintWish.ASKED
        doing.tell("made_complaint")


def _can_be_asked(doing: Doing) -> bool:
    """Not who answered a survey without a name: nobody was given the key of the case."""
    case = doing.case
    has_page = case.channel != Channel.SURVEY
    return case.complaint_wish != ComplaintWish.YES and (
        has_page or case.correspondent.is_reachable
    )
