"""A share rises or falls only where that is more than chance; the drawing says the same."""

from __future__ import annotations

import datetime as dt

import pytest

from conduct.indicators import Measurement
from conduct.models import Promise
from conduct.performance import Figures, figures_of
from conduct.periods import noon, quarters
from conduct.trend_charts import chart
from conduct.trends import Direction, trend


@pytest.mark.parametrize(
    ("quarters", "direction"),
    [
        ([(80, 100), (80, 100), (95, 100), (95, 100)], Direction.RISING),
        ([(95, 100), (95, 100), (80, 100), (80, 100)], Direction.FALLING),
        # The same shares of fewer cases may well be chance.
        ([(8, 10), (8, 10), (10, 10), (9, 10)], Direction.STEADY),
        ([(90, 100), (90, 100)], Direction.STEADY),
        # A middle one belongs to no half.
        ([(80, 100), (0, 100), (95, 100)], Direction.RISING),
    ],
)
def test_a_trend_is_more_than_chance(quarters: list[tuple[int, int]], direction: Direction) -> None:
    found = trend([Measurement(*each) for each in quarters])

    assert found is not None
    assert found.direction == direction


def test_one_figure_has_no_trend() -> None:
    assert trend([Measurement(80, 100)]) is None


def figures(*measured: tuple[int, int]) -> Figures:
    now = noon(dt.date(2026, 2, 1))
    periods = quarters(now)
    values = [Measurement(0, 0)] * (len(periods) - len(measured))
    values += [Measurement(*each) for each in measured]
    return figures_of(Promise(code="D1", target=95), periods, values, 10, now)


def test_the_scale_holds_all_that_is_drawn() -> None:
    drawn = chart(figures((50, 50), (40, 50)))

    assert drawn is not None
    assert drawn.lowest == 60  # the lower end of 80 % of 50 is 67 %
    assert [float(p.y) < float(p.bottom) <= 96 for p in drawn.points] == [True, True]
    assert [float(p.x) for p in drawn.points] == [80, 240]
    assert drawn.lines == (f"80.0,{drawn.points[0].y} 240.0,{drawn.points[1].y}",)


def test_a_withheld_quarter_interrupts_the_line() -> None:
    drawn = chart(figures((50, 50), (50, 50), (5, 5), (45, 50), (45, 50), (45, 50), (45, 50)))

    assert drawn is not None
    assert len(drawn.points) == 6
    # Two of 2024, its last one withheld, four of 2025.
    assert len(drawn.lines) == 2


def test_a_dot_alone_is_no_drawing() -> None:
    assert chart(figures((50, 50))) is None
