"""What has to be done for followers every few minutes; `manage.py run_clocks` calls it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from .asking import forget_unconfirmed
from .sending import send_due
from .telling import forget_old_mails, write_mails


def sweep(now: datetime | None = None) -> int:
    """Forget, write and send what is due; the number of mails that were sent.

    Safe to run twice and on two machines at once.
    """
    moment = now or timezone.now()
    forget_unconfirmed(moment)
    forget_old_mails(moment)
    write_mails(moment)
    return send_due(now)
