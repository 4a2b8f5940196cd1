"""Lists of cases by keyboard alone: walking, choosing, doing something with many, the sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.running_site import RunningSite
from tests.browser.test_staff_pages import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHOSEN = "input[name=case]:checked"


def open_list(open_page: OpenPage, width: int = 1280, javascript: bool = True) -> Page:
    page = sign_in(open_page(width=width, javascript=javascript), "lead")
    page.goto("/admin/cases/lists/open/")
    return page


def test_a_row_is_reached_chosen_and_opened_by_keys(site: RunningSite, open_page: OpenPage) -> None:
    page = open_list(open_page)
    links = page.locator("td.title a")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator(CHOSEN)).to_have_count(3)
    page.keyboard.press("k")
    address = str(links.nth(2).get_attribute("href"))
    page.keyboard.press("o")
    page.wait_for_url(f"**{address}")


def test_keys_lead_to_tabs_to_the_search_and_to_the_sheet(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_list(open_page)
    page.keyboard.press("?")
    sheet = page.locator("#conduct-keys")
    expect(sheet).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("/")
    search = page.locator("[data-search-form] input[name=q]")
    expect(search).to_be_focused()
    page.keyboard.type("jxg?")
    expect(search).to_have_value("jxg?")
    expect(sheet).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("u")
    page.wait_for_url("**/lists/unassigned/**")


@pytest.mark.parametrize("width", [1280, 390])
def test_many_cases_are_assigned_after_a_preview(
    width: int, site: RunningSite, open_page: OpenPage
) -> None:
    page = open_list(open_page, width)
    for number in range(2):
        page.locator("input[name=case]").nth(number).check()
    assert violations(page) == []
    page.locator("#conduct-bulk button").press("Enter")
    page.locator("select[name=handler]").select_option(index=1)
    page.locator("button[value=preview]").press("Enter")
    expect(page.locator("table.conduct-outcomes tbody tr")).to_have_count(2)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_many_cases_are_chosen_without_a_script(site: RunningSite, open_page: OpenPage) -> None:
    page = open_list(open_page, javascript=False)
    page.locator("input[name=case]").first.check()
    page.locator("select[name=action]").select_option("note")
    page.locator("#conduct-bulk button").click()
    page.locator("textarea[name=text]").fill("Rang at nine.")
    page.locator("button[value=preview]").click()
    page.locator("button[value=do]").click()
    expect(page.locator(".conduct-outcome--done")).to_have_count(1)
