"""Files of a message that is not sent yet.

A browser forgets the chosen files whenever a form comes back to it (an error, an expired token, the
check page without JavaScript). They are kept here, in private storage, found only by the id inside
the form's signed token, deleted when the message is sent and swept after two days.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from complaints.intake.submission import CheckedFile
from complaints.intake.uploads import RefusedFile
from complaints.models.conversation import private_storage

logger = logging.getLogger(__name__)
FOLDER = "staged"
INDEX = "index.json"
#: Twice the life of a token, so that an expired form still finds its files.
KEPT_FOR = timedelta(hours=48)


@dataclass(frozen=True)
class StagedFile(CheckedFile):
    """A checked file that lies in the staging area as `stored`."""

    stored: str = ""


@dataclass(frozen=True)
class Staged:
    files: tuple[StagedFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()


def _folder(token_id: str) -> str:
    return f"{FOLDER}/{hashlib.sha256(token_id.encode()).hexdigest()}"


def load(token_id: str) -> Staged:
    """What was kept for a token; nothing where there is nothing (any more)."""
    storage, folder = private_storage(), _folder(token_id)
    try:
        if not storage.exists(f"{folder}/{INDEX}"):
            return Staged()
        with storage.open(f"{folder}/{INDEX}") as file:
            index = json.loads(file.read())
        files = [
            StagedFile(**row, content=storage.open(f"{folder}/{row['stored']}"))
            for row in index["files"]
        ]
    except (OSError, ValueError) as error:
        # Sent or swept by another request at this moment.
        logger.info("Staged files could not be read: %s", type(error).__name__)
        return Staged()
    return Staged(tuple(files), tuple(RefusedFile(**row) for row in index["refused"]))


def keep(
    token_id: str, files: Sequence[CheckedFile], refused: Iterable[RefusedFile]
) -> tuple[StagedFile, ...]:
    """Keep exactly these files for a token; raises OSError where the storage fails."""
    storage, folder = private_storage(), _folder(token_id)
    before = {file.stored for file in load(token_id).files}
    kept = tuple(_store(storage, folder, file, before) for file in files)
    rows = [
        {"name": f.name, "content_type": f.content_type, "size": f.size, "stored": f.stored}
        for f in kept
    ]
    index = {"files": rows, "refused": [{"name": r.name, "reason": r.reason} for r in refused]}
    storage.delete(f"{folder}/{INDEX}")
    storage.save(f"{folder}/{INDEX}", ContentFile(json.dumps(index).encode()))
    for stored in before - {file.stored for file in kept}:
        storage.delete(f"{folder}/{stored}")
    _sweep_now_and_then()
    return kept


def _store(storage: Storage, folder: str, file: CheckedFile, before: set[str]) -> StagedFile:
    if isinstance(file, StagedFile) and file.stored in before:
        return file
    name = uuid4().hex
    file.content.seek(0)
    storage.save(f"{folder}/{name}", file.content)
    return StagedFile(file.name, file.content_type, file.size, file.content, stored=name)


def discard(token_id: str) -> None:
    """Forget what was kept for a token; what can't be deleted now is swept later."""
    try:
        _delete_folder(private_storage(), _folder(token_id))
    except OSError as error:
        logger.info("Staged files are left to be swept: %s", type(error).__name__)


def _delete_folder(storage: Storage, folder: str) -> None:
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)


def sweep(*, now: datetime | None = None) -> int:
    """Delete what nobody sent in time; how many messages' files that were. Safe to run twice."""
    storage = private_storage()
    oldest = (now or timezone.now()) - KEPT_FOR
    try:
        folders, _names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    swept = 0
    for name in folders:
        folder = f"{FOLDER}/{name}"
        try:
            names = storage.listdir(folder)[1]
            if all(storage.get_modified_time(f"{folder}/{n}") < oldest for n in names):
                _delete_folder(storage, folder)
                swept += 1
        except OSError as error:
            logger.info("Staged files could not be swept: %s", type(error).__name__)
    return swept


def _sweep_now_and_then() -> None:
    """Works without any scheduler; with one, `sweep` may run more often."""
    if cache.add("conduct-staging-swept", value=True, timeout=3600):
        sweep()
