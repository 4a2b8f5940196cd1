"""No time-out loses a text: forms left open, drafts on other devices, browsers without cookies."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core import signing
from playwright.sync_api import Browser, Page, expect

from config.settings import dev
from tests.browser.at_the_form import (
    WORDS,
    begin,
    case_row,
    database,
    go,
    how_many_cases,
    reference_shown,
    step,
)
from tests.browser.conftest import OpenPage
from tests.browser.running_site import RunningSite, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AN_HOUR = 3600


class EarlierSigner(signing.TimestampSigner):
    """Signs as the running site did some time ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(key=dev.SECRET_KEY, salt="conduct.intake.token")
        self.seconds = seconds

    def timestamp(self) -> str:
        now = signing.b62_decode(super().timestamp())
        return signing.b62_encode(now - self.seconds)


def leave_open(page: Page, seconds: int, token_id: str) -> None:
    """As if the page had got its token so long ago."""
    token = page.locator("input[name=token]")
    expect(token).not_to_have_value("")
    token.evaluate(
        "(field, token) => { field.value = token }", EarlierSigner(seconds).sign(token_id)
    )


def fill_in_one_page(page: Page, email: str) -> None:
    page.goto("/en/complain/")
    page.fill("textarea[name=description]", WORDS["en"])
    page.fill("input[name=email]", email)


def press_send(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Send the complaint").last.click()


@pytest.mark.requirement("WCAG-TIME")
def test_form_on_one_page_left_open_for_an_hour_is_sent_with_one_press(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    fill_in_one_page(page, "hour@time.example")
    leave_open(page, AN_HOUR, "left-open-for-an-hour")
    press_send(page)

    assert case_row(site, reference_shown(page), "language") == ("en",)


@pytest.mark.requirement("WCAG-TIME")
def test_form_on_one_page_left_open_for_a_day_comes_back_once_with_everything(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    cases = how_many_cases(site)
    fill_in_one_page(page, "day@time.example")
    leave_open(page, 25 * AN_HOUR, "left-open-for-a-day")
    press_send(page)
    notice = page.get_by_role("alert").filter(has_text="open for more than a day")
    expect(notice).to_be_focused()
    expect(page.locator("textarea[name=description]")).to_have_value(WORDS["en"])
    expect(page.locator("input[name=email]")).to_have_value("day@time.example")
    assert how_many_cases(site) == cases
    press_send(page)

    reference_shown(page)
    assert how_many_cases(site) == cases + 1


@pytest.mark.requirement("WCAG-TIME")
def test_step_left_open_for_thirteen_days_goes_on_and_sends(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    begin(page)
    step(page, "you")
    public_id = re.search(r"/draft/([0-9a-f-]{36})/", page.url)
    assert public_id
    with database(site) as db:
        changed = db.execute(
            "UPDATE conduct_complaints_draft SET created_at = datetime(created_at, '-13 days'), "
            "changed_at = datetime(changed_at, '-13 days'), "
            "expires_at = datetime(expires_at, '-13 days') WHERE public_id = ?",
            [public_id[1].replace("-", "")],
        )
        assert changed.rowcount == 1
    page.fill("input[name=email]", "thirteen@time.example")
    go(page, "check")
    go(page, "send")

    assert case_row(site, reference_shown(page), "language") == ("en",)


@pytest.mark.requirement("WCAG-TIME")
def test_link_in_the_mail_opens_the_draft_on_another_device_and_sends(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    begin(page, "ko")
    page.fill("textarea[name=remedy_wanted]", "사과")
    go(page, "later")
    page.fill("input[name=email]", "later@time.example")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    link = re.search(r"http://\S+/resume/\S+/", text_of(site.mails_to("later@time.example")[-1]))
    assert link

    other = open_page(width=390)
    other.goto(link[0])
    # The link itself opens nothing: a button does.
    expect(other.locator("textarea")).to_have_count(0)
    with other.expect_navigation():
        other.click("main form button[type=submit]")
    expect(other.locator("html")).to_have_attribute("lang", "ko")
    expect(other.locator("textarea[name=description]")).to_have_value(WORDS["ko"])
    step(other, "wish")
    expect(other.locator("textarea[name=remedy_wanted]")).to_have_value("사과")
    step(other, "you")
    other.fill("input[name=email]", "later@time.example")
    go(other, "check")
    go(other, "send")
    reference = reference_shown(other)
    # The first device learns that it was sent, and where it is.
    page.goto(re.sub(r"/later/$", "/wish/", page.url))
    expect(page.locator("main")).to_contain_text(reference)


def test_without_cookies_one_page_sends_and_steps_say_what_to_do(
    site: RunningSite, browser: Browser, chromium_path: str, tmp_path: Path
) -> None:
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(settings))
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path),
        executable_path=chromium_path,
        args=["--no-sandbox", "--disable-background-networking"],
        base_url=site.url,
    )
    try:
        page = context.new_page()
        page.goto("/en/case/start/")
        page.fill("textarea[name=description]", WORDS["en"])
        with page.expect_navigation():
            page.locator("button[name=go][value=next]").last.click()
        assert context.cookies() == []
        expect(page.locator("main")).to_contain_text("If your browser takes no cookies")
        page.click("main li a[href='/en/case/send/']")
        page.fill("textarea[name=description]", WORDS["en"])
        page.fill("input[name=email]", "nocookies@time.example")
        page.wait_for_timeout(2_500)
        press_send(page)
        reference_shown(page)
    finally:
        context.close()
