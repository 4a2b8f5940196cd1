"""Documents people send: PDF, plain text, Word and OpenDocument, recognised by their content."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath

from django.core.files.base import File
from django.utils.translation import gettext as _

#: Of a document that is a zip archive, unpacked. Nobody unpacks it here; it protects who opens it.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 5000
_ODT = b"application/vnd.oasis.opendocument.text"
# Text that some program would run, or that is markup and not meant for reading.
_NOT_FOR_READING = re.compile(
    rb"^\s*(?:#!|%!PS|\{\\rtf|<\?|<!doctype|<!--)|<\s*(?:html|head|body|script|svg|iframe|object|embed)\b",
    re.IGNORECASE,
)
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
    file.seek(0)
    data = file.read()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return False
    if _CONTROL.search(data) or _NOT_FOR_READING.search(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Older encodings of East Asia, Europe and the Arab world can't be told apart.
        return PurePosixPath(file.name or "").suffix.lower() in _TEXT_NAMES
    return True
