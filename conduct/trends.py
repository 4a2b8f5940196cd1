"""Whether a share rises or falls, judged honestly: only what is larger than chance counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from .indicators import Measurement
from .numbers import percentage

#: With fewer figures there is nothing to compare.
FEWEST = 2


class Direction(StrEnum):
    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Trend:
    """The earlier half of the figures against the later half (a middle one counts in neither)."""

    direction: Direction
    before: Measurement
    after: Measurement

    def sentence(self) -> str:
        """Such as: Rising: 88.0 % in the earlier quarters, 95.1 % in the later ones."""
        shares = [percentage((each.share or 0) * 100, 1) for each in (self.before, self.after)]
        words = {"before": shares[0], "after": shares[1]}
        if self.direction == Direction.RISING:
            return (
                gettext("Rising: %(before)s in the earlier quarters, %(after)s in the later ones.")
                % words
            )
        if self.direction == Direction.FALLING:
            return (
                gettext("Falling: %(before)s in the earlier quarters, %(after)s in the later ones.")
                % words
            )
        return (
            gettext(
                "Steady: %(before)s in the earlier quarters, %(after)s in the later ones. The "
                "difference may be chance."
            )
            % words
        )


def trend(measured: Sequence[Measurement]) -> Trend | None:
    """The trend of figures, oldest first; None of fewer than two.

    It rises or falls where the 95 per cent intervals of the two halves do not touch.
    """
    if len(measured) < FEWEST:
        return None
    half = len(measured) // 2
    before, after = _together(measured[:half]), _together(measured[-half:])
    low, high = before.interval, after.interval
    if low is None or high is None:
        return None
    direction = Direction.STEADY
    if high[0] > low[1]:
        direction = Direction.RISING
    elif high[1] < low[0]:
        direction = Direction.FALLING
    return Trend(direction, before, after)


def _together(measured: Sequence[Measurement]) -> Measurement:
    return Measurement(sum(each.kept for each in measured), sum(each.measured for each in measured))
