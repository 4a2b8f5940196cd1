"""Files of a message that is not sent yet.

A browser forgets the chosen files whenever a form comes back to it (an error, an expired token, the
check page without JavaScript), and a draft waits for days. They are kept here, in private storage,
found only by a key that nobody else has: the id inside the form's signed token, or a draft's.

Each file has a small one beside it that says what it is (`<stored>.json`), written after it and
deleted before it. There is no common list, so that files that arrive at the same moment can't
overwrite each other's entry.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils import timezone

from complaints.intake.submission import CheckedFile
from complaints.intake.uploads import RefusedFile
from complaints.models.conversation import private_storage
from complaints.privacy.encrypted_file import decrypted, encrypted
from complaints.privacy.encryption import DecryptionError, decrypt_bytes, encrypt_bytes

logger = logging.getLogger(__name__)
#: Twice the life of a token, so that an expired form still finds its files.
KEPT_FOR = timedelta(hours=48)
_ABOUT = ".json"
_REFUSED = "refused"
#: At the start of what a file is stored as: when, so that files stay in the order they came in.
_MOMENT = 16
#: Seconds that counting the files of one key may take.
_HELD = 10


@dataclass(frozen=True)
class StagedFile(CheckedFile):
    """A checked file that lies in a staging area as `stored`."""

    stored: str = ""


#: What is written down about a file: everything but the file itself.
_FACTS = tuple(f.name for f in fields(CheckedFile) if f.name != "content")


@dataclass(frozen=True)
class Staged:
    files: tuple[StagedFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()


class NoRoom(Exception):
    """So many files are kept under this key that another one has no place."""


@dataclass(frozen=True)
class Area:
    """A folder of the private storage with files kept by key; `encrypted` at rest or not.

    With `kept_for`, `sweep` deletes what was not touched for so long; without, the owner of the
    keys discards them.
    """

    root: str
    kept_for: timedelta | None = None
    encrypted: bool = False

    def load(self, key: str) -> Staged:
        """What was kept for a key; nothing where there is nothing (any more)."""
        storage, folder = private_storage(), self._folder(key)
        files: list[StagedFile] = []
        refused: tuple[RefusedFile, ...] = ()
        for name in sorted(_names(storage, folder)):
            try:
                if name == _REFUSED:
                    rows = self._read(storage, f"{folder}/{name}")
                    refused = tuple(RefusedFile(**row) for row in rows)
                elif name.endswith(_ABOUT):
                    files.append(self._open(storage, folder, name.removesuffix(_ABOUT)))
            except (OSError, ValueError, DecryptionError) as error:
                # Sent or swept by another request at this moment, or damaged.
                logger.info("A staged file could not be read: %s", type(error).__name__)
        return Staged(tuple(files), refused)

    def keep(
        self, key: str, files: Sequence[CheckedFile], refused: Iterable[RefusedFile] = ()
    ) -> tuple[StagedFile, ...]:
        """Keep exactly these files for a key; raises OSError where the storage fails.

        What arrives by `add` at the same moment stays too.
        """
        storage, folder = private_storage(), self._folder(key)
        before = {file.stored: file for file in self.load(key).files}
        kept = tuple(self._store(storage, folder, file, before) for file in files)
        rows = [{"name": r.name, "reason": r.reason} for r in refused]
        storage.delete(f"{folder}/{_REFUSED}")
        if rows:
            self._write(storage, f"{folder}/{_REFUSED}", rows)
        for stored in before.keys() - {file.stored for file in kept}:
            self.remove(key, stored)
        _sweep_now_and_then()
        return kept

    def add(
        self,
        key: str,
        file: CheckedFile,
        *,
        at_most: int | None = None,
        among: Callable[[CheckedFile], bool] = lambda _file: True,
    ) -> StagedFile:
        """Keep one more; raises `NoRoom` beyond `at_most` files and OSError where storage fails.

        `among`: which of the files count.
        """
        storage, folder = private_storage(), self._folder(key)
        if at_most is None:
            kept = self._store(storage, folder, file, {})
        else:
            content = self._store_content(storage, folder, file)
            with _one_after_another(folder):
                counted = [other for other in self.load(key).files if among(other)]
                if len(counted) < at_most:
                    kept = self._describe(storage, folder, file, content)
                else:
                    storage.delete(f"{folder}/{content}")
                    raise NoRoom
        _sweep_now_and_then()
        return kept

    def remove(self, key: str, stored: str) -> bool:
        """Take one file out; False where it is not there."""
        storage, folder = private_storage(), self._folder(key)
        if f"{stored}{_ABOUT}" not in _names(storage, folder):
            return False
        storage.delete(f"{folder}/{stored}{_ABOUT}")
        storage.delete(f"{folder}/{stored[_MOMENT:]}")
        return True

    def discard(self, key: str) -> None:
        """Forget what was kept for a key; what can't be deleted now is swept later."""
        try:
            _delete_folder(private_storage(), self._folder(key))
        except OSError as error:
            logger.info("Staged files are left to be swept: %s", type(error).__name__)

    def sweep(self, *, now: datetime | None = None) -> int:
        """Delete what nobody sent in time; how many messages' files. Safe to run twice."""
        if self.kept_for is None:
            return 0
        storage = private_storage()
        oldest = (now or timezone.now()) - self.kept_for
        swept = 0
        for folder in _folders(storage, self.root):
            try:
                names = storage.listdir(folder)[1]
                if all(storage.get_modified_time(f"{folder}/{n}") < oldest for n in names):
                    _delete_folder(storage, folder)
                    swept += 1
            except OSError as error:
                logger.info("Staged files could not be swept: %s", type(error).__name__)
        return swept

    def sweep_but(self, keys: Iterable[str], *, before: datetime) -> int:
        """Delete folders of other keys than these in which nothing has changed since."""
        storage, kept = private_storage(), {self._folder(key) for key in keys}
        swept = 0
        for folder in _folders(storage, self.root):
            try:
                names = storage.listdir(folder)[1]
                old = all(storage.get_modified_time(f"{folder}/{n}") < before for n in names)
                if folder not in kept and old:
                    _delete_folder(storage, folder)
                    swept += 1
            except OSError as error:
                logger.info("Staged files could not be swept: %s", type(error).__name__)
        return swept

    def _folder(self, key: str) -> str:
        return f"{self.root}/{hashlib.sha256(key.encode()).hexdigest()}"

    def _store(
        self, storage: Storage, folder: str, file: CheckedFile, before: dict[str, StagedFile]
    ) -> StagedFile:
        earlier = before.get(file.stored) if isinstance(file, StagedFile) else None
        if isinstance(file, StagedFile) and earlier is not None:
            facts = {name: getattr(file, name) for name in _FACTS}
            if facts != {name: getattr(earlier, name) for name in _FACTS}:
                storage.delete(f"{folder}/{file.stored}{_ABOUT}")
                self._write(storage, f"{folder}/{file.stored}{_ABOUT}", facts)
            return file
        return self._describe(storage, folder, file, self._store_content(storage, folder, file))

    def _store_content(self, storage: Storage, folder: str, file: CheckedFile) -> str:
        """The file itself; it counts once `_describe` has said what it is."""
        content = uuid4().hex
        file.content.seek(0)
        storage.save(
            f"{folder}/{content}", encrypted(file.content) if self.encrypted else file.content
        )
        return content

    def _describe(
        self, storage: Storage, folder: str, file: CheckedFile, content: str
    ) -> StagedFile:
        facts = {name: getattr(file, name) for name in _FACTS}
        stored = f"{time.time_ns():0{_MOMENT}x}{content}"
        self._write(storage, f"{folder}/{stored}{_ABOUT}", facts)
        return StagedFile(**facts, content=file.content, stored=stored)

    def _open(self, storage: Storage, folder: str, stored: str) -> StagedFile:
        facts = self._read(storage, f"{folder}/{stored}{_ABOUT}")
        content: File = storage.open(f"{folder}/{stored[_MOMENT:]}")
        if self.encrypted:
            content = decrypted(content, size=facts["size"])
        return StagedFile(**facts, content=content, stored=stored)

    def _write(self, storage: Storage, path: str, value: Any) -> None:
        data = json.dumps(value).encode()
        storage.save(path, ContentFile(encrypt_bytes(data) if self.encrypted else data))

    def _read(self, storage: Storage, path: str) -> Any:
        with storage.open(path) as file:
            data = file.read()
        return json.loads(decrypt_bytes(data) if self.encrypted else data)


