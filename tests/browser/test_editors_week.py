"""A week of an editor: write, have it reviewed, publish, translate, correct, postpone, answer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "/en/code-of-conduct/"
PROMISE = {
    "en": "We send you a message the day before we come.",
    "ko": "방문 하루 전에 메시지를 보내 드립니다.",
    "ar": "نرسل إليكم رسالة قبل يوم من قدومنا.",
}
TABS = {"en": "English", "ko": "한국어", "ar": "العربيّة"}
#: {language: what the Korean and the Arabic page say of what is new}
SATURDAYS = {"ko": "토요일에도 배송합니다.", "ar": "نوصل يوم السبت أيضًا."}
TODAY = datetime.now(tz=UTC).date()
AHEAD = TODAY + timedelta(days=30)


def code_page(page: Page) -> str:
    """Open the code as editors find it; its address in the admin."""
    page.goto("/admin/pages/search/?q=Code+of+conduct")
    page.get_by_role("link", name="Code of conduct", exact=True).first.click()
    page.wait_for_url("**/edit/")
    return page.url


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """A button of the footer that stands behind the first one."""
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).click()


def fill_date(page: Page, name: str, day: date) -> None:
    """The calendar opens a moment later and would lie over the buttons: wait, and leave it."""
    page.fill(f"[name={name}]", day.isoformat())
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.wait_for()
    page.locator("body").dispatch_event("mousedown")
    expect(calendar).to_have_count(0)


def publish(page: Page) -> None:
    with page.expect_navigation():
        press(page, re.compile("^Publish$"))
    expect(page.locator(".messages .success")).to_be_visible()


def write_promise(page: Page) -> None:
    page.goto("/admin/snippets/conduct/promise/add/")
    page.fill("[name=code]", "D4")
    page.select_option("[name=topic]", "delivery")
    page.select_option("[name=state]", "live")
    page.fill("[name=accountable_role]", "Head of delivery")
    page.select_option("[name=indicator]", "entered")
    page.fill("[name=target]", "95")
    for language, tab in TABS.items():
        page.get_by_role("tab", name=tab).click()
        page.fill(f"[name=statement_{language}]", PROMISE[language])
    page.get_by_role("tab", name=TABS["en"]).click()
    page.fill("[name=limits_en]", "Only with a mobile number.")
    page.fill("[name=remedy_en]", "3 euros.")
    page.fill("[name=metric_en]", "Parcels announced by 8 p.m. the day before.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/snippets/conduct/promise/")


def submit(page: Page) -> str:
    address = code_page(page)
    page.fill("[name=what_changed]", "New: a message the day before we come.")
    with page.expect_navigation():
        press(page, re.compile("^Submit to "))
    return address


def approve(page: Page, address: str, *, by_name: bool = False) -> None:
    """The last stage says who in top management stands behind it."""
    page.goto(address)
    if by_name:
        page.fill("[name=approved_by_name]", "Imke Vandersteen")
        page.fill("[name=approved_by_role]", "Managing director")
        fill_date(page, "approved_on", TODAY)
        with page.expect_navigation():
            page.get_by_role("button", name="Save draft").click()
    with page.expect_navigation():
        press(page, re.compile("^Approve( and Publish)?$"))


def translate(page: Page, address: str) -> None:
    """Take over what is new, then say it side by side in two languages."""
    page.goto(address)
    page.locator("header [data-w-dropdown-target=toggle]").first.click()
    page.locator("a[href*='/localize/update/']").click()
    rows = page.locator("main li")
    found = {
        language: str(rows.filter(has_text=name).get_by_role("link").get_attribute("href"))
        for language, name in (("ko", "Korean"), ("ar", "Arabic"))
    }
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/edit/")
    for language, where in found.items():
        page.goto(where)
        new = page.get_by_role("button", name="Translate", exact=True)
        expect(new).to_have_count(3)
        while new.count():
            new.first.click()
            box = page.locator("main textarea:visible").first
            box.fill(SATURDAYS[language])
            page.get_by_role("button", name="Save", exact=True).click()
            expect(box).to_be_hidden()
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^Publish in")).click()


def correct_spelling(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=exclusions]", "Contracts between firms with their own terms, and our staff.")
    page.check("[name=is_correction]")
    publish(page)


def postpone(page: Page, address: str) -> None:
    """The edition after that, in force on a day that lies ahead."""
    page.goto(address)
    page.fill("[name=scope]", "All parcels within the country and abroad, and all letters.")
    page.fill("[name=what_changed]", "Letters, too.")
    fill_date(page, "effective_date", AHEAD)
    fill_date(page, "review_date", AHEAD + timedelta(days=365))
    fill_date(page, "approved_on", TODAY)
    page.click("[name=approved_by_name]")  # leaves the calendar, which covers the buttons
    publish(page)


def answer_comment(page: Page) -> None:
    page.goto("/admin/snippets/conduct/consultationcomment/")
    page.locator("tr", has_text="Bitte nicht vor acht Uhr").get_by_role("link").first.click()
    page.select_option("[name=state]", "shown")
    page.fill("[name=answer]", "Danke. Wir kommen nicht vor neun.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/consultationcomment/")


def test_an_editors_week(open_page: OpenPage) -> None:
    editor, reader = sign_in(open_page(), "editor"), open_page(width=390)
    write_promise(editor)
    address = submit(editor)
    reader.goto(CODE)
    expect(reader.locator("main")).not_to_contain_text(PROMISE["en"])

    for who in ("quality", "privacy", "admin"):
        approve(sign_in(open_page(), who), address, by_name=who == "admin")
    reader.goto(CODE)
    expect(reader.locator("main")).to_contain_text(PROMISE["en"])
    expect(reader.locator("main")).to_contain_text("Edition 4")

    translate(editor, address)
    for language in ("ko", "ar"):
        reader.goto(f"/{language}/code-of-conduct/")
        expect(reader.locator("main")).to_contain_text(PROMISE[language])
        expect(reader.locator("main")).to_contain_text(SATURDAYS[language])

    correct_spelling(editor, address)
    reader.goto(CODE)
    expect(reader.locator("main")).to_contain_text("with their own terms")
    expect(reader.locator("main")).to_contain_text("Edition 4")
    reader.goto(f"{CODE}editions/4/corrections/")
    expect(reader.locator("del")).not_to_have_count(0)

    postpone(editor, address)
    reader.goto(CODE)
    expect(reader.locator("main")).not_to_contain_text("all letters")
    reader.goto(f"{CODE}editions/5/")
    expect(reader.locator("main")).to_contain_text("all letters")

    answer_comment(editor)
    reader.goto("/en/consultations/saturdays/")
    expect(reader.locator("main")).to_contain_text("Danke. Wir kommen nicht vor neun.")
