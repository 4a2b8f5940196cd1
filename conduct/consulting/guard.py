"""A public form without cookie or session: one-time tokens, own site only, not too many an hour.

The same rules as for complaints, which this app can't see: the token makes one comment of however
many clicks, another site can't send in a reader's name, and a program that fills in every field is
asked once more.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import secrets
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)
TOKEN, CHECKED = "token", "checked"  # names of fields
#: Looks like a field to a program that fills in everything; people don't meet it.
HONEYPOT = "further_subject"
LIFETIME = timedelta(hours=24)
AN_HOUR = 3600
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


def is_from_own_site(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from this host; true without a browser."""
    fetched_from = request.headers.get("Sec-Fetch-Site", "").lower()
    if fetched_from:
        return fetched_from in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    is_own = urlsplit(origin).netloc.lower() == request.get_host().lower()
    return not origin or is_own or origin in settings.CSRF_TRUSTED_ORIGINS


def hurdle_before(request: HttpRequest) -> Hurdle | None:
    """What stands in the way before anybody looks at the words."""
    return None if is_from_own_site(request) else Hurdle.CROSS_SITE


def hurdle_at_sending(request: HttpRequest, token: str | None) -> Hurdle | None:
    """What stands in the way of words that are all right; counts them where nothing does."""
    if token is None:
        return Hurdle.EXPIRED
    if request.POST.get(HONEYPOT) and CHECKED not in request.POST:
        return Hurdle.PERSON
    return None if within_limit(request) else Hurdle.LIMIT


def within_limit(request: HttpRequest) -> bool:
    """Count one more comment of this network in this hour; whether that is still allowed.

    Networks are counted as a hash and forgotten after an hour. Where the cache does not answer,
    everybody is let in.
    """
    network = _network(request.META.get("REMOTE_ADDR", ""))
    if not network:
        return True
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{network}".encode()).hexdigest()[:32]
    key = f"conduct-limit-consultation-{digest}"
    per_hour = getattr(settings, "CONDUCT_SUBMISSIONS_PER_HOUR", 30)
    try:
        if cache.add(key, 1, timeout=AN_HOUR):
            return bool(per_hour >= 1)
        return bool(cache.incr(key) <= per_hour)
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        logger.warning("The limit of comments could not be counted: %s", type(error).__name__)
        return True


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 64
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))
