"""A public form without cookie or session: one-time tokens, own site only, not too many an hour.

Beside what the forms of followers are checked for (`conduct.following.guarding`), a token makes one
comment of however many clicks.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from conduct.following.guarding import CHECKED, HONEYPOT
from conduct.same_site import is_from_own_site
from conduct.senders import within_limit

TOKEN = "token"  # noqa: S105 - the name of a field
LIFETIME = timedelta(hours=24)
_SALT = "conduct.consultation.token"


class Hurdle(StrEnum):
    """Why a form that is filled in properly comes back once more."""

    EXPIRED = "expired"
    USED = "used"
    PERSON = "person"
    LIMIT = "limit"
    CROSS_SITE = "cross_site"


STATUS = {Hurdle.LIMIT: 429, Hurdle.CROSS_SITE: 403}


def new_token() -> str:
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(18))


def token_id(text: str) -> str | None:
    """The id in a token of this site that is not older than a day; None for anything else."""
    try:
        return signing.TimestampSigner(salt=_SALT).unsign(text, max_age=LIFETIME)
    except signing.BadSignature:
        return None


def hurdle_before(request: HttpRequest) -> Hurdle | None:
    """What stands in the way before anybody looks at the words."""
    return None if is_from_own_site(request) else Hurdle.CROSS_SITE


def hurdle_at_sending(request: HttpRequest, token: str | None) -> Hurdle | None:
    """What stands in the way of words that are all right; counts them where nothing does."""
    if token is None:
        return Hurdle.EXPIRED
    if request.POST.get(HONEYPOT) and CHECKED not in request.POST:
        return Hurdle.PERSON
    return None if _within_limit(request) else Hurdle.LIMIT


def _within_limit(request: HttpRequest) -> bool:
    return within_limit(
        request, "consultation", getattr(settings, "CONDUCT_SUBMISSIONS_PER_HOUR", 30)
    )
