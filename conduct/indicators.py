"""Where a promise's measured value comes from.

The apps above register indicators in `AppConfig.ready()`; this layer only asks them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise as LazyText

from .intervals import wilson
from .models.promise import Promise
from .periods import Period


@dataclass(frozen=True, slots=True)
class Measurement:
    """How often something was measured, and how often the promise was kept.

    `source` is for values that people enter: where the numbers come from, in their own words.
    """

    kept: int
    measured: int
    source: str = ""

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where nothing was measured."""
        return self.kept / self.measured if self.measured else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval."""
        return wilson(self.kept, self.measured)


class Measure(Protocol):
    def __call__(
        self, *, promise: Promise, since: dt.datetime, until: dt.datetime, now: dt.datetime
    ) -> Measurement:
        """Measure what fell due from `since` up to, not including, `until`."""


class MeasureMany(Protocol):
    def __call__(
        self, *, promise: Promise, periods: Sequence[Period], now: dt.datetime
    ) -> Sequence[Measurement]:
        """The same for many periods at once: one measurement each, in their order."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A source of measured values. `definition` says in a sentence what counts and what not.

    `measure_many` is for those that can say it for many periods in one go.
    """

    key: str
    name: str | LazyText
    definition: str | LazyText
    measure: Measure
    measure_many: MeasureMany | None = None


_registry: dict[str, Indicator] = {}


def register(indicator: Indicator) -> None:
    """Make an indicator known; a second one with the same key is a mistake in the code."""
    known = _registry.get(indicator.key)
    if known is not None and known != indicator:
        raise ImproperlyConfigured(
            f"Two indicators have the key {indicator.key!r}. Give one of them another key."
        )
    _registry[indicator.key] = indicator


def get(key: str) -> Indicator | None:
    """The indicator of a key, or None where the app that registers it isn't installed."""
    return _registry.get(key)


def all() -> list[Indicator]:  # noqa: A001 - read as `indicators.all()`
    return sorted(_registry.values(), key=lambda indicator: indicator.key)
