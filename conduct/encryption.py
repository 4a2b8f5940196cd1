"""Contact data at rest: an encrypted text column and a keyed hash to find an exact value.

Keys come from the setting `CONDUCT_FIELD_ENCRYPTION_KEYS` (newest first, each a Fernet key), so
that a key
can be rotated. A wrong key raises; it never gives cipher text back as if it were the value.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

PREFIX = "enc1:"


class DecryptionError(RuntimeError):
    """The value was encrypted with a key that is not among the configured ones."""


def _cipher() -> MultiFernet:
    keys = settings.CONDUCT_FIELD_ENCRYPTION_KEYS
    if not keys:
        raise ImproperlyConfigured(
            "CONDUCT_FIELD_ENCRYPTION_KEYS is empty. Make a key with `python -c 'from "
            "cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'`."
        )
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    return PREFIX + _cipher().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Give the text back; raises `DecryptionError` on a wrong key or a damaged value."""
    try:
        return _cipher().decrypt(stored.removeprefix(PREFIX).encode()).decode()
    except InvalidToken as error:
        raise DecryptionError("This value was encrypted with another key.") from error


def encrypt_bytes(data: bytes) -> bytes:
    return _cipher().encrypt(data)


def decrypt_bytes(stored: bytes) -> bytes:
    """Give the bytes back; raises `DecryptionError` on a wrong key or a damaged value."""
    try:
        return _cipher().decrypt(stored)
    except InvalidToken as error:
        raise DecryptionError("This was encrypted with another key, or is damaged.") from error


def lookup_hash(text: str) -> str:
    """A keyed hash of a normalised value (case, spaces and Unicode form folded), for exact lookups.

    Keyed by the oldest encryption key, so that adding a newer key does not change it.
    """
    normal = unicodedata.normalize("NFKC", text).casefold().strip()
    key = hashlib.sha256(b"lookup:" + settings.CONDUCT_FIELD_ENCRYPTION_KEYS[-1].encode()).digest()
    return hmac.new(key, normal.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that the database only sees encrypted. Empty stays empty; lookups are refused."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if not value:
            return value
        return encrypt(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value or not value.startswith(PREFIX):
            return value
        return decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"isnull"}:
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted and can't be searched with '{lookup_name}'.")
