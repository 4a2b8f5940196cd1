"""A file that came in stays closed until a scan has found nothing; a harmful one for good.

Nothing is lost where the scanner is down: files wait, `manage.py run_clocks` tries again. A harmful
file stays in the storage, as evidence and because a scanner can err, but nobody is served it.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from complaints.models import Attachment
from complaints.scanning.clamd import Address, ScanFailed, Unreachable, find_harm

logger = logging.getLogger(__name__)
Scan = Attachment.Scan
#: The mail to the staff about a file in which something was found.
HARMFUL = "staff_harmful_file"


def scanner() -> Address | None:
    """The daemon that the setting names; None where files are not scanned."""
    url = getattr(settings, "CONDUCT_CLAMD_URL", "")
    return Address.parse(url) if url else None


def first_state() -> str:
    """The state of a file that has just come in."""
    return Scan.WAITING if getattr(settings, "CONDUCT_CLAMD_URL", "") else ""


def queue_scan(pk: int) -> None:
    """Have a file scanned when it is committed."""
    if first_state():
        transaction.on_commit(partial(_enqueue, pk), robust=True)


def _enqueue(pk: int) -> None:
    from complaints.tasks import scan_attachment

    scan_attachment.enqueue(pk)


def scan_one(pk: int, now: datetime | None = None) -> bool:
    """Scan a file that waits for it; True where there is a verdict by now. Never raises."""
    try:
        return _scan(pk, now)
    except ScanFailed as error:
        logger.warning("File %s could not be scanned: %s", pk, error)
        return False


def scan_waiting(now: datetime | None = None, limit: int = 500) -> int:
    """Scan what still waits, oldest first; how many got a verdict. Safe to run twice."""
    if not first_state():
        return 0
    scanned = 0
    waiting = Attachment.objects.filter(scan=Scan.WAITING).order_by("at")
    for pk in waiting.values_list("pk", flat=True)[:limit]:
        try:
            scanned += _scan(pk, now)
        except Unreachable as error:
            logger.warning("The virus scanner can't be reached: %s", error)
            break
        except ScanFailed as error:
            # One file that can't be scanned must not keep the others waiting.
            logger.warning("File %s could not be scanned: %s", pk, error)
    return scanned


def _scan(pk: int, now: datetime | None) -> bool:
    try:
        address = scanner()
    except ValueError as error:
        # `manage.py check` says so too, but a server may start without it.
        raise Unreachable("its address is malformed") from error
    attachment = Attachment.objects.filter(pk=pk, scan=Scan.WAITING).first()
    if address is None or attachment is None:
        return False
    try:
        with attachment.file.open("rb") as content:
            harm = find_harm(address, content.chunks())
    except OSError as error:
        raise ScanFailed(f"not readable, {type(error).__name__}") from error
    return _record(attachment, harm, now or timezone.now())


def _record(attachment: Attachment, harm: str, now: datetime) -> bool:
    state = Scan.INFECTED if harm else Scan.CLEAN
    with transaction.atomic():
        waiting = Attachment.objects.filter(pk=attachment.pk, scan=Scan.WAITING)
        # Of two scans at once, one writes and tells.
        if not waiting.update(scan=state, scanned_at=now):
            return False
        if harm:
            logger.warning("File %s is locked away: %s", attachment.pk, harm)
            _tell_staff(attachment, now)
    return True


def _tell_staff(attachment: Attachment, now: datetime) -> None:
    from complaints.notices.outbox import queue_staff_notice
    from complaints.notices.staff import leads, responsible

    case = attachment.case
    people = {user.pk: user for user in [*responsible(case), *leads(case)]}
    for user in people.values():
        queue_staff_notice(case, user, HARMFUL, now=now)
