"""Documents people send: PDF, plain text, Word and OpenDocument, recognised by their content."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.base import File
from django.utils.translation import gettext as _

#: Of a document that is a zip archive, unpacked. Nobody unpacks it here; it protects who opens it.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 5000
_ODT = b"application/vnd.oasis.opendocument.text"
# Text that some program would run, or that is markup and not meant for reading.
_STARTS_OTHERWISE = re.compile(rb"\s*(?:#!|%!PS|\{\\rtf|<\?|<!doctype|<!--)", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<\s*(?:html|head|body|script|svg|iframe|object|embed)\b",
    re.IGNORECASE,
)
_PIECE = 64 * 1024
#: So much of a piece is looked at again with the next one. No browser allows as much inside of a
#: tag's name.
_OVERLAP = 1024
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_TEXT_NAMES = {".txt", ".csv", ".md", ".log", ".eml"}


class UnsafeDocument(ValueError):
    """A file that is not taken; the message is a sentence for the person who sent it."""


def document_kind(head: bytes, file: File) -> str:
    """pdf, docx, odt or text; raises `UnsafeDocument` for anything else."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file)
    if _is_text(file):
        return "text"
    raise UnsafeDocument(_unknown())


def _unknown() -> str:
    return _(
        "This kind of file can't be taken. Send a picture (JPEG, PNG, GIF, WebP, HEIC), a PDF, a "
        "Word or OpenDocument text, or plain text."
    )


def _kind_of_archive(file: File) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(members)
            names = {member.filename for member in members}
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(_ODT):
                with archive.open("mimetype") as mimetype:
                    if mimetype.read(len(_ODT)) == _ODT and "content.xml" in names:
                        return "odt"
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnsafeDocument(_("The document is damaged and can't be opened.")) from error
    except ValueError as error:
        if isinstance(error, UnsafeDocument):
            raise
        raise UnsafeDocument(_("The document is damaged and can't be opened.")) from error
    raise UnsafeDocument(_unknown())


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise UnsafeDocument(_("The document becomes far too large when it is opened."))
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise UnsafeDocument(_("The document is damaged and can't be opened."))
        if member.flag_bits & 1:
            raise UnsafeDocument(_("The document is locked with a password. Send it without one."))
        if path.name.lower() == "vbaproject.bin" or path.parts[:1] in {("Basic",), ("Scripts",)}:
            raise UnsafeDocument(_("The document holds macros. Save it as a PDF and send that."))


def _is_text(file: File) -> bool:
    """Piece by piece: a text of ten megabytes must not take a hundred in memory."""
    encoding = _encoding_of(file)
    decode = codecs.getincrementaldecoder(encoding)()
    is_readable, tail, has_begun = True, b"", False
    for piece in _pieces(file):
        try:
            text = decode.decode(piece) if is_readable else ""
            data = text.encode() if encoding == "utf-16" else piece
        except UnicodeError:
            is_readable, data = False, piece
        if not is_readable and encoding == "utf-16":
            return False
        if _CONTROL.search(data) or _is_for_programs(tail + data, is_start=not has_begun):
            return False
        has_begun = has_begun or bool(data.strip())
        tail = (tail + data)[-_OVERLAP:]
    try:
        decode.decode(b"", final=is_readable)
    except UnicodeError:
        is_readable = False
    # Older encodings of East Asia, Europe and the Arab world can't be told apart.
    has_name = PurePosixPath(file.name or "").suffix.lower() in _TEXT_NAMES
    return is_readable or (has_name and encoding != "utf-16")


def _encoding_of(file: File) -> str:
    file.seek(0)
    return "utf-16" if file.read(2) in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"


def _pieces(file: File) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _is_for_programs(data: bytes, *, is_start: bool) -> bool:
    if is_start and _STARTS_OTHERWISE.match(data):
        return True
    return bool(_MARKUP.search(data))