@contextmanager
def _one_after_another(folder: str) -> Iterator[None]:
    """Count and keep as one step, for all processes that share a cache.

    A process that died here holds up nobody for longer than `_HELD`; whoever can't wait any longer
    goes on, since one file too many is better than none.
    """
    lock, patience = f"conduct-staging-{folder}", time.monotonic() + _HELD
    while not (mine := cache.add(lock, 1, timeout=_HELD)) and time.monotonic() < patience:
        time.sleep(0.01)
    try:
        yield
    finally:
        if mine:
            cache.delete(lock)


def _names(storage: Storage, folder: str) -> list[str]:
    try:
        return storage.listdir(folder)[1]
    except OSError:
        return []


def _folders(storage: Storage, root: str) -> Iterator[str]:
    try:
        folders, _files = storage.listdir(root)
    except FileNotFoundError:
        return
    yield from (f"{root}/{name}" for name in folders)


def _delete_folder(storage: Storage, folder: str) -> None:
    # First what says that a file is there, then the files.
    for name in sorted(_names(storage, folder), key=lambda name: not name.endswith(_ABOUT)):
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)


FORMS = Area("staged", kept_for=KEPT_FOR)
#: Answers wait here for two weeks and longer: nobody who finds the disk shall read them.
DRAFTS = Area("drafts", encrypted=True)
load, keep, discard, sweep = FORMS.load, FORMS.keep, FORMS.discard, FORMS.sweep
FOLDER = FORMS.root


def _sweep_now_and_then() -> None:
    """Works without any scheduler; with one, `sweep` may run more often."""
    if cache.add("conduct-staging-swept", value=True, timeout=3600):
        FORMS.sweep()
