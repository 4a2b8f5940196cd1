"""Visits in turns, so that what else the machine does slows all alike."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

from bench.rows import Timing

#: However long each takes.
FEWEST = 10


class Measured(Protocol):
    """One number of cases."""

    def warm_up(self, number: int) -> None: ...

    def turn(self, number: int, *, reversed_: bool) -> tuple[float, float]:
        """Milliseconds of a visit and of its reference."""
        ...


def percentile(times: list[float], share: float) -> float:
    """The value below which this share of the times lies; 0 of none."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def measure(
    stages: Sequence[Measured], number: int, *, requests: int, seconds: float
) -> list[Timing]:
    """At most so many requests at each stage, and about so many seconds at all of them together."""
    for stage in stages:
        stage.warm_up(number)
    taken: list[list[tuple[float, float]]] = [[] for _stage in stages]
    end = time.monotonic() + seconds
    turn = 0
    while turn < requests and (time.monotonic() < end or turn < FEWEST):
        # The order changes, so that none always follows the same other one.
        reversed_ = bool(turn % 2)
        in_order = list(zip(stages, taken, strict=True))[:: -1 if reversed_ else 1]
        for stage, times in in_order:
            times.append(stage.turn(number, reversed_=reversed_))
        turn += 1
    return [_timing(times) for times in taken]


def _timing(times: list[tuple[float, float]]) -> Timing:
    ours, theirs = [one for one, _other in times], [other for _one, other in times]
    return Timing(
        percentile(ours, 0.5),
        percentile(ours, 0.95),
        percentile(theirs, 0.5),
        percentile(theirs, 0.95),
        len(times),
    )
