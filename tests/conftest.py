"""Shared by every test: people and factories live in tests/people.py and tests/factories.py."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache

pytest_plugins = ["tools.requirements"]

CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find_chromium() -> str | None:
    """The Chromium that `CHROMIUM` names, or one that is installed."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests and PostgreSQL's own tests run where they can, and say why where they can't."""
    from django.conf import settings

    no_browser = pytest.mark.skip(reason="no Chromium was found (CHROMIUM=/path names one)")
    other_database = pytest.mark.skip(reason="this is about PostgreSQL (DATABASE_URL names one)")
    has_browser = find_chromium() is not None
    # With CI=true a missing browser is a failure: the test starts, and fails in its fixture.
    may_skip = os.environ.get("CI", "").lower() not in {"1", "true"}
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in items:
        if "browser" in item.keywords and not has_browser and may_skip:
            item.add_marker(no_browser)
        if "postgresql" in item.keywords and not on_postgresql:
            item.add_marker(other_database)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to start; fails where there is none (see `pytest_collection_modifyitems`)."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium was found. Install one, or name it: CHROMIUM=/path/to/chromium")
    return path


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Limits on repeated tries are counted in the cache: no test starts with another's."""
    cache.clear()
