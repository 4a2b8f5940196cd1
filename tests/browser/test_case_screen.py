"""The case page in a browser: what is owed is seen at once, and what is typed is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in

pytestmark = pytest.mark.browser


def open_a_case(page: Page) -> str:
    """The first case that the handler is looking into; gives its address."""
    sign_in(page, "handler")
    page.goto("/admin/cases/lists/mine/")
    page.click("css=.conduct-cases .title-wrapper a >> nth=0")
    expect(page.locator(".conduct-owed")).to_be_visible()
    return page.url


@pytest.mark.parametrize("dark", [False, True])
def test_what_it_is_about_what_is_owed_and_what_can_be_done_need_no_scrolling(
    open_page: OpenPage, dark: bool
) -> None:
    page = open_page(width=1280, dark=dark)
    open_a_case(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    for selector in (".conduct-head h2", ".conduct-original", ".conduct-owed", ".conduct-now"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert box["y"] + min(box["height"], 60) < 800, selector
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_on_a_telephone_the_next_step_comes_before_the_details(open_page: OpenPage) -> None:
    page = open_page(width=390)
    open_a_case(page)
    tops = [
        page.locator(selector).first.bounding_box()["y"]  # type: ignore[index]
        for selector in (
            ".conduct-head",
            ".conduct-owed",
            ".conduct-original",
            ".conduct-case__facts",
        )
    ]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_what_is_typed_is_there_again_after_a_crash(open_page: OpenPage) -> None:
    page = open_page()
    address = open_a_case(page)
    page.fill("#write-note", "Ask the depot about Tuesday.")
    expect(page.locator("form:has(#write-note) [data-keep-said]")).to_contain_text("Kept.")
    page.goto(address)
    expect(page.locator("#write-note")).to_have_value("")
    page.click(".conduct-begun a:text('Use it')")
    expect(page.locator("#write-note")).to_have_value("Ask the depot about Tuesday.")
    page.click("text=Keep internal note >> nth=-1")
    expect(page.locator(".conduct-talk")).to_contain_text("Ask the depot about Tuesday.")
    expect(page.locator(".conduct-begun")).to_have_count(0)


def test_leaving_at_once_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page()
    address = open_a_case(page)
    page.fill("#write-note", "In a hurry.")
    page.goto("/admin/")
    page.goto(address)
    expect(page.locator(".conduct-begun")).to_contain_text(re.compile("is still here"))
    page.click("text=Throw it away")
    expect(page.locator(".conduct-begun")).to_have_count(0)
