"""Keyed hashes of telephone numbers and postal addresses: an exact one finds a person's cases.

The columns themselves are encrypted. Each line of an address has its own hash, so that the street
on an envelope, or a postcode with its town, finds it without the rest.
"""

from __future__ import annotations

import re

from complaints.privacy.encryption import lookup_hash
from complaints.search.analyser import words_of

#: The last digits of a number are the same with a country's code, with a zero, and with neither.
LAST_DIGITS = 8
FEWEST_DIGITS = 6
#: A shorter line ("2nd") is in too many addresses.
SHORTEST_LINE = 5
MOST_LINES = 12
#: What is typed between the parts of a number.
_NUMBER = re.compile(r"[\d\s()/.+\-–]+")
#: What stands between the lines of an address that is written in one.
_LINES = re.compile(r"[\r\n,;،、，；]+")


def contact_digests(*, phone: str, postal_address: str) -> set[str]:
    """All that a person with these is found by."""
    return {*_of_phone(phone), *_of_address(postal_address)}


def digests_asked(typed: str) -> set[str]:
    """What to look up for a number or a line of an address that somebody types; may be empty."""
    line = _of_line(_as_compared(typed))
    # A postcode that stands alone in its line looks like a number, too.
    return line | _of_phone(typed) if _NUMBER.fullmatch(typed) else line


def _of_phone(phone: str) -> set[str]:
    digits = "".join(str(int(sign)) for sign in phone if sign.isdecimal())
    return {_digest("phone", digits[-LAST_DIGITS:])} if len(digits) >= FEWEST_DIGITS else set()


def _of_address(address: str) -> set[str]:
    lines = (*_LINES.split(address)[:MOST_LINES], address)
    return set().union(*(_of_line(_as_compared(line)) for line in lines))


def _of_line(compared: str) -> set[str]:
    return {_digest("line", compared)} if len(compared) >= SHORTEST_LINE else set()


def _as_compared(text: str) -> str:
    """Without case, accents, spaces and punctuation, and with the same digits in every script."""
    said = " ".join(words_of(text))
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in said if sign != " ")


def _digest(kind: str, text: str) -> str:
    return lookup_hash(f"{kind}:{text}")
