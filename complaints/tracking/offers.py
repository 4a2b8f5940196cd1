"""What a complainant can do now: the actions of `complaints.lifecycle` in their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.access import COMPLAINANT_ACTIONS, Actor, has_role, is_open_to_action
from complaints.lifecycle import ACTIONS, ConsentPurpose, State
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
    #: Its name in the address where one action is offered in several ways.
    variant: str = ""
    #: What `perform` is told besides the person's words.
    told: tuple[tuple[str, str], ...] = ()
    #: What it takes back.
    given: LazyText | str = ""

    @property
    def name(self) -> str:
        return self.variant or self.action


OFFERS = {
    offer.action: offer
    for offer in (
        Offer(
            "confirm_complaint",
            _("Yes, handle it as a complaint"),
            _(
                "Someone looks into what happened, and you get an answer with reasons. It counts "
                "from the day you first wrote to us, and it is free of charge."
            ),
            _("Thank you. We handle it as a complaint."),
            _("You have told us already that you want it handled as a complaint."),
            _("Yes, handle it as a complaint"),
        ),
        Offer(
            "decline_complaint",
            _("No, it was only feedback"),
            _(
                "We read it and learn from it, but nobody looks into it as a complaint. You can "
                "complain at any time later."
            ),
            _("Thank you. We take it as feedback."),
            _("You have told us already that it was only feedback."),
            _("No, it was only feedback"),
        ),
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


SEND_PERMISSION = replace(
    OFFERS["reply"],
    variant="send-permission",
    label=_("Send the permission"),
    explains=_(
        "Add a letter or a picture of one in which the person you act for allows you to do so, "
        "with their name and signature. We look into the case in the meantime."
    ),
    field_label=_("Anything you want to tell us"),
    done=_("Thank you. We check the permission and write to you when we have done so."),
    told=(("is_authority", "yes"),),
)


def _take_back(purpose: str, given: LazyText, label: LazyText, explains: LazyText) -> Offer:
    return Offer(
        "withdraw_permission",
        label,
        explains,
        _("You have taken your permission back. This changes nothing for your case."),
        _("You have taken this permission back already."),
        _("Take my permission back"),
        variant=f"take-back-{purpose}",
        told=(("purpose", purpose),),
        given=given,
    )


TAKE_BACK = {
    ConsentPurpose.SURVEY: _take_back(
        ConsentPurpose.SURVEY.value,
        _("We may ask you how satisfied you were."),
        _("Don’t ask me how satisfied I was"),
        _("We will not ask you how satisfied you were with the way we handled your case."),
    ),
    ConsentPurpose.STORY: _take_back(
        ConsentPurpose.STORY.value,
        _("We may tell what happened to you as an example, without names."),
        _("Don’t tell it as an example"),
        _("We will not tell what happened to you as an example any more, not even without names."),
    ),
    ConsentPurpose.SUPPORT: _take_back(
        ConsentPurpose.SUPPORT.value,
        _("We keep what support you need."),
        _("Forget what support I need"),
        _(
            "We delete what you told us about the support you need. If you need it again, please "
            "tell us anew."
        ),
    ),
}
OFFERS |= {offer.name: offer for offer in (SEND_PERMISSION, *TAKE_BACK.values())}


def reopen_until(case: Case, settings: HandlingSettings) -> datetime | None:
    """Until when a complainant may reopen a closed case or write about it; None while open."""
    return case.closed_at + timedelta(days=settings.reopen_days) if case.closed_at else None


def offers_for(case: Case, settings: HandlingSettings, now: datetime) -> list[Offer]:
    """Everything that would be done if asked now, in the order it is offered."""
    actor = Actor.complainant()
    offers = [
        _worded(OFFERS[name], case)
        for name in COMPLAINANT_ACTIONS
        if is_open_to_action(case, ACTIONS[name])
        and has_role(actor, case, ACTIONS[name])
        and _makes_sense(name, case, settings, now)
    ]
    return [SEND_PERMISSION, *offers] if needs_permission(case) else offers


def needs_permission(case: Case) -> bool:
    """Whoever acts for the complainant is told nothing yet."""
    return case.is_open and case.awaits_authority


def permissions_of(case: Case) -> list[Offer]:
    """One way to take it back for every permission that was given and still holds."""
    given = case.consents.filter(withdrawn_at=None).values_list("purpose", flat=True)
    return [TAKE_BACK[ConsentPurpose(purpose)] for purpose in given]


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
