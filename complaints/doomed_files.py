"""Deleting files for good, also where storage is down or the process ends at that moment (GDPR 5).

The row that says so is written with the change that gives the file up. Storage is asked after the
commit, so that what was rolled back has deleted nothing, and again by `manage.py run_clocks`.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import transaction

from complaints.models import Attachment, DoomedFile

AT_ONCE = 200
logger = logging.getLogger(__name__)


def doom(path: str, *, now: datetime) -> None:
    """Have the file deleted once the transaction is over."""
    doomed = DoomedFile.objects.create(path=path, since=now)
    transaction.on_commit(partial(_delete, doomed), robust=True)


def sweep() -> int:
    """Delete what could not be deleted before; how many files are gone now."""
    return sum(_delete(doomed) for doomed in DoomedFile.objects.all()[:AT_ONCE])


def _delete(doomed: DoomedFile) -> bool:
    try:
        # Of a file that is not there, too: the process may have ended between the two.
        Attachment._meta.get_field("file").storage.delete(doomed.path)
    except Exception as error:  # noqa: BLE001 - each storage has its own
        # The next run tries it again.
        logger.error("%s could not be deleted: %s", doomed.path, type(error).__name__)  # noqa: TRY400
        return False
    doomed.delete()
    return True
