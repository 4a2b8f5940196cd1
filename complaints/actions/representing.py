"""Whether a representative may be told about the case (4.10; SEC-REP)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.doing import Doing
from complaints.lifecycle import AuthorityResult
from complaints.models import Message, Party
from complaints.references import hash_key, new_key


def keep_sent_authority(doing: Doing) -> None:
    """The files of this reply are the permission that somebody has to check."""
    files, representative = doing.data.get("attachments") or (), doing.case.representative
    if not files or representative is None:
        return
    for attachment in files:
        attachment.is_authority = True
        attachment.save(update_fields=["is_authority"])
    if not representative.has_authority:
        representative.authority = Party.Authority.SENT
        representative.save(update_fields=["authority"])


def check_authority(doing: Doing) -> None:
    """Keep what somebody found; only a permission in order lets us tell the representative."""
    representative, until = doing.case.representative, doing.data.get("until")
    assert representative is not None  # see complaints.access.FITS
    result = doing.data["result"]
    doing.event_data["result"] = str(result)
    if result == AuthorityResult.CONFIRMED:
        if until and until < timezone.localdate(doing.now):
            why = _("This day has passed: a permission that has ended is not enough.")
            doing.refuse(why, until=why)
        representative.authority = Party.Authority.CONFIRMED
        representative.authority_scope = doing.text("scope")
        representative.authority_until = until
    elif result == AuthorityResult.INSTEAD:
        _write_to_the_complainant(doing)
        representative.authority = Party.Authority.REFUSED
    else:
        words = doing.require("text", _("Say what is missing, so that they can send it."))
        representative.authority = Party.Authority.REFUSED
        message = doing.say(words, Message.Direction.OUT, Message.Purpose.UPDATE)
        doing.tell("authority", message)
    representative.save()


def _write_to_the_complainant(doing: Doing) -> None:
    """Who acts for them may have the key: the complainant gets a new one."""
    case = doing.case
    if not case.complainant.is_reachable:
        doing.refuse(
            _("We know no way to reach the complainant. Ask for one, or for the permission.")
        )
    case.answer_to_representative = False
    key = new_key()
    case.key_hash = hash_key(key)
    doing.tell("new_key", secret=key)
