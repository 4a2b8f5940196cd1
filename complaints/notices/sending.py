"""One try to send one notice."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from complaints.models import Notice
from complaints.notices.outbox import claim, record_failure, record_sent

logger = logging.getLogger(__name__)


def send_one(pk: int, now: datetime | None = None) -> bool:
    """Try to send a notice; True where it was sent. A failure is recorded, never raised."""
    now = now or timezone.now()
    notice = claim(pk, now)
    if notice is None:
        return False
    try:
        mail_of(notice).send(fail_silently=False)
    except Exception as error:  # noqa: BLE001 - whatever the mail server does, the case must show it
        # The class only: a server's words may repeat the address.
        record_failure(notice, type(error).__name__, now)
        logger.warning("Notice %s could not be sent: %s", notice.pk, type(error).__name__)
        return False
    record_sent(notice, timezone.now())
    return True


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """The mail as it goes out. Its Message-ID stays the same over all tries."""
    to = notice.to_user.email if notice.to_user else notice.to.email if notice.to else ""
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
    """Try everything that is due; the number that was sent. Safe on two machines at once."""
    now = now or timezone.now()
    due = Notice.objects.filter(state=Notice.State.WAITING, next_try_at__lte=now)
    return sum(send_one(pk, now) for pk in due.values_list("pk", flat=True)[:limit])
