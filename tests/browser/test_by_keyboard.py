"""A complaint by somebody with keys only, an old small telephone and no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - innerWidth"


class Keyboard:
    """Somebody who has only keys; what they stand on must show."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str, at_most: int = 90) -> None:
        for _ in range(at_most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                break
        else:
            pytest.fail(f"{selector} can't be reached with Tab on {self.page.url}")
        ring = self.page.evaluate(
            """() => [document.activeElement, document.activeElement.closest(".choice")]
                .filter(Boolean)
                .map(e => getComputedStyle(e))
                .some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 3)"""
        )
        assert ring, f"{selector} does not show that it has the focus"

    def write(self, selector: str, words: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(words)

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert self.page.evaluate(WIDER_THAN_THE_WINDOW) <= 0, self.page.url
        assert self.page.evaluate("getComputedStyle(document.body).direction") == "rtl"


@pytest.mark.requirement("10002-4.5")
def test_complaint_by_keyboard_without_javascript_on_a_small_screen_in_arabic(
    open_page: OpenPage,
) -> None:
    page = open_page(width=320, javascript=False)
    keyboard = Keyboard(page)
    page.goto("/ar/")

    keyboard.press("main a[href='/ar/complain/']")
    keyboard.write("textarea[name=description]", "بقي الطرد تحت المطر يومين.")
    keyboard.reach("select[name=promise]")
    page.keyboard.press("ArrowDown")
    keyboard.reach("input[name=remedies]")
    page.keyboard.press("Space")
    keyboard.write("input[name=name]", "ليلى عبد الرحمن")
    keyboard.write("input[name=email]", "layla@keys.example")
    keyboard.press("form.form button[type=submit]")

    # Without JavaScript there was no token yet: everything is there, once more to be checked.
    expect(page.locator("textarea[name=description]")).to_have_value("بقي الطرد تحت المطر يومين.")
    expect(page.locator("input[name=remedies]").first).to_be_checked()
    keyboard.press("form.form button[type=submit]")

    shown = " ".join(page.locator(".key").all_inner_texts())
    found = re.search(r"(C-\w{4}-\w{4})\s+(\w{4}-\w{4}-\w{4}-\w{4})", shown)
    assert found, shown
    keyboard.press("main a[href='/ar/case/']")
    keyboard.write("input[name=reference]", found[1])
    keyboard.write("input[name=key]", found[2])
    keyboard.press("main form button[type=submit]")
    expect(page.locator("main .key").first).to_have_text(found[1])

    keyboard.press("main a[href='/ar/case/do/reply/']")
    keyboard.write("textarea[name=words]", "كان ذلك يوم الثلاثاء.")
    keyboard.press("main form button[type=submit]")
    expect(page.locator(".notice--success")).to_be_visible()
    expect(page.locator(".message--them").last).to_contain_text("كان ذلك يوم الثلاثاء.")
