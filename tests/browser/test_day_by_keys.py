"""A day of a handler who has only keys: reading, giving out, answering, approving, handing over."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.a_full_desk import MARK, TO_ANSWER, TO_MODERATE
from tests.browser.conftest import OpenPage
from tests.browser.keyboard import IS_IN_SIGHT, SHOWS_FOCUS
from tests.browser.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROW = "td.title a"
#: Wide pages scroll sideways for who sees little: never.
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


class Desk:
    """Somebody at the admin with nothing but keys: Tab, letters, and the shortcuts of lists."""

    def __init__(self, page: Page, username: str) -> None:
        self.page = page
        page.goto("/admin/login/?next=/admin/cases/lists/open/")
        self.write("input[name=username]", username)
        self.write("input[name=password]", "demo")
        self.go("Enter")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, *keys: str) -> None:
        """The last of these keys opens another page."""
        self.keys(*keys[:-1])
        with self.page.expect_event("load"):
            self.keys(keys[-1])
        # Nobody is faster than the scripts that listen to the keys.
        self.page.wait_for_selector("body.ready")
        assert self.page.evaluate(TOO_WIDE) <= 0, self.page.url

    def reach(self, selector: str, at_most: int = 120) -> None:
        for _ in range(at_most):
            self.keys("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                break
        else:
            pytest.fail(f"{selector} can't be reached with Tab on {self.page.url}")
        assert self.page.evaluate(SHOWS_FOCUS), f"{selector} does not show that it has the focus"
        # The page glides there.
        self.page.wait_for_function(IS_IN_SIGHT, timeout=3_000)

    def press(self, selector: str) -> None:
        self.reach(selector)
        self.go("Enter")

    def write(self, selector: str, words: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(words)

    def main(self) -> None:
        """Past the menu, as everybody goes who has no mouse."""
        self.reach("a.skiplink", 1)
        self.keys("Enter")
        # Wagtail leads there a moment later, and would take the focus back from whatever came next.
        self.page.wait_for_function("() => document.activeElement.id === 'main'")

    def search(self, tab: str, words: str, rows: int) -> None:
        """The list that two keys lead to, and in it the cases that are found."""
        self.go("g", tab)
        self.keys("/")
        self.page.keyboard.type(f"{MARK} {words}")
        expect(self.page.locator(ROW)).to_have_count(rows)
        self.keys("Escape")

    def list_again(self) -> None:
        self.press("nav a[href='/admin/cases/']")

    def begin(self, action: str) -> None:
        """From a case to the form of something that can be done now."""
        self.main()
        link = f"a[href$='/{action}/']"
        if self.page.locator(f".conduct-more {link}").count():
            self.reach(".conduct-more summary")
            self.keys("Enter")
        self.press(f".conduct-case__act {link}")
        self.main()

    def choose(self, select: str, words: str) -> None:
        self.write(select, words)
        assert words in self.page.evaluate("document.activeElement.selectedOptions[0].text")

    def send(self) -> None:
        self.press("form.conduct-form button[type=submit]:not([name])")


def read_one(desk: Desk, left: int) -> None:
    desk.search("r", "unread", left)
    desk.go("j", "o")
    desk.begin("moderate")
    desk.send()
    desk.list_again()


def give_out(desk: Desk, rows: int) -> None:
    """All of a list at once, after a look at what will happen to each."""
    desk.search("u", "", rows)
    desk.keys("j", "x", *["j"] * (rows - 1), "Shift+X", "b")
    desk.press("#conduct-bulk button")
    desk.main()
    desk.choose("select[name=handler]", "Ana")
    desk.press("button[value=preview]")
    expect(desk.page.locator(".conduct-outcome--done")).to_have_count(rows)
    desk.main()
    desk.press("button[value=do]")
    expect(desk.page.locator(".conduct-outcome--done")).to_have_count(rows)
    desk.list_again()


def answer_one(desk: Desk, number: int, *, refund: str) -> None:
    desk.search("m", "unanswered", TO_ANSWER)
    desk.go(*["j"] * number, "o")
    desk.begin("propose")
    desk.reach("input[name^=finding_]")
    # "Upheld" comes first, "not upheld" third.
    desk.keys(*["Space"] if refund else ["ArrowDown", "ArrowDown"])
    desk.write("textarea[name^=reasons_]", "We asked the driver and read the scanner.")
    if refund:
        desk.choose("select[name$='-kind']", "Refund")
        desk.write("input[name$='-amount']", refund)
        desk.write("[name=cause]", "The tour was too long.")
        desk.write("textarea[name=prevention]", "The tour is cut in two.")
    desk.write("textarea[name=answer]", "Thank you for telling us. This is what we found.")
    desk.write("textarea[name=others_affected]", "Nobody else on this tour was late.")
    if refund:
        desk.press("button[name=look]")
        desk.main()
        desk.press("button[name=confirmed]")
    else:
        desk.send()
    desk.list_again()


def approve_one(desk: Desk) -> None:
    desk.search("a", "", TO_ANSWER)
    desk.go("j", "o")
    desk.begin("approve")
    desk.send()
    expect(desk.page.locator(".conduct-head")).to_contain_text("Answered")
    desk.list_again()


def hand_over_one(desk: Desk) -> None:
    desk.search("m", "elsewhere", 1)
    desk.go("j", "o")
    desk.begin("hand_over")
    desk.choose("select[name=handler]", "Minh")
    desk.write("textarea[name=reason]", "The driver will ring you on Monday.")
    desk.send()
    desk.list_again()


def test_a_handlers_day_needs_no_mouse(site: RunningSite, open_page: OpenPage) -> None:
    site.make("tests.browser.a_full_desk.make_desk")
    handler = Desk(open_page(), "handler")
    for number in range(TO_MODERATE):
        read_one(handler, TO_MODERATE - number)
    give_out(handler, TO_MODERATE)
    for number in range(TO_ANSWER):
        answer_one(handler, number + 1, refund="" if number else "100")
    hand_over_one(handler)
    handler.search("m", "", TO_MODERATE + TO_ANSWER)

    lead = Desk(open_page(), "lead")
    approve_one(lead)
    lead.search("a", "", TO_ANSWER - 1)
