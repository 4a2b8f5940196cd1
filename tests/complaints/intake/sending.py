"""Sending the complaint form as a browser would: with a token of a given age, or without one."""

from __future__ import annotations

import time
from typing import Any

from django.core import signing
from django.test import Client

from complaints.intake import tokens

ADDRESS = "/en/case/send/"
WORDS = "The parcel was left in the rain and everything in it is wet."


class _OldSigner(signing.TimestampSigner):
    seconds = 0

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - self.seconds)


def token_of_age(seconds: int = 60, token_id: str = "") -> str:
    """A token as it was issued some time ago."""
    fresh = token_id or tokens.read_token(tokens.new_token()).id
    signer = _OldSigner(salt=tokens._SALT)
    signer.seconds = seconds
    return signer.sign(fresh)


def answers(**changes: Any) -> dict[str, Any]:
    """What a person fills in who writes as little as possible."""
    return {"description": WORDS, "email": "kim@example.com", "token": token_of_age()} | changes


def send(client: Client, *, headers: dict[str, str] | None = None, **changes: Any) -> Any:
    """Send the form; a value of None leaves the field out."""
    data = {key: value for key, value in answers(**changes).items() if value is not None}
    return client.post(ADDRESS, data, headers=headers)


def text_of(response: Any) -> str:
    """The page with every run of white space as one space."""
    return " ".join(response.content.decode().split())
