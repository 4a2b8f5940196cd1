"""Wagtail's date and time widgets start without inline scripts, in a real browser."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from config import csp

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def staff_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser page of somebody who is logged in."""
    get_user_model().objects.create_superuser("frame", "frame@example.org", "a-password-to-type")
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("[name=username]", "frame")
        page.fill("[name=password]", "a-password-to-type")
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        yield page


def test_date_chooser_opens_under_the_policy_of_the_case_screens(
    staff_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The filters of the site history hold two date fields."""
    monkeypatch.setattr(csp, "POLICIES", [("/admin/", csp.CASE)])
    refused: list[str] = []
    staff_page.on("console", lambda message: refused.append(message.text))

    staff_page.goto("/admin/reports/site-history/")
    staff_page.locator("[name=timestamp_from]").first.wait_for(state="attached")

    assert staff_page.locator(".xdsoft_datetimepicker").count() >= 2
    assert [text for text in refused if "Content Security Policy" in text] == []
