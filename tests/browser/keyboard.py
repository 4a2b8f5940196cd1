"""Somebody who has only keys, and what every page must give them (WCAG 2.2)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - innerWidth"
SHOWS_FOCUS = """() => [document.activeElement, document.activeElement.closest(".choice")]
    .filter(Boolean)
    .map(e => getComputedStyle(e))
    .some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 3)"""
#: Nothing lies over the middle of what has the focus (2.4.11).
IS_IN_SIGHT = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const over = document.elementFromPoint(x, (top + bottom) / 2);
    return bottom > top && Boolean(over) && (e.contains(over) || over.contains(e)
        || [...(e.labels || [])].some(label => label.contains(over)));
}"""
#: What can be pressed and is smaller than 24 × 24 pixels. A link within a sentence may be (2.5.8),
#: and a box is as large as its label.
SMALL_TARGETS = """() => [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(e => e.checkVisibility() && !e.closest(".visually-hidden, .honeypot, .skip-link"))
    .filter(e => !(e.matches("a") && e.parentElement.matches("p, li, dd")
        && e.parentElement.textContent.trim() !== e.textContent.trim()))
    .map(e => [e, e.closest(".choice") || e])
    .filter(([e, whole]) => {
        const box = whole.getBoundingClientRect();
        return box.width && (box.width < 24 || box.height < 24);
    })
    .map(([e]) => e.outerHTML.slice(0, 120))"""
#: Which stop of the Tab key leads to help, and whether it is there (3.2.6).
HELP = """() => {
    const stops = [...document.querySelectorAll("header a[href], header summary, header button")];
    const help = stops.find(e => e.getAttribute("href") === "#contact");
    return [stops.filter(e => !e.closest("details ul")).indexOf(help),
            Boolean(document.querySelector("footer #contact a[href^='tel:']"))];
}"""


def findings_of(page: Page) -> dict[str, Any]:
    """What a page gets wrong for somebody with keys on a small screen; empty where nothing."""
    wide = page.evaluate(WIDER_THAN_THE_WINDOW)
    found = {
        "wider than the window": wide if wide > 0 else 0,
        "small targets": page.evaluate(SMALL_TARGETS),
        "to be dragged": page.locator("[draggable=true]").count(),
    }
    return {what: how for what, how in found.items() if how}


class Keyboard:
    """Somebody who has only keys; what they stand on must show."""

    def __init__(self, page: Page, direction: str = "rtl") -> None:
        self.page, self.direction = page, direction

    def reach(self, selector: str, at_most: int = 90) -> None:
        for _ in range(at_most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                break
        else:
            pytest.fail(f"{selector} can't be reached with Tab on {self.page.url}")
        assert self.page.evaluate(SHOWS_FOCUS), f"{selector} does not show that it has the focus"
        assert self.page.evaluate(IS_IN_SIGHT), f"{selector} has the focus and is hidden"

    def write(self, selector: str, words: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(words)

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert findings_of(self.page) == {}, self.page.url
        shown = self.page.evaluate("getComputedStyle(document.body).direction")
        assert shown == self.direction

    def choose_file(self, selector: str, *files: Any) -> None:
        self.reach(selector)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(list(files))
