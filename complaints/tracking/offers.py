"""What a complainant can do now: the actions of `complaints.lifecycle` in their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.access import COMPLAINANT_ACTIONS, Actor, has_role, is_open_to_action
from complaints.lifecycle import ACTIONS, State
from complaints.models import Case, HandlingSettings


@dataclass(frozen=True)
class Offer:
    """One thing a complainant can do, and the page where they do it."""

    action: str
    label: LazyText
    #: What happens when they do it.
    explains: LazyText
    #: What the next page says when it is done.
    done: LazyText
    #: What is said to somebody who does it a second time.
    already: LazyText
    button: LazyText
    #: The name of the field of `perform` that takes the person's words; empty where none are asked.
    field: str = ""
    field_label: LazyText | str = ""
    required: bool = False
    takes_files: bool = False
    #: Ends something: the button looks like it.
    final: bool = False


OFFERS = {
    offer.action: offer
    for offer in (
        Offer(
            "accept",
            _("Accept the answer"),
            _(
                "You agree with our answer. If we promised something to put it right, we do it "
                "now; otherwise your case ends here. Later you can still ask us to look at it "
                "again."
            ),
            _("Thank you. We have noted that you accept the answer."),
            _("You have accepted the answer already. You need not do anything more."),
            _("I accept the answer"),
        ),
        Offer(
            "reject",
            _("Don’t accept the answer"),
            _(
                "Your case stays open, and we write to you what you can do next, with us and "
                "outside. You don’t have to give reasons."
            ),
            _(
                "We have noted that you do not accept the answer. Your case stays open. What "
                "you can do next is below."
            ),
            _("You have told us already that you do not accept the answer. Your case stays open."),
            _("I don’t accept the answer"),
            field="text",
            field_label=_("What is not right about it?"),
        ),
        Offer(
            "request_review",
            _("Ask for a review"),
            _(
                "Someone who was not involved before looks at your case again. It is free, and "
                "you don’t have to give reasons."
            ),
            _("We have your request. Someone who was not involved before looks at it again."),
            _("You have asked for a review already. It is under way."),
            _("Ask for a review"),
        ),
        Offer(
            "reply",
            _("Add something"),
            _("Tell us anything that helps, at any time. You can add files."),
            _("Thank you. We have your message."),
            _("We have this message already."),
            _("Send"),
            field="text",
            field_label=_("Your message"),
            required=True,
            takes_files=True,
        ),
        Offer(
            "withdraw",
            _("Withdraw"),
            _(
                "We stop looking into it and close your case. Nobody will ask you why. This "
                "does not take any legal right away from you."
            ),
            _("You have withdrawn it, and your case is closed."),
            _("You have withdrawn it already, and your case is closed."),
            _("Yes, withdraw it"),
            field="text",
            field_label=_("Anything you want to tell us"),
            final=True,
        ),
        Offer(
            "reopen",
            _("Ask us to look at it again"),
            _("Tell us what is not settled. We open your case again and answer you anew."),
            _("Your case is open again."),
            _("You have asked us already: your case is open again."),
            _("Open my case again"),
            field="reason",
            field_label=_("What is not settled?"),
            required=True,
        ),
    )
}
ANSWER_QUESTION = replace(
    OFFERS["reply"],
    label=_("Answer our question"),
    explains=_("We go on as soon as we have your reply. You can add files."),
    field_label=_("Your reply"),
    done=_("Thank you. We have your reply and go on."),
)


def reopen_until(case: Case, settings: HandlingSettings) -> datetime | None:
    """Until when a complainant may reopen a closed case or write about it; None while open."""
    return case.closed_at + timedelta(days=settings.reopen_days) if case.closed_at else None


def offers_for(case: Case, settings: HandlingSettings, now: datetime) -> list[Offer]:
    """Everything that would be done if asked now, in the order it is offered."""
    actor = Actor.complainant()
    return [
        _worded(OFFERS[name], case)
        for name in COMPLAINANT_ACTIONS
        if is_open_to_action(case, ACTIONS[name])
        and has_role(actor, case, ACTIONS[name])
        and _makes_sense(name, case, settings, now)
    ]


def _makes_sense(name: str, case: Case, settings: HandlingSettings, now: datetime) -> bool:
    if name == "reject":
        return not case.contested
    if name == "request_review":
        return case.stage == 1
    until = reopen_until(case, settings)
    return until is None or now <= until


def _worded(offer: Offer, case: Case) -> Offer:
    if offer.action == "reply" and case.state == State.WAITING:
        return ANSWER_QUESTION
    return offer
