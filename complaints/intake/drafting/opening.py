"""Which draft a request may open: a cookie for each draft, for as long as the browser is open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from complaints.intake.drafting.drafts import Opened, find

#: The code is in the cookie and in no address. Two complaints in two windows are two cookies.
_NAME = "conduct-draft-"


def _cookie(public_id: UUID) -> str:
    return f"{_NAME}{public_id.hex[:16]}"


def opened_draft(request: HttpRequest, public_id: UUID, now: datetime) -> Opened | None:
    """The draft of an address, if this browser has its code."""
    code = request.COOKIES.get(_cookie(public_id), "")
    return find(public_id, code, now=now) if code else None


def let_open(response: HttpResponseBase, opened: Opened, request: HttpRequest) -> None:
    """Give this browser the code. Other sites can't make it be sent, and scripts can't read it."""
    response.set_cookie(
        _cookie(opened.draft.public_id),
        opened.code,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def close(response: HttpResponseBase, public_id: UUID) -> None:
    response.delete_cookie(_cookie(public_id), samesite="Lax")
