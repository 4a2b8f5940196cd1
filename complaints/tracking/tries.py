"""Wrong tries at opening a case: counted in the cache, answered with waits that grow (7.3).

The cache holds hashes only: neither a reference nor an address can be read from it. References that
exist and references that don't are counted alike, so that a wait tells nothing.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=24)
#: A check takes milliseconds; this long a crashed one can hold up the next.
BUSY_SECONDS = 10


@dataclass(frozen=True)
class Limit:
    """The `wrong`-th wrong try locks; every further one locks again, for twice as long.

    Wrong tries are forgotten when `memory` has passed since the last one.
    """

    name: str
    wrong: int
    memory: timedelta


PER_CASE = Limit("case", 10, timedelta(hours=24))
#: Many people may share a network and mistype: it is only kept from trying case after case.
PER_NETWORK = Limit("network", 30, timedelta(hours=1))


class LockedError(Exception):
    """Too many wrong tries: nothing is checked before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def wait_after(wrong: int, limit: Limit) -> timedelta:
    """How long the `wrong`-th wrong try locks."""
    doublings = min(max(wrong - limit.wrong, 0), 10)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


class Counter:
    """The wrong tries at one case, or from one network."""

    def __init__(self, limit: Limit, value: str) -> None:
        self.limit = limit
        digest = salted_hmac("conduct.case.tries", f"{limit.name}:{value}", algorithm="sha256")
        self.key = f"conduct-case-tries:{digest.hexdigest()}"
        self._count = 0
        self._holds = False

    def begin(self, now: datetime) -> None:
        """Count a try before it is checked, so that many at once are no way round.

        Raises `LockedError`.
        """
        self._refuse_if_locked(now)
        cache.add(self.key, 0, self.limit.memory.total_seconds())
        self._count = cache.incr(self.key)
        if self._count >= self.limit.wrong:
            # From here on one at a time: the next may only look when this one has locked or not.
            self._holds = bool(cache.add(f"{self.key}:busy", 1, BUSY_SECONDS))
            if not self._holds:
                raise LockedError(now + timedelta(minutes=1))
            self._refuse_if_locked(now)

    def wrong(self, now: datetime) -> None:
        memory = self.limit.memory
        if self._count >= self.limit.wrong:
            wait = wait_after(self._count, self.limit)
            until = (now + wait).timestamp()
            cache.set(f"{self.key}:until", until, wait.total_seconds())
            memory += wait
        cache.touch(self.key, memory.total_seconds())
        self._release()

    def undo(self) -> None:
        """The try was right, or was not checked at all."""
        # ValueError: it was forgotten meanwhile.
        with contextlib.suppress(ValueError):
            cache.decr(self.key)
        self._release()

    def forget(self) -> None:
        cache.delete_many([self.key, f"{self.key}:until"])
        self._release()

    def _refuse_if_locked(self, now: datetime) -> None:
        until = cache.get(f"{self.key}:until")
        if until is not None and until > now.timestamp():
            self._release()
            raise LockedError(datetime.fromtimestamp(until, tz=UTC))

    def _release(self) -> None:
        if self._holds:
            cache.delete(f"{self.key}:busy")
            self._holds = False
