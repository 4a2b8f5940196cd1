"""Limits on contact that is too much, with an end, a review and an appeal.

A new complaint is received whatever limit is in force: nothing of the intake reads them.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.lifecycle import ReviewOfRestriction
from complaints.models import Case, ContactRestriction, Message, Party

#: Nothing is limited for longer without somebody looking at it again.
REVIEW_AFTER = timedelta(days=90)
LONGEST = timedelta(days=366)


def restrict_contact(doing: Doing) -> None:
    case, until, today = doing.case, doing.data["until"], timezone.localdate(doing.now)
    if not today < until <= today + LONGEST:
        why = _("Choose a day after today and within one year.")
        doing.refuse(why, until=why)
    _wait_for_others_about(case)
    if ContactRestriction.objects.about(case).in_force_on(today).exists():
        doing.refuse(_("A limit on contact is in force for this person already. Look at it again."))
    assert doing.actor.user is not None, "only staff limit contact"
    restriction = ContactRestriction.objects.create(
        case=case,
        person_hash=case.complainant.email_hash,
        measure=doing.data["measure"],
        reason=doing.text("reason"),
        starts_on=today,
        ends_on=until,
        review_on=min(until, today + REVIEW_AFTER),
        decided_by=doing.actor.user,
    )
    doing.event_data.update(restriction=restriction.pk, measure=str(doing.data["measure"]))
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.UPDATE)
    doing.tell("restricted", message, restriction=restriction)


def _wait_for_others_about(case: Case) -> None:
    """A colleague may be limiting the same person's contact in another case at this moment."""
    if person := case.complainant.email_hash:
        rows = Party.objects.select_for_update(no_key=True).filter(email_hash=person)
        list(rows.order_by("pk").values_list("pk"))


def review_restriction(doing: Doing) -> None:
    """Kept or ended, with reasons; what the person objected is kept beside it."""
    today = timezone.localdate(doing.now)
    seen = Case.objects.visible_to(doing.actor.user).values("pk")
    in_force = ContactRestriction.objects.about(doing.case).in_force_on(today)
    restriction = in_force.filter(case__in=seen).select_for_update().first()
    if restriction is None:
        doing.refuse(_("No limit on contact is in force for this person."))
    assert restriction is not None
    if restriction.decided_by == doing.actor.user and doing.text("appeal"):
        doing.refuse(_("Somebody else has to look at an objection: you set this limit."))
    if appeal := doing.text("appeal"):
        restriction.appeal, restriction.appeal_at = appeal, doing.now
    result = ReviewOfRestriction(doing.data["result"])
    if result == ReviewOfRestriction.LIFT:
        restriction.lifted_at, restriction.lifted_by = doing.now, doing.actor.user
    else:
        restriction.review_on = min(restriction.ends_on, today + REVIEW_AFTER)
    restriction.save()
    doing.event_data.update(restriction=restriction.pk, result=str(result))
    message = doing.say(doing.text("text"), Message.Direction.OUT, Message.Purpose.UPDATE)
    doing.keep_reason()
    doing.tell("restriction_reviewed", message, restriction=restriction)
