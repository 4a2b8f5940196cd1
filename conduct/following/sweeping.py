"""What has to be done for followers every few minutes; `manage.py run_clocks` calls it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from .asking import forget_unconfirmed
from .sending import send_due
from .telling import forget_old_mails, write_mails

logger = logging.getLogger(__name__)


def sweep(now: datetime | None = None) -> int:
    """Forget, write and send what is due; the number of mails that were sent.

    Safe to run twice and on two machines at once. Never raises: other clocks run after it.
    """
    moment = now or timezone.now()
    try:
        forget_unconfirmed(moment)
        write_mails(moment)
        sent = send_due(now)
        forget_old_mails(moment)
    except Exception:
        logger.exception("Followers could not be attended to")
        return 0
    return sent
