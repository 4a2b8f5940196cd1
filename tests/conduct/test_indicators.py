"""The registry through which the apps above feed promises."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from conduct import indicators
from conduct.indicators import Indicator, Measurement


def measure(**_: Any) -> Measurement:
    return Measurement(1, 2)


def test_a_registered_indicator_is_found_by_its_key(own_indicators: dict[str, Any]) -> None:
    late = Indicator("late", "Late", "…", measure)
    early = Indicator("early", "Early", "…", measure)

    indicators.register(late)
    indicators.register(early)

    assert indicators.get("late") is late
    assert indicators.get("unknown") is None
    assert indicators.all() == [early, late]


def test_registering_the_same_again_is_harmless(own_indicators: dict[str, Any]) -> None:
    indicators.register(Indicator("late", "Late", "…", measure))
    indicators.register(Indicator("late", "Late", "…", measure))

    assert len(indicators.all()) == 1


def test_two_indicators_with_one_key_are_refused(own_indicators: dict[str, Any]) -> None:
    indicators.register(Indicator("late", "Late", "…", measure))

    with pytest.raises(ImproperlyConfigured, match="Give one of them another key"):
        indicators.register(Indicator("late", "Something else", "…", measure))
