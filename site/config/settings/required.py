"""What production can't start without, and how to make it."""

import base64
import binascii
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

FERNET_KEY = "base64.urlsafe_b64encode(os.urandom(32)).decode()"
REQUIRED = {
    "SECRET_KEY": (
        "signs sessions and tokens; make one with: "
        'python -c "import secrets; print(secrets.token_urlsafe(64))"'
    ),
    "ALLOWED_HOSTS": "the names the site answers to, separated by commas: complaints.example.org",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "CACHE_URL": "shared by all processes: redis://host:6379/0, or dbcache://conduct_cache after "
    "manage.py createcachetable",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "FIELD_ENCRYPTION_KEYS": (
        "encrypt contact data, newest first, separated by commas; make one with: "
        f'python -c "import base64, os; print({FERNET_KEY})"'
    ),
    "MEDIA_ROOT or STORAGE_URL": (
        "where files lie: a folder that is backed up, or s3://bucket?region=…"
    ),
}
LEAST_SECRET = 50


def _given(name: str, environment: Mapping[str, str]) -> bool:
    return any(environment.get(part, "").strip() for part in name.split(" or "))


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except (binascii.Error, ValueError):
        return False


def problems(environment: Mapping[str, str]) -> list[str]:
    """One line for each variable that is missing or can't work. Never quotes a secret."""
    found = [
        f"{name} is missing: {how}"
        for name, how in REQUIRED.items()
        if not _given(name, environment)
    ]
    secret = environment.get("SECRET_KEY", "")
    if secret and len(secret) < LEAST_SECRET:
        found.append(f"SECRET_KEY is too short ({len(secret)} of {LEAST_SECRET} characters).")
    keys = [key.strip() for key in environment.get("FIELD_ENCRYPTION_KEYS", "").split(",")]
    for number, key in enumerate(keys, start=1):
        if any(keys) and not _is_fernet_key(key):
            found.append(
                f"FIELD_ENCRYPTION_KEYS: key {number} is not 32 bytes in URL-safe base64; "
                f"{REQUIRED['FIELD_ENCRYPTION_KEYS']}"
            )
    return found


def demand(environment: Mapping[str, str]) -> None:
    """Raise `ImproperlyConfigured` that names everything missing at once."""
    found = problems(environment)
    if found:
        listing = "\n".join(f"  - {problem}" for problem in found)
        raise ImproperlyConfigured(
            f"The production settings can't start:\n{listing}\n"
            "docs/operations.md explains each of them."
        )
