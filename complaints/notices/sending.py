"""One try to send one notice."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from complaints.models import Notice
from complaints.notices.outbox import claim, record_failure, record_sent
from complaints.privacy.encryption import DecryptionError

logger = logging.getLogger(__name__)
FAILURES_IN_A_ROW = 5


def send_one(pk: int, now: datetime | None = None) -> bool:
    """Try to send a notice; True where it was sent. A failure is recorded, never raised."""
    return _try(pk, now) is True


def _try(pk: int, now: datetime | None) -> bool | None:
    """True: sent; False: it failed; None: it was not due, or somebody else is sending it."""
    # The time of the try and not of the sweep: what is claimed now must not be due again at once.
    now = now or timezone.now()
    try:
        notice = claim(pk, now)
    except DecryptionError:
        # The key that is missing may come back; until then the others must not wait for it.
        logger.exception("The address of notice %s can't be read", pk)
        return False
    if notice is None:
        return None
    try:
        mail_of(notice).send(fail_silently=False)
    except Exception as error:  # noqa: BLE001 - whatever the mail server does, the case must show it
        # The class only: a server's words may repeat the address.
        record_failure(notice, type(error).__name__, now, for_good=_is_for_good(error))
        logger.warning("Notice %s could not be sent: %s", notice.pk, type(error).__name__)
        return False
    record_sent(notice, timezone.now())
    return True


def _is_for_good(error: Exception) -> bool:
    """No later try can succeed: the address can't be written to, or its server refused it for
    good."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, ValueError)


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """The mail as it goes out. Its Message-ID stays the same over all tries."""
    person = notice.to_user or notice.to
    to = notice.to_address or (person.email if person else "")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    text, html = notice.text, notice.html
    if notice.secret:
        text = text.replace(Notice.SECRET_MARK, notice.secret)
        html = html.replace(Notice.SECRET_MARK, notice.secret)
    mail = EmailMultiAlternatives(
        subject=notice.subject,
        body=text,
        to=[to],
        headers={
            "Message-ID": f"<notice-{notice.pk}-{notice.sha256[:16]}@{domain}>",
            "Content-Language": notice.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def send_due(now: datetime | None = None, limit: int = 500) -> int:
    """Try what is due, longest due first; the number that was sent. Safe on two machines at once.

    Ends where several in a row fail: the mail server is down, and each try may take its time.
    """
    due = Notice.objects.filter(state=Notice.State.WAITING, next_try_at__lte=now or timezone.now())
    sent = failed_in_a_row = 0
    for pk in list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit]):
        result = _try(pk, now)
        sent += result is True
        failed_in_a_row = failed_in_a_row + 1 if result is False else 0
        if failed_in_a_row >= FAILURES_IN_A_ROW:
            break
    return sent
