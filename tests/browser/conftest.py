"""The running demo, and people with browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.running_site import RunningSite, running_site


@pytest.fixture(scope="session")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The demo on a server of its own; the tests share it, and each makes what it changes."""
    with running_site(repository, tmp_path_factory.mktemp("site")) as running:
        yield running


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: RunningSite) -> Iterator[OpenPage]:
    """Open a window of a new person. Whatever it asks of another host fails the test."""
    contexts = []
    strangers: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if urlsplit(request.url).netloc != urlsplit(site.url).netloc:
            strangers.append(request.url)

    def open_one(*, width: int = 1280, javascript: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
        )
        context.on("request", note)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert strangers == []


def sign_in(page: Page, username: str) -> Page:
    page.goto("/admin/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", "demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page
