"""Outreach to others, translations beside the words, and holds (annex F, 4.9, 8.1)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.models import MessageTranslation


def record_outreach(doing: Doing) -> None:
    outreach = doing.data["outreach"]
    if outreach.case_id != doing.case.pk:
        doing.refuse(_("This belongs to another case."))
    if outreach.done_at is not None:
        doing.refuse(_("This was recorded already."))
    outreach.result, outreach.reached = doing.text("result"), doing.data.get("reached")
    outreach.done_at, outreach.done_by = doing.now, doing.actor.user
    outreach.save()
    doing.event_data.update(outreach=outreach.pk, reached=outreach.reached)


def translate(doing: Doing) -> None:
    """Beside the original, which stays as it is. A second one in the same language replaces it."""
    message, language = doing.data["message"], str(doing.data["language"])
    if message.case_id != doing.case.pk:
        doing.refuse(_("This belongs to another case."))
    if language == message.language:
        why = _("This is the language it was written in.")
        doing.refuse(why, language=why)
    MessageTranslation.objects.update_or_create(
        message=message,
        language=language,
        defaults={
            "text": doing.text("text"),
            "by_machine": bool(doing.data.get("by_machine")),
            "author": doing.actor.user,
            "at": doing.now,
            "is_source": False,
        },
    )
    doing.event_data.update(
        message=message.pk, language=language, by_machine=bool(doing.data.get("by_machine"))
    )


def hold(doing: Doing) -> None:
    """No retention run touches it until the hold ends."""
    doing.case.legal_hold = True
    doing.keep_reason()


def release_hold(doing: Doing) -> None:
    doing.case.legal_hold = False
    doing.keep_reason()
