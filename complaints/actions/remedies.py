"""Delivering what was promised, and checking that it was (7.9)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.models import Remedy


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
    above = (remedy.amount or 0) > doing.clocks.settings.verify_above
    if above and remedy.delivered_by == doing.actor.user:
        doing.refuse(_("Somebody else has to verify a remedy of this amount."))
    remedy.verified_at = doing.now
    remedy.verified_by = doing.actor.user
    remedy.save()
