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

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from conduct.senders import AN_HOUR, network, within_limit

__all__ = [
    "AN_HOUR",
    "busy_per_hour",
    "file_checks",
    "max_file_size",
    "max_files",
    "network",
    "proof_bits",
    "staged_bytes_per_hour",
    "submissions_per_hour",
    "within_limit",
]


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
