"""Wilson's interval, against published and hand-computed values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conduct.indicators import Measurement
from conduct.intervals import wilson


def test_the_worked_example_of_forty_of_fifty() -> None:
    interval = wilson(40, 50)

    assert interval is not None
    assert (round(interval[0], 3), round(interval[1], 3)) == (0.670, 0.888)


def test_nothing_measured_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert Measurement(0, 0).interval is None
    assert Measurement(0, 0).share is None


def test_more_kept_than_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and measured"):
        wilson(2, 1)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_bounds(pair: tuple[int, int]) -> None:
    kept, measured = pair
    interval = wilson(kept, measured)

    assert interval is not None
    low, high = interval
    assert 0 <= low <= high <= 1
    assert low - 1e-12 <= kept / measured <= high + 1e-12
