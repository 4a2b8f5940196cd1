"""Shared by every test: people and factories live in tests/people.py and tests/factories.py."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests import migrated_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tools.requirements"]

# Playwright runs an event loop in the tests' thread, which all the same do one thing at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

migrated_once.install()

CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find_chromium() -> str | None:
    """The Chromium that `CHROMIUM` names, or one that is installed."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def keep_what_migrations_made(item: pytest.Item) -> None:
    """Let a test with real transactions find Wagtail's first pages, the locale and the groups.

    Such a test (a live server, two actors at once) empties all tables behind it.
    """
    marker = item.get_closest_marker("django_db")
    options = dict(marker.kwargs) if marker else {}
    fixtures = getattr(item, "fixturenames", ())
    if options.get("transaction") or {"live_server", "transactional_db"} & set(fixtures):
        options |= {"transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**options), append=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thin",
        type=int,
        default=1,
        metavar="N",
        help="of a test with more than four sets of parameters, run every N-th set",
    )


def leave_out(items: list[pytest.Item], config: pytest.Config) -> None:
    """Every test stays; of long tables only every N-th row, the first one among them."""
    every = config.getoption("thin")
    if every == 1:
        return
    rows: dict[str, list[pytest.Item]] = {}
    for item in items:
        rows.setdefault(item.nodeid.split("[")[0], []).append(item)
    kept = {item for row in rows.values() for item in (row if len(row) < 5 else row[::every])}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


# First, because pytest-django sorts the tests by what is added here.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests and PostgreSQL's own tests run where they can, and say why where they can't."""
    from django.conf import settings

    no_browser = pytest.mark.skip(reason="no Chromium was found (CHROMIUM=/path names one)")
    other_database = pytest.mark.skip(reason="this is about PostgreSQL (DATABASE_URL names one)")
    has_browser = find_chromium() is not None
    # With CI=true a missing browser is a failure: the test starts, and fails in its fixture.
    may_skip = os.environ.get("CI", "").lower() not in {"1", "true"}
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    leave_out(items, config)
    for item in items:
        keep_what_migrations_made(item)
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
def browser(chromium_path: str) -> Iterator["Browser"]:
    """One Chromium for all tests; each opens a page or a context of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[None]:
    """pytest-django's, and with --reuse-db the next run finds what the migrations made.

    Tests with real transactions (a live server, two actors at once) empty the tables behind them.
    """
    wrapper = type(connections["default"])
    contents = getattr(connections["default"], "_test_serialized_contents", None)
    if contents:
        # On the class: beside Playwright's event loop Django opens other connections, and each of
        # them is asked what to put back.
        wrapper._test_serialized_contents = contents
    yield
    if not contents or not request.config.getoption("reuse_db"):
        return
    with django_db_blocker.unblock():
        from wagtail.models import Site

        if not Site.objects.exists():
            connections["default"].creation.deserialize_db_from_string(contents)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Limits on repeated tries are counted in the cache: no test starts with another's."""
    cache.clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """No test starts with the language that the client left active in another."""
    with translation.override("en"):
        yield


@pytest.fixture
def real_transactions(transactional_db: None) -> Iterator[None]:
    """For several threads at once. Events refuse to be emptied with the other tables."""
    from complaints.events import EVENT_TABLE, install_triggers, remove_triggers

    connection = connections["default"]
    yield
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {EVENT_TABLE}")
    install_triggers(connection)
