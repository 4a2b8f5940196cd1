"""Sending what waits for followers: one claim for each try, and waits that grow."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.db.models import F
from django.utils import timezone

from conduct.encryption import DecryptionError
from conduct.models.follower import FollowerMail, Purpose

from .mails import mail_of

logger = logging.getLogger(__name__)

State = FollowerMail.State
#: Waits between tries; the last one again and again, until `GIVE_UP` has passed.
WAITS = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
GIVE_UP = timedelta(days=30)
FAILURES_IN_A_ROW = 5


def claim(pk: int, now: datetime) -> FollowerMail | None:
    """Take a mail for one try; None where it is not due or somebody else has just taken it."""
    waiting = FollowerMail.objects.filter(pk=pk, state=State.WAITING, next_try_at__lte=now)
    # Should this process die, the next sweep tries again.
    if not waiting.update(tries=F("tries") + 1, next_try_at=now + WAITS[0]):
        return None
    related = FollowerMail.objects.select_related("follower__site", "edition")
    # None: who left meanwhile is not written to.
    return related.filter(pk=pk).first()


def send_one(pk: int, now: datetime | None = None) -> bool | None:
    """True: sent; False: it failed, and is tried again; None: nothing could be sent."""
    # The time of the try and not of the sweep: what is claimed now must not be due again at once.
    now = now or timezone.now()
    try:
        mail = claim(pk, now)
        message = mail_of(mail) if mail else None
    except DecryptionError:
        # The key that is missing may come back; until then the others must not wait for it.
        logger.exception("The address of follower's mail %s can't be read", pk)
        FollowerMail.objects.filter(pk=pk).update(next_try_at=now + WAITS[-1])
        return None
    if mail is None:
        return None
    if message is None:
        _note(mail, State.GIVEN_UP)
        return None
    try:
        message.send(fail_silently=False)
    except Exception as error:  # noqa: BLE001 - whatever the mail server does
        # The class only: a server's words may repeat the address.
        logger.warning("Follower's mail %s could not be sent: %s", pk, type(error).__name__)
        _failed(mail, now, for_good=_is_for_good(error))
        return False
    _note(mail, State.SENT, sent_at=timezone.now())
    return True


def send_due(now: datetime | None = None, limit: int = 500) -> int:
    """Try what is due, longest due first; the number that was sent. Safe on two machines at once.

    Ends where several in a row fail: the mail server is down, and each try may take its time.
    """
    due = FollowerMail.objects.filter(state=State.WAITING, next_try_at__lte=now or timezone.now())
    sent = failed_in_a_row = 0
    for pk in list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit]):
        result = send_one(pk, now)
        sent += result is True
        failed_in_a_row = failed_in_a_row + 1 if result is False else 0
        if failed_in_a_row >= FAILURES_IN_A_ROW:
            break
    return sent


def _failed(mail: FollowerMail, now: datetime, *, for_good: bool) -> None:
    if for_good or now - mail.created_at > GIVE_UP:
        _note(mail, State.GIVEN_UP)
        return
    wait = WAITS[min(mail.tries, len(WAITS)) - 1]
    FollowerMail.objects.filter(pk=mail.pk).update(next_try_at=now + wait)


def _note(mail: FollowerMail, state: str, **fields: datetime) -> None:
    row = FollowerMail.objects.filter(pk=mail.pk)
    if mail.purpose == Purpose.CONFIRM:
        row.delete()  # asked for anew, it is sent anew
    else:
        row.update(state=state, next_try_at=None, **fields)


def _is_for_good(error: Exception) -> bool:
    """No later try can succeed: the address can't be written to, or its server refused it."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, ValueError)
