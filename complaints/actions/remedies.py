"""Putting right unasked, delivering what was promised, and checking that it was done (7.9)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.authority import check_amount, exceeds, lacks_amount
from complaints.lifecycle import Channel, Finding, State
from complaints.models import ClockName, Message, Remedy


def put_right(doing: Doing) -> None:
    """A broken promise that we found ourselves: the customer gets what the promise says, unasked
    (ISO 10001:2018, 6.4). `key` is given where the customer does not know of the case yet."""
    from complaints.actions.performing import not_possible

    case, data = doing.case, doing.data
    if case.channel != Channel.STAFF:
        # What a customer complained of is answered, by two people.
        doing.refuse(not_possible(case, doing.action))
    check_amount(data["remedy_kind"], data.get("amount"))
    promised = [(data["remedy_kind"], data.get("amount"))]
    if exceeds(doing.actor.user, case, promised, doing.clocks.settings.currency, approving=True):
        why = _("This is more than you may approve. Ask a lead who may, or send it back.")
        doing.refuse(why, amount=why)
    case.issues.update(finding=Finding.UPHELD, reasons=doing.text("text"))
    remedy = Remedy.objects.create(
        case=case,
        kind=data["remedy_kind"],
        description=doing.text("description"),
        amount=data.get("amount"),
        currency=doing.clocks.settings.currency if data.get("amount") else "",
        owner=case.handler or doing.actor.user,
        due_on=data.get("due_on"),
        promised_at=doing.now,
    )
    doing.event_data["remedy"] = remedy.pk
    case.cause = doing.text("cause")
    case.state = State.PUTTING_RIGHT
    case.answered_at = doing.now
    case.acknowledged_at = case.acknowledged_at or doing.now
    doing.clocks.stop(ClockName.ACKNOWLEDGE, ClockName.ANSWER, at=doing.now)
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.ANSWER)
    doing.tell("put_right", message, secret=str(data.get("key") or ""), remedy=remedy)


def _remedy(doing: Doing) -> Remedy:
    remedy = doing.data["remedy"]
    if remedy.case_id != doing.case.pk:
        doing.refuse(_("This remedy belongs to another case."))
    doing.event_data["remedy"] = remedy.pk
    return doing.case.remedies.select_for_update().get(pk=remedy.pk)


def deliver(doing: Doing) -> None:
    remedy = _remedy(doing)
    if remedy.delivered_at is not None:
        doing.refuse(_("Its delivery was recorded already."))
    remedy.delivered_at = doing.now
    remedy.delivered_by = doing.actor.user
    remedy.proof = doing.text("proof")
    remedy.save()


def verify(doing: Doing) -> None:
    """Above the limit of the organisation by somebody who did not deliver it."""
    remedy = _remedy(doing)
    if remedy.delivered_at is None:
        doing.refuse(_("Record its delivery first."))
    if remedy.verified_at is not None:
        doing.refuse(_("It was verified already."))
    # How much it was is not known of what was promised before an amount was asked for.
    unknown = lacks_amount(remedy.kind, remedy.amount)
    above = unknown or (remedy.amount or 0) > doing.clocks.settings.verify_above
    if above and remedy.delivered_by == doing.actor.user:
        doing.refuse(_("Somebody else has to verify a remedy of this amount."))
    remedy.verified_at = doing.now
    remedy.verified_by = doing.actor.user
    remedy.save()
    doing.clocks.stop_for(remedy, at=doing.now)
