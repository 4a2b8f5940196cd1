"""Permissions beyond the handling of the case: taking them back (GDPR, article 7)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.lifecycle import ConsentPurpose
from complaints.models import Case
from complaints.signals import permission_withdrawn


def withdraw_permission(doing: Doing) -> None:
    """As easy as giving it: from now on nothing is done that rests on it."""
    case, purpose = doing.case, doing.data["purpose"]
    given = case.consents.filter(purpose=purpose, withdrawn_at=None)
    if not given.update(withdrawn_at=doing.now):
        doing.refuse(_("This permission was never given, or was taken back already."))
    doing.event_data["purpose"] = str(purpose)
    if purpose == ConsentPurpose.SURVEY:
        case.may_be_surveyed = False
    elif purpose == ConsentPurpose.STORY:
        case.may_be_told = False
    elif purpose == ConsentPurpose.SUPPORT:
        person = case.complainant
        person.support, person.support_needs, person.support_review_on = [], "", None
        person.save(update_fields=["support", "support_needs", "support_review_on"])
    permission_withdrawn.send(sender=Case, case=case, purpose=str(purpose))
