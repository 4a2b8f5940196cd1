"""A small drawing of how a promise was kept, quarter by quarter; a table beside it says the same.

All is plain SVG with numbers: no script, no inline style, and it prints.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .performance import Figures, Result

WIDTH, HEIGHT = 320, 96
#: Room above and below, so that a dot at 100 per cent is whole.
MARGIN = 6


@dataclass(frozen=True, slots=True)
class Point:
    """Strings, since SVG knows no commas. `top` and `bottom` are the ends of the interval."""

    x: str
    y: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`line` joins neighbouring points; the scale goes from `lowest` to 100 per cent."""

    points: tuple[Point, ...]
    lines: tuple[str, ...]
    target: str | None
    lowest: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(figures: Figures) -> Chart | None:
    """None where fewer than two figures are published: a dot alone is no drawing."""
    spans = figures.spans
    if sum(span.is_published for span in spans) < 2:
        return None
    target = figures.promise.target
    lowest = _lowest(spans, None if target is None else float(target))
    step = WIDTH / len(spans)
    drawn = [
        _point(span, (place + 0.5) * step, lowest) if span.is_published else None
        for place, span in enumerate(spans)
    ]
    return Chart(
        points=tuple(point for point in drawn if point is not None),
        lines=tuple(_lines(drawn)),
        target=None if target is None else _y(float(target), lowest),
        lowest=lowest,
    )


def _lowest(spans: Sequence[Result], target: float | None) -> int:
    """A round per cent below all that is drawn."""
    low = [span.interval_per_cent[0] for span in spans if span.interval_per_cent]
    least = min([*low, *([] if target is None else [target])])
    return min(90, 10 * math.floor(least / 10))


def _point(span: Result, x: float, lowest: int) -> Point:
    share, interval = span.per_cent, span.interval_per_cent
    assert share is not None
    assert interval is not None
    return Point(
        f"{x:.1f}", _y(share, lowest), top=_y(interval[1], lowest), bottom=_y(interval[0], lowest)
    )


def _y(per_cent: float, lowest: int) -> str:
    height = HEIGHT - 2 * MARGIN
    return f"{MARGIN + height * (100 - per_cent) / (100 - lowest):.1f}"


def _lines(drawn: Sequence[Point | None]) -> list[str]:
    """A line where figures follow each other; where one is withheld it is interrupted."""
    found: list[list[str]] = [[]]
    for point in drawn:
        if point is None:
            found.append([])
        else:
            found[-1].append(f"{point.x},{point.y}")
    return [" ".join(points) for points in found if len(points) > 1]
