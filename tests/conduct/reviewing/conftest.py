"""A code in force, and a review of it that could be decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition, Review


@pytest.fixture
def edition(code_draft: CodeOfConductPage) -> Edition:
    made = publish(code_draft)
    assert made is not None
    return made


@pytest.fixture
def make_review(edition: Edition) -> Callable[..., Review]:
    def make(**fields: Any) -> Review:
        values = {
            "edition": edition,
            "held_on": dt.date(2026, 11, 2),
            "held_by": "Head of customer care",
            "suitability": "It fits.",
            "adequacy": "Letters are missing.",
            "effectiveness": "Kept.",
            "efficiency": "Cheap.",
            "decision": "keep",
            "reason": "It works.",
            "next_review_on": dt.date(2027, 11, 2),
        }
        return Review(**(values | fields))

    return make
