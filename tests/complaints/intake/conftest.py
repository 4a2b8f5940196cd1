"""For tests of the public forms."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A page in another language must not be the language of the next test."""
    translation.activate("en")
    yield
    translation.activate("en")
