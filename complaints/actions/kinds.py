"""What a case is: changing its kind, and turning feedback into a complaint (7.2)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.lifecycle import ComplaintWish, Kind, State


def change_kind(doing: Doing) -> None:
    kind = doing.data["kind"]
    if kind == doing.case.kind:
        words = _("It is of this kind already.")
        doing.refuse(words, kind=words)
    if doing.case.state not in {State.RECEIVED, State.OPEN} and kind != Kind.COMPLAINT:
        doing.refuse(_("A complaint that is being looked into stays a complaint."))
    doing.event_data.update(old=doing.case.kind, new=str(kind))
    _become(doing, kind)
    doing.keep_reason()


def make_complaint(doing: Doing) -> None:
    """Feedback that tells of something wrong: handled as a complaint from now on, as of the time it
    was first received. The sender is told, and asked whether they want that."""
    case = doing.case
    doing.event_data.update(old=case.kind, new=str(Kind.COMPLAINT))
    _become(doing, Kind.COMPLAINT)
    case.complaint_wish = ComplaintWish.ASKED
    doing.tell("made_complaint")


def confirm_complaint(doing: Doing) -> None:
    doing.case.complaint_wish = ComplaintWish.YES


def decline_complaint(doing: Doing) -> None:
    """The sender meant it as feedback only: it is that again."""
    case = doing.case
    doing.event_data.update(old=case.kind, new=case.first_kind or str(Kind.SUGGESTION))
    _become(doing, case.first_kind or Kind.SUGGESTION)
    case.complaint_wish = ComplaintWish.NO


def _become(doing: Doing, kind: str) -> None:
    case = doing.case
    case.first_kind = case.first_kind or case.kind
    case.kind = kind
