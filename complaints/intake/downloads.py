"""Sending a stored file to somebody who may have it. The caller checks the permission first."""

from __future__ import annotations

from django.http import FileResponse

from complaints.models import Attachment


def file_response(attachment: Attachment) -> FileResponse:
    """The file as a download under its own name: never shown in a page, never cached or run."""
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
