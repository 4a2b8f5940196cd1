"""Shared by the tests of feedback and surveys."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """No test starts with the language that the client left active in another."""
    with translation.override("en"):
        yield
