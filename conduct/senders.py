"""How much one sender may do in an hour: counted in the cache, by hashes soon forgotten."""

from __future__ import annotations

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)
AN_HOUR = 3600
A_DAY = 24 * AN_HOUR


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
    """
    sender = network(request.META.get("REMOTE_ADDR", ""))
    return not sender or within(scope, sender, per_hour, amount=amount)


def within(scope: str, value: str, most: int, *, seconds: int = AN_HOUR, amount: int = 1) -> bool:
    """Count one more for a value, such as a network, and say whether that is still allowed.

    Values are counted as a hash and forgotten after `seconds`. Where the cache does not answer,
    everybody is let in: a message must not be lost for want of a counter.
    """
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{value}".encode()).hexdigest()[:32]
    key = f"conduct-limit-{scope}-{digest}"
    try:
        if cache.add(key, amount, timeout=seconds):
            return most >= amount
        return bool(cache.incr(key, amount) <= most)
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        logger.warning("The limit of messages could not be counted: %s", type(error).__name__)
        return True
