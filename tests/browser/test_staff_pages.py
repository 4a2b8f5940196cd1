"""The staff's screens in a real browser: nothing that axe finds, at wide and narrow widths."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Found in Wagtail's own frame, which is not ours to change.
WAGTAILS_OWN: set[str] = set()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]])
        for one in found
        if one["id"] not in WAGTAILS_OWN
    ]


def a_case_in(page: Page, preset: str) -> str:
    """The address of the first case of a list."""
    page.goto(f"/admin/cases/lists/{preset}/")
    link = page.locator("main a[href*='/admin/cases/C-']").first
    return str(link.get_attribute("href"))


@pytest.mark.parametrize("width", [1400, 400])
def test_the_list_and_a_case_have_no_findings(
    site: RunningSite, open_page: OpenPage, width: int
) -> None:
    page = sign_in(open_page(width=width), "lead")
    assert violations(page) == []

    case = a_case_in(page, "open")
    assert violations(page) == []

    page.goto(case)
    assert violations(page) == []


@pytest.mark.parametrize("action", ["note", "reply", "assign", "withdraw"])
def test_the_forms_of_actions_have_no_findings(
    site: RunningSite, open_page: OpenPage, action: str
) -> None:
    page = sign_in(open_page(), "lead")

    page.goto(f"{a_case_in(page, 'open')}{action}/")

    assert page.locator("form.conduct-form").count() == 1
    assert violations(page) == []


def test_the_proposal_of_an_answer_has_no_findings(site: RunningSite, open_page: OpenPage) -> None:
    page = sign_in(open_page(), "lead")
    page.goto("/admin/cases/lists/open/?state=investigating")
    case = page.locator("main a[href*='/admin/cases/C-']").first.get_attribute("href")

    page.goto(f"{case}propose/")

    assert page.locator("[name^=finding_]").count() >= 4
    assert violations(page) == []


def test_a_quality_manager_sees_no_names_and_no_words(
    site: RunningSite, open_page: OpenPage
) -> None:
    lead = sign_in(open_page(), "lead")
    case = a_case_in(lead, "open")
    lead.goto(case)
    words = lead.locator("main blockquote").first.inner_text().strip()[:60]
    quality = sign_in(open_page(), "quality")

    quality.goto(case)

    assert words
    assert words in lead.content()
    assert words not in quality.content()
    assert quality.locator("main").is_visible()
