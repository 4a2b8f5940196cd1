"""Two visits in turns, so that what else the machine does slows both alike."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.visiting import Visit, Visitor, in_process

WARM_UP = 6


def percentile(times: list[float], share: float) -> float:
    """The value below which this share of the times lies; 0 of none."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one visit and of its reference."""

    p50: float
    p95: float
    reference_p50: float
    reference_p95: float
    requests: int

    @property
    def ratio(self) -> float:
        return self.p50 / self.reference_p50

    @property
    def tail_ratio(self) -> float:
        return self.p95 / self.reference_p95


def measure(
    visitor: Visitor, visit: Visit, reference: Visit, *, requests: int, seconds: float
) -> Timing:
    """At most so many requests and about so many seconds."""
    for _turn in range(WARM_UP):
        visitor.ask(visit)
        visitor.ask(reference)
    ours: list[float] = []
    theirs: list[float] = []
    end = time.monotonic() + seconds
    while len(ours) < requests and (time.monotonic() < end or len(ours) < 10):
        # The order changes, so that neither always follows the other.
        for visited, times in ((visit, ours), (reference, theirs))[:: 1 if len(ours) % 2 else -1]:
            times.append(visitor.ask(visited)[0])
    return Timing(
        percentile(ours, 0.5),
        percentile(ours, 0.95),
        percentile(theirs, 0.5),
        percentile(theirs, 0.95),
        len(ours),
    )


def queries_of(visit: Visit) -> int:
    """How many queries it makes, in this process, once caches are warm."""
    client = in_process(visit.cookie)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            if visit.fields is None:
                client.get(visit.path)
            else:
                client.post(visit.path, visit.fields())
    return len(caught)
