"""Sending a stored file to somebody who may have it. The caller checks the permission first."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.translation import gettext as _

from complaints.models import Attachment


class LockedFile(Exception):
    """Nobody may open the file now, whatever their rights; `why` is a sentence for them."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def why_locked(attachment: Attachment, *, withheld: bool = False) -> str:
    """Why nobody may open a file now; empty where that is not so.

    `withheld`: this person may have what was withheld; what is harmful stays locked for them, too.
    """
    if attachment.withheld_at is not None and not withheld:
        return _("This file was withheld: it holds what nobody needs to read.")
    if attachment.is_harmless:
        return ""
    if attachment.scan == Attachment.Scan.WAITING:
        return _("We are still checking this file. Try again in a minute.")
    return _("This file is harmful, so nobody can open it.")


def file_response(attachment: Attachment, *, withheld: bool = False) -> FileResponse:
    """The file as a download under its own name: never shown in a page, never cached or run.

    `withheld`: the caller has made sure that this person may have what was withheld.
    Raises `LockedFile`, or OSError where the storage can't give it.
    """
    if why := why_locked(attachment, withheld=withheld):
        raise LockedFile(why)
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
