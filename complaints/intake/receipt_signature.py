"""The signature of a receipt: anyone can check that it is ours and unchanged (7.4, annex C).

A code stands below the text of a receipt and says, signed, which case it is, when it was received,
how much was written, and the SHA-256 fingerprints of what was written and of the receipt's text.
Neither the key nor a word of anybody's is in it, and a check reads no case: it answers the same
after the case is deleted. The key stands above the signed text, so that a person can take it out
before showing the receipt to somebody else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import textwrap
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.core import signing

_SALT = "conduct.receipt.signature"
#: `reference.seconds.characters.fingerprint.fingerprint:signature`
_CODE = re.compile(
    r"(?P<reference>C-[0-9A-Z]{4}-[0-9A-Z]{4})\.(?P<seconds>[0-9]{1,12})\.(?P<length>[0-9]{1,9})"
    r"\.(?P<sent>[\w-]{43})\.(?P<text>[\w-]{43}):[\w-]{43}",
    re.ASCII,
)
LINE = 60


@dataclass(frozen=True)
class Signed:
    """What a code says."""

    reference: str
    received_at: datetime
    #: Characters of what was written, and its SHA-256 in hexadecimal digits.
    length: int
    sent_hash: str
    text_hash: str


@dataclass(frozen=True)
class Signature:
    """The block below a receipt."""

    says: Signed
    code: str

    @property
    def lines(self) -> list[str]:
        """The code in lines that fit on paper."""
        return textwrap.wrap(self.code, LINE, break_on_hyphens=False)


class Result(StrEnum):
    """What a check found."""

    #: The whole text is as we made it.
    UNCHANGED = "unchanged"
    #: The code is ours; no text came with it.
    CODE_ONLY = "code_only"
    #: The code is ours; the text could not be compared, because its two lines are missing.
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Check:
    """The answer to somebody who holds a receipt. `says` is None where the code is not ours."""

    result: Result
    says: Signed | None = None


def boundary(reference: str) -> str:
    """The line above and below the signed text."""
    return f"===== {reference} ====="


def sign(
    text: str, *, reference: str, received_at: datetime, length: int, sent_hash: str
) -> Signature:
    """Sign the text of a receipt, without its head that holds the key."""
    says = Signed(reference, received_at, length, sent_hash, _text_hash(normal(text)))
    fields = (
        reference,
        str(int(received_at.timestamp())),
        str(length),
        _short(sent_hash),
        _short(says.text_hash),
    )
    return Signature(says, _signer().sign(".".join(fields)))


def check(pasted: str) -> Check:
    """What can be said about a receipt, or the code of one, that somebody pasted."""
    plain = normal(pasted)
    # However a mail program or a person broke the lines of the code.
    closed = plain.replace(" ", "")
    # The last one: what stands between the lines is the person's, and may look like anything.
    found = list(_CODE.finditer(closed))
    says = _read(found[-1]) if found else None
    if says is None:
        return Check(Result.NOT_OURS)
    line = boundary(says.reference)
    first, last = plain.find(line), plain.rfind(line)
    if first == last:
        is_alone = closed == found[-1].group()
        return Check(Result.CODE_ONLY if is_alone else Result.INCOMPLETE, says)
    body = plain[first + len(line) : last].strip()
    same = _text_hash(body) == says.text_hash
    return Check(Result.UNCHANGED if same else Result.CHANGED, says)


def normal(text: str) -> str:
    """The text as it is compared: white space, line ends and Unicode form don't count."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _read(found: re.Match[str]) -> Signed | None:
    try:
        _signer().unsign(found.group())
        return Signed(
            reference=found["reference"],
            received_at=datetime.fromtimestamp(int(found["seconds"]), tz=UTC),
            length=int(found["length"]),
            sent_hash=_long(found["sent"]),
            text_hash=_long(found["text"]),
        )
    except (signing.BadSignature, binascii.Error, ValueError):
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT)


def _text_hash(normal_text: str) -> str:
    return hashlib.sha256(normal_text.encode()).hexdigest()


def _short(hexadecimal: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(hexadecimal)).rstrip(b"=").decode()


def _long(short: str) -> str:
    return base64.urlsafe_b64decode(short + "=").hex()
