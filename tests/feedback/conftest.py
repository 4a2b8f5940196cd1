"""Shared by the tests of feedback and surveys."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The test client leaves the language of its last request active: no test starts with another's."""
    with translation.override("en"):
        yield
