"""One-time tokens of forms: signed, timestamped, and worth one submission each.

A token proves nothing about a person. It makes a submission one case however often it arrives, and
it makes a sender load the form first. The cached page has none: `form.js` fetches one when the form
is first used, and without JavaScript the first POST comes back with one (see `guarded`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

_SALT = "conduct.intake.token"
#: Random bytes of an id: 144 bits.
ID_BYTES = 18
#: Older than this, a form is shown again with a fresh token.
LIFETIME = timedelta(hours=24)
#: No person fills in and sends a form faster than this.
TOO_FAST = timedelta(seconds=2)


class UnreadableToken(ValueError):
    """Not a token of ours: missing, damaged, or signed with another key."""


@dataclass(frozen=True)
class Token:
    """A token that was read: its random id, its age, and the text it was read from."""

    id: str
    age: timedelta
    text: str

    @property
    def is_expired(self) -> bool:
        return self.age > LIFETIME

    @property
    def is_too_fresh(self) -> bool:
        return self.age < TOO_FAST


def new_token() -> str:
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(ID_BYTES))


def read_token(text: str, *, now: datetime | None = None) -> Token:
    """The token behind a text, whatever its age; raises `UnreadableToken`."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        token_id = signer.unsign(text)
    except signing.BadSignature as error:
        raise UnreadableToken("This is not a token of this site.") from error
    # `unsign` has checked the signature, which covers the timestamp: `value:timestamp:signature`.
    seconds = signing.b62_decode(text.rsplit(":", 2)[1])
    age = (now or timezone.now()).timestamp() - seconds
    return Token(id=token_id, age=timedelta(seconds=age), text=text)
