"""Writing to a complainant in a browser: templates at once, two languages, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in

pytestmark = pytest.mark.browser


def open_a_foreign_case(page: Page, language: str = "Arabic") -> str:
    """The form "Ask" of a case in another language than the admin's."""
    sign_in(page, "admin")
    page.goto("/admin/cases/")
    addresses = page.locator("css=.conduct-cases .title-wrapper a").evaluate_all(
        "links => links.map((link) => link.href)"
    )
    for address in addresses:
        page.goto(f"{address.rstrip('/')}/ask/")
        if page.get_by_label(language, exact=True).count():
            return page.url
    pytest.fail(f"The demo has no open case in {language} on the first page.")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_template_stands_in_both_languages_at_once_and_nothing_typed_is_lost(
    open_page: OpenPage, width: int
) -> None:
    page = open_page(width=width)
    open_a_foreign_case(page)
    mine, theirs = page.locator("#id_source_text"), page.locator("#id_text")
    expect(mine).to_be_hidden()
    expect(page.locator("[name=use_template]")).to_be_hidden()
    page.check("input[name=write_in][value=mine]")
    expect(mine).to_be_visible()
    page.fill("#id_source_text", "Hello.")
    page.select_option("select[name=template]", index=1)
    # Something stands there: nothing happens before somebody has said what.
    expect(mine).to_have_value("Hello.")
    expect(theirs).to_have_value("")
    page.click("text=Keep what I wrote")
    expect(mine).to_have_value("Hello.")
    page.select_option("select[name=template]", index=1)
    page.click("text=Add the template below it")
    assert mine.input_value().startswith("Hello.\n\n")
    assert theirs.input_value().strip()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.click("text=Look at it before it goes")
    expect(page.locator(".conduct-preview article[dir=rtl]")).to_be_visible()
    expect(page.locator(".conduct-preview article[dir=ltr]")).to_contain_text("Hello.")
    # The browser itself lets nobody send what was not read.
    page.click(".conduct-preview button[name=confirmed]")
    expect(page.locator(".conduct-preview")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.click("text=Go on writing")
    assert mine.input_value().startswith("Hello.")
