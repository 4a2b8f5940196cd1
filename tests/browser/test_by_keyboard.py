"""A complaint by somebody with keys only, an old small telephone and no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
    keyboard.press("form.form button[type=submit]:not([name])")

    # Without JavaScript there was no token yet: everything is there, once more to be checked.
    expect(page.locator("textarea[name=description]")).to_have_value("بقي الطرد تحت المطر يومين.")
    expect(page.locator("input[name=remedies]").first).to_be_checked()
    keyboard.press("form.form button[type=submit]:not([name])")

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
