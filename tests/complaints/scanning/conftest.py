"""One ClamAV daemon for all tests here."""

import os
from collections.abc import Iterator

import pytest

from tests.complaints.scanning.clamav import Clamd, find_clamd


@pytest.fixture(scope="session")
def clamd_path() -> str:
    """The daemon's program. Where there is none: skipped, but with CI=true a failure."""
    path = find_clamd()
    if path is None:
        why = "no clamd was found (Debian: clamav-daemon)"
        pytest.fail(why) if os.environ.get("CI", "").lower() in {"1", "true"} else pytest.skip(why)
    return path


@pytest.fixture(scope="session")
def clamd(clamd_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    with Clamd(clamd_path, tmp_path_factory.mktemp("clamd")) as daemon:
        yield daemon
