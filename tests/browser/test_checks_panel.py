"""What stands out in a page shows in Wagtail's checks panel, beside what Wagtail finds itself."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import OpenPage, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.requirement("ODR-OFF")
def test_an_editor_sees_the_closed_platform_in_the_checks_panel_while_writing(
    open_page: OpenPage,
) -> None:
    page = sign_in(open_page(), "editor")
    page.goto("/admin/pages/search/?q=Code+of+conduct")
    page.get_by_role("link", name=re.compile("^Code of conduct$")).first.click()
    page.wait_for_url("**/edit/")

    page.locator("textarea[name=purpose]").fill("See https://ec.europa.eu/consumers/odr")
    page.locator('[data-side-panel-toggle="checks"]').click()

    rows = page.locator("[data-content-checker-row]")
    found = rows.filter(has_text="Link to the closed EU platform for disputes")
    found.wait_for()
    assert "the page can't be published with it" in found.inner_text()
