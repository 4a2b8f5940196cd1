"""Remembering which case somebody has opened: in the session, for two quiet hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY as SIGNED_IN
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from complaints.models import Case

SESSION_KEY = "conduct_case"
IDLE = timedelta(hours=2)
#: The session is written once in this time, not at every page.
REFRESH = timedelta(minutes=5)


def remember(request: HttpRequest, case: Case, now: datetime) -> None:
    """Open a case for this session, under a new session id."""
    request.session.cycle_key()
    if SIGNED_IN not in request.session:
        # On a device that others use, closing the browser is enough.
        request.session.set_expiry(0)
    request.session[SESSION_KEY] = {
        "case": case.pk,
        "proof": _proof(case),
        "opened": now.isoformat(),
        "active": now.isoformat(),
    }


def forget(request: HttpRequest) -> None:
    """Close the case; a member of staff who is signed in stays so."""
    request.session.pop(SESSION_KEY, None)
    if SIGNED_IN in request.session:
        request.session.cycle_key()
    else:
        request.session.flush()


def opened_case(request: HttpRequest, now: datetime) -> Case | None:
    """The case this session has open, or None. A new key ends what the old one opened."""
    held = request.session.get(SESSION_KEY)
    if not held:
        return None
    active = datetime.fromisoformat(held["active"])
    case = (
        Case.objects.select_related("site", "handler").filter(pk=held["case"]).first()
        if now - active <= IDLE
        else None
    )
    if case is None or not constant_time_compare(held["proof"], _proof(case)):
        forget(request)
        return None
    if now - active >= REFRESH:
        request.session[SESSION_KEY] = held | {"active": now.isoformat()}
    return case


def say_next(request: HttpRequest, said: dict[str, Any]) -> None:
    """Keep what the next page has to say: what was done, which files were not taken."""
    request.session[SESSION_KEY] = request.session[SESSION_KEY] | {"said": said}


def take_said(request: HttpRequest) -> dict[str, Any]:
    held = request.session.get(SESSION_KEY) or {}
    if "said" not in held:
        return {}
    request.session[SESSION_KEY] = {k: v for k, v in held.items() if k != "said"}
    return dict(held["said"])


def _proof(case: Case) -> str:
    return salted_hmac("conduct.case.session", case.key_hash, algorithm="sha256").hexdigest()
