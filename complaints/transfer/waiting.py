"""A file between its preview and the confirmation.

It lies encrypted in private storage. The form carries a signed note about it: whose it is, which
table, what the preview said. Another person's note, an old one and a changed one are refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.utils import timezone

from complaints.models.conversation import private_storage
from complaints.privacy.encryption import DecryptionError, decrypt_bytes, encrypt_bytes

KEPT_FOR = timedelta(hours=1)
FOLDER = "imports"
_SALT = "complaints.transfer.waiting"


class Refused(Exception):
    """The note is not this person's, is too old, was changed, or its file is gone."""


@dataclass(frozen=True)
class Note:
    """What the signed note says. `sha256` is the file's, `digest` the preview's."""

    stored: str
    sha256: str
    user: str
    table: str
    digest: str


def keep(content: bytes, *, user: Any, table: str, digest: str) -> str:
    """Store the file; the answer is the note for the form."""
    sweep()
    stored = private_storage().save(
        f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(content))
    )
    sha256 = hashlib.sha256(content).hexdigest()
    return signing.dumps(asdict(Note(stored, sha256, str(user.pk), table, digest)), salt=_SALT)


def open_note(text: str, *, user: Any, table: str) -> Note:
    try:
        note = Note(**signing.loads(text, salt=_SALT, max_age=KEPT_FOR))
    except (signing.BadSignature, TypeError) as error:
        raise Refused from error
    if (note.user, note.table) != (str(user.pk), table):
        raise Refused
    return note


def content_of(note: Note) -> io.BytesIO:
    try:
        with private_storage().open(note.stored) as file:
            content = decrypt_bytes(file.read())
    except (OSError, DecryptionError) as error:
        raise Refused from error
    if hashlib.sha256(content).hexdigest() != note.sha256:
        raise Refused
    return io.BytesIO(content)


def forget(note: Note) -> None:
    private_storage().delete(note.stored)


def sweep(**kwargs: Any) -> None:
    """Delete what nobody confirmed in time. Also called by the clocks."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except OSError:
        return
    for name in names:
        path = f"{FOLDER}/{name}"
        with contextlib.suppress(OSError):
            if storage.get_modified_time(path) < timezone.now() - KEPT_FOR:
                storage.delete(path)
