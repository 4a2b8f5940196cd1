"""Work for the browser before sending, while a flood of messages comes: no puzzle, no third party.

The sender's browser looks for numbers whose hash begins with zeros, as in other proofs of work. One
message costs it some seconds in the background while its owner writes; a thousand messages cost a
thousand times as much. `proof.js` does it. Nobody without JavaScript is turned away: a proof that
is missing is one sign of spam among others (`spam`).

Nothing is stored. The work is bound to the form's one-time token, which is signed, grows old and is
worth one message (`tokens`), and so is its proof.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.templatetags.static import static

from complaints.intake import limits
from complaints.models import HandlingSettings
from complaints.models.policy import ProofOfWork

if TYPE_CHECKING:
    from wagtail.models import Site

logger = logging.getLogger(__name__)
#: Name of the form's hidden field.
FIELD = "proof"
SCRIPT = "conduct_complaints/js/proof.js"
#: Several small tasks for one large: luck evens out, so that nobody waits three times as long.
PARTS = 8
#: Kept on for so long after the last message that was too many.
STAYS_ON = 30 * 60
_ANSWER = re.compile(r"\d{1,10}(?:,\d{1,10}){7}", re.ASCII)


def challenge(token_id: str) -> dict[str, Any]:
    """What `window.conductProof` takes: hash `prefix:part:number` until `bits` zeros stand first.

    `parts` numbers are wanted, for the parts 0, 1, 2 …; the answer joins them by commas.
    """
    return {"prefix": _prefix(token_id), "bits": _bits_of_a_part(), "parts": PARTS}


def verify(token_id: str, answer: str) -> bool:
    """Whether the answer fits the token. Takes the same few hashes, whatever the answer is."""
    is_well_formed = _ANSWER.fullmatch(answer) is not None
    numbers = answer.split(",") if is_well_formed else ["0"] * PARTS
    prefix, shift = _prefix(token_id), 32 - _bits_of_a_part()
    wrong = 0
    for part, number in enumerate(numbers):
        digest = hashlib.sha256(f"{prefix}:{part}:{number}".encode()).digest()
        wrong |= int.from_bytes(digest[:4], "big") >> shift
    return is_well_formed and wrong == 0


def is_missing(site: Site, token_id: str, answer: str) -> bool:
    """The browser was to compute and has not, or wrongly: for `spam.judge`."""
    return is_wanted(site) and not verify(token_id, answer)


def offer(site: Site, token_id: str) -> dict[str, Any] | None:
    """The challenge and the script that solves it, where this is wanted now: for `form.js`."""
    if not is_wanted(site):
        return None
    return challenge(token_id) | {"script": static(SCRIPT)}


def is_wanted(site: Site) -> bool:
    """Whether browsers have to compute now, by the site's setting."""
    wanted = HandlingSettings.for_site(site).proof_of_work
    if wanted != ProofOfWork.AUTOMATIC:
        return wanted == ProofOfWork.ALWAYS
    try:
        return cache.get(_on_key(site)) is not None
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        return _not_counted(error)


def count_one(site: Site) -> None:
    """Count a token that was given out or a form that was sent; too many switch the work on.

    Counted for the whole site, without anything about who it was. Does nothing where the cache does
    not answer.
    """
    try:
        if _in_the_last_hour(site) > limits.busy_per_hour():
            cache.set(_on_key(site), 1, timeout=STAYS_ON)
    except Exception as error:  # noqa: BLE001 - whatever the cache backend raises
        _not_counted(error)


def _in_the_last_hour(site: Site) -> float:
    """How many with this one: of this hour, and the part of the last hour's that still counts."""
    hour, seconds = divmod(int(time.time()), limits.AN_HOUR)
    key = f"conduct-busy-{site.pk}-{hour}"
    here = 1 if cache.add(key, 1, timeout=2 * limits.AN_HOUR) else cache.incr(key)
    before = cache.get(f"conduct-busy-{site.pk}-{hour - 1}", 0)
    return here + before * (1 - seconds / limits.AN_HOUR)


def _on_key(site: Site) -> str:
    return f"conduct-proof-on-{site.pk}"


def _not_counted(error: Exception) -> bool:
    logger.warning("The flood of messages could not be counted: %s", type(error).__name__)
    return False


def _prefix(token_id: str) -> str:
    message = b"conduct-proof:" + token_id.encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:32]


def _bits_of_a_part() -> int:
    return min(max(limits.proof_bits() - (PARTS.bit_length() - 1), 1), 32)
