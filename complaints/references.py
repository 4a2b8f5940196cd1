"""The public name of a case and the secret that opens it.

A reference is `C-XXXX-XXXX`: seven random characters of Crockford's base 32 and a check character.
Read aloud or typed with any case, spaces, O for 0 and I or L for 1 it is still understood. A key is
sixteen random characters (80 bits); only its hash is stored.
"""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import constant_time_compare

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
REFERENCE_LENGTH = 8
KEY_LENGTH = 16


def _clean(typed: str) -> str:
    """What was meant by what was typed: only characters of the alphabet are kept."""
    return "".join(c for c in typed.upper().translate(_ALIKE) if c in _VALUES)


def _check_character(body: str) -> str:
    # Weights that are odd and differ by place catch one wrong character and two that changed
    # places.
    total = sum((2 * place + 1) * _VALUES[c] for place, c in enumerate(body))
    return ALPHABET[total % 32]


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _grouped(text: str) -> str:
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def reference_of(body: str) -> str:
    """The reference whose seven characters before the check character are `body`."""
    return f"C-{_grouped(body + _check_character(body))}"


def new_reference() -> str:
    return reference_of(_random(REFERENCE_LENGTH - 1))


def new_export_reference() -> str:
    """`E-XXXX-XXXX`: stands in every row of a table that somebody takes along."""
    return f"E-{_grouped(_random(REFERENCE_LENGTH))}"


def understand_reference(typed: str) -> str | None:
    """The reference that was meant, or None where it can't be one (wrong length or check
    character)."""
    typed = typed.strip().upper()
    cleaned = _clean(typed)
    if len(cleaned) == REFERENCE_LENGTH + 1 and typed.startswith("C"):
        cleaned = cleaned[1:]
    if len(cleaned) != REFERENCE_LENGTH or _check_character(cleaned[:-1]) != cleaned[-1]:
        return None
    return f"C-{_grouped(cleaned)}"


def new_key() -> str:
    return _grouped(_random(KEY_LENGTH))


def hash_key(typed: str) -> str:
    # 80 random bits need no slow hash: they can't be guessed from a list of likely words.
    return hashlib.sha256(b"conduct-case-key:" + _clean(typed).encode()).hexdigest()


def key_matches(typed: str, stored_hash: str) -> bool:
    return constant_time_compare(hash_key(typed), stored_hash)
