"""What files may come with a message: judged by their content, never by their name (SEC-FILE).

Used by the complaint form, the complainant's case page and the staff's screens. A refused file
never loses the message it came with: callers go on and say which file was refused and why.

Known kinds: JPEG, PNG, GIF, WebP, HEIC, PDF, plain text, Word (docx) and OpenDocument text (odt).
Nothing a browser would run (HTML, SVG, scripts), no programs, no macros. Pictures lose their hidden
data (`pictures`): place, camera, author; orientation and colours stay. Nothing here decodes a
picture or unpacks a document, so that a small file can't become a huge one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import NamedTuple

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from complaints.intake import limits
from complaints.intake.documents import UnsafeDocument, document_kind
from complaints.intake.pictures import UnsafePicture, picture_kind, without_metadata
from complaints.intake.submission import CheckedFile

#: For the `accept` attribute: a convenience of the file picker, not a check.
ACCEPT = ".jpg,.jpeg,.png,.gif,.webp,.heic,.pdf,.txt,.docx,.odt"
NAME_LENGTH = 120
#: A picture up to so many bytes is not written to disk on its way.
IN_MEMORY = 256 * 1024


class RefusedFile(Exception):
    """A file that is not taken; `reason` is a sentence for the person who sent it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason


class Kind(NamedTuple):
    content_type: str
    extension: str


KINDS = {
    "jpeg": Kind("image/jpeg", "jpg"),
    "png": Kind("image/png", "png"),
    "gif": Kind("image/gif", "gif"),
    "webp": Kind("image/webp", "webp"),
    "heic": Kind("image/heic", "heic"),
    "pdf": Kind("application/pdf", "pdf"),
    "text": Kind("text/plain", "txt"),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "odt": Kind("application/vnd.oasis.opendocument.text", "odt"),
}
# Extensions that already say the kind and may stay as they were typed.
_ALSO = {"jpeg": {"jpg", "jpeg"}, "heic": {"heic", "heif"}}


def check_upload(file: UploadedFile) -> CheckedFile:
    """The file, safe to store, with a name and type that fit its content; raises `RefusedFile`."""
    name = safe_name(file.name or "")
    size = file.size or 0
    if size == 0:
        raise RefusedFile(name, _("The file is empty."))
    if size > limits.max_file_size():
        reason = _("The file is larger than %(limit)s.")
        raise RefusedFile(name, reason % {"limit": filesizeformat(limits.max_file_size())})
    try:
        kind, content = _examine(file)
    except (UnsafePicture, UnsafeDocument) as error:
        raise RefusedFile(name, str(error)) from error
    checked = CheckedFile(
        name=_named_as(name, kind),
        content_type=KINDS[kind].content_type,
        size=content.size or 0,
        content=content,
    )
    for check in limits.file_checks():
        check(checked)
        content.seek(0)
    return checked


def check_uploads(
    files: Iterable[UploadedFile], *, already: int = 0
) -> tuple[list[CheckedFile], list[RefusedFile]]:
    """Files to keep and files refused; at most `max_files`, those `already` kept included."""
    kept: list[CheckedFile] = []
    refused: list[RefusedFile] = []
    for file in files:
        try:
            if already + len(kept) >= limits.max_files():
                reason = _("Only %(number)s files can be sent at once.")
                raise RefusedFile(
                    safe_name(file.name or ""), reason % {"number": limits.max_files()}
                )
            kept.append(check_upload(file))
        except RefusedFile as error:
            refused.append(error)
    return kept, refused


def _examine(file: UploadedFile) -> tuple[str, File]:
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    kind = picture_kind(head)
    if kind is not None:
        # With its size, because reading "all" of a file on disk takes twice the memory.
        return kind, _cleaned(kind, file.read(file.size))
    kind = document_kind(head, file)
    file.seek(0)
    return kind, file


def _cleaned(kind: str, data: bytes) -> File:
    """A picture without hidden data. On disk unless it is small: five of them are a lot."""
    # Not one that moves to disk when it grows: for a moment that would hold the picture twice.
    place = BytesIO if len(data) <= IN_MEMORY else TemporaryFile
    clean = File(place())
    for piece in without_metadata(kind, data):
        clean.write(piece)
    clean.size = clean.tell()
    clean.seek(0)
    return clean


def safe_name(typed: str) -> str:
    """A file name without folders, control and direction characters, for showing and storing."""
    name = PurePosixPath(typed.replace("\\", "/")).name
    # Cc, Cf: controls and direction marks, which can make "gpj.exe" look like "exe.jpg".
    kept = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    kept = " ".join(kept.split()).strip(". ")
    if len(kept) > NAME_LENGTH:
        stem, dot, extension = kept.rpartition(".")
        kept = f"{stem[: NAME_LENGTH - 10]}{dot}{extension[:9]}" if dot else kept[:NAME_LENGTH]
    return kept or _("file")


def _named_as(name: str, kind: str) -> str:
    """The name with the extension of what the file is, whatever it called itself."""
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    right = KINDS[kind].extension
    if extension.lower() in _ALSO.get(kind, {right}):
        return name
    return f"{stem or name}.{right}"
