"""A complainant opens a case with its reference and key: the check and its limits (7.3)."""

from __future__ import annotations

from datetime import datetime

from complaints.intake.limits import network
from complaints.models import Case
from complaints.references import key_matches, understand_reference
from complaints.tracking.tries import PER_CASE, PER_NETWORK, Counter, Limit, LockedError

#: Compared with when there is no such case, so that the answer takes as long; no key has this hash.
NO_HASH = "0" * 64


class NotOpenedError(Exception):
    """The reference or the key is wrong; nobody is told which."""


def open_case(reference: str, key: str, *, address: str, now: datetime) -> Case:
    """The case both open. Raises `NotOpenedError`, or `LockedError` after too many wrong tries."""
    understood = understand_reference(reference)
    by_network = _counter(PER_NETWORK, network(address))
    by_case = _counter(PER_CASE, understood or "")
    counters = [counter for counter in (by_network, by_case) if counter]
    _begin(counters, now)
    case = _find(understood or "", key)
    if case is None:
        for counter in counters:
            counter.wrong(now)
        raise NotOpenedError
    if by_case:
        by_case.forget()
    if by_network:
        # Only this try is taken back: opening one's own case must not buy new tries at another's.
        by_network.undo()
    return case


def _counter(limit: Limit, value: str) -> Counter | None:
    return Counter(limit, value) if value else None


def _begin(counters: list[Counter], now: datetime) -> None:
    begun: list[Counter] = []
    for counter in counters:
        try:
            counter.begin(now)
        except LockedError:
            for other in begun:
                other.undo()
            raise
        begun.append(counter)


def _find(reference: str, key: str) -> Case | None:
    case = Case.objects.filter(reference=reference).first()
    matches = key_matches(key, case.key_hash if case else NO_HASH)
    return case if matches else None
