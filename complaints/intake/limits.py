"""Limits of the public forms: read from Django settings when used, defaults here.

- `CONDUCT_MAX_FILES`: files with one message (5)
- `CONDUCT_MAX_FILE_SIZE`: bytes of one file (10 MB)
- `CONDUCT_SUBMISSIONS_PER_HOUR`: messages an hour from one network (30). A network is a /24 (IPv4)
  or a /64 (IPv6), which an office or a village may share: the limit is generous.
- `CONDUCT_BUSY_PER_HOUR`: tokens and messages an hour on a whole site; more, and browsers have to
  compute before sending (200), where the site's settings leave it to this rate
- `CONDUCT_PROOF_BITS`: how much they compute, as a power of two (19: about 500,000 hashes)
- `CONDUCT_STAGED_BYTES_PER_HOUR`: bytes an hour from one network that are kept for forms which are
  not sent yet (200 MB)
- `CONDUCT_FILE_CHECKS`: dotted names of further checks of a file, such as a virus scanner
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
AN_HOUR = 3600


def max_files() -> int:
    return getattr(settings, "CONDUCT_MAX_FILES", 5)


def max_file_size() -> int:
    return getattr(settings, "CONDUCT_MAX_FILE_SIZE", 10 * 1024 * 1024)


def submissions_per_hour() -> int:
    return getattr(settings, "CONDUCT_SUBMISSIONS_PER_HOUR", 30)


def busy_per_hour() -> int:
    return getattr(settings, "CONDUCT_BUSY_PER_HOUR", 200)


def proof_bits() -> int:
    return getattr(settings, "CONDUCT_PROOF_BITS", 19)


def staged_bytes_per_hour() -> int:
    return getattr(settings, "CONDUCT_STAGED_BYTES_PER_HOUR", 200 * 1024 * 1024)


def file_checks() -> list[Callable[..., Any]]:
    """Called with a `CheckedFile` each; they raise `uploads.RefusedFile` to refuse it."""
    return [import_string(name) for name in getattr(settings, "CONDUCT_FILE_CHECKS", [])]


def network(address: str) -> str:
    """The network that an address counts for; empty where there is no address to go by."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 64
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))


def within_limit(request: HttpRequest, scope: str, per_hour: int, amount: int = 1) -> bool:
    """Count one more (or `amount`) in this hour for the sender's network and say whether that is
    still allowed.

    Addresses are counted as a hash and forgotten after an hour. Where the cache does not answer,
    everybody is let in: a message must not be lost for want of a counter.
    """
    sender = network(request.META.get("REMOTE_ADDR", ""))
    if not sender:
        return True
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{sender}".encode()).hexdigest()[:32]
    key = f"conduct-limit-{scope}-{digest}"
    try:
        if cache.add(key, amount, timeout=AN_HOUR):
            return per_hour >= amount
        return cache.incr(key, amount) <= per_hour
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        logger.warning("The limit of messages could not be counted: %s", type(error).__name__)
        return True
