"""Keeping the files of a case, each content once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.intake.submission import CheckedFile
from complaints.models import Attachment, Case, ExtraQuestion, Issue
from complaints.scanning import first_state, queue_scan

logger = logging.getLogger(__name__)


def store_files(case: Case, files: Sequence[CheckedFile], now: datetime) -> list[str]:
    """Keep the files that are not kept yet; names of those that could not be stored."""
    if not files:
        return []
    with transaction.atomic():
        # The same form sent twice at once: the second waits and finds the files of the first.
        Case.objects.locked().only("pk").get(pk=case.pk)
        return _store_unknown_files(case, files, now)


def _store_unknown_files(case: Case, files: Sequence[CheckedFile], now: datetime) -> list[str]:
    lost = []
    known = set(case.attachments.values_list("sha256", flat=True))
    for file in files:
        try:
            attachment = store_file(case, file, now=now, known=known)
        except OSError as error:
            logger.error("A file of case %s could not be stored: %s", case.pk, error)  # noqa: TRY400
            lost.append(file.name)
        else:
            if attachment:
                known.add(attachment.sha256)
    return lost


def store_file(
    case: Case, file: CheckedFile, *, now: datetime, known: set[str] | None = None
) -> Attachment | None:
    """Store one file of a case, or None where its content is there already."""
    digest = hashlib.sha256()
    for chunk in file.content.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    if known and sha256 in known:
        return None
    file.content.seek(0)
    attachment = Attachment(
        case=case,
        name=file.name[-200:] or _("file"),
        content_type=file.content_type,
        size=file.size,
        sha256=sha256,
        at=now,
        issue=_issue_of(case, file),
        question=_question_of(file),
        is_authority=file.is_authority,
        scan=first_state(),
    )
    attachment.file.save("file", file.content, save=False)
    attachment.save()
    queue_scan(attachment.pk)
    return attachment


def _issue_of(case: Case, file: CheckedFile) -> Issue | None:
    """The problem that a file is about, where there are several."""
    return case.issues.filter(number=file.issue).first() if file.issue > 1 else None


def _question_of(file: CheckedFile) -> ExtraQuestion | None:
    return ExtraQuestion.objects.filter(code=file.question).first() if file.question else None
