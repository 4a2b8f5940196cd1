"""Every public page of the demo, as different people meet it."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from complaints.references import hash_key
from feedback.models.answering import hash_token
from tests.browser.conftest import OpenPage
from tests.browser.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLOWER_THAN_A_PROGRAM = 2_500  # milliseconds
KEY = "AAAA-BBBB-CCCC-DDDD"
TOKEN = "a-token-that-the-tests-know"
DIRECTIONS = {"en": "ltr", "ar": "rtl"}
OWN_NAMES = {
    "en": "English",
    "vi": "Tiếng Việt",
    "zh-hans": "简体中文",
    "ko": "한국어",
    "fr": "Français",
    "es": "Español",
    "de": "Deutsch",
    "ar": "العربيّة",
}
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - innerWidth"
PAGES = [
    "",
    "code-of-conduct/",
    "code-of-conduct/editions/",
    "code-of-conduct/editions/2/",
    "code-of-conduct/editions/2/changes/",
    "code-of-conduct/editions/3/corrections/",
    "code-of-conduct/editions/3/promises/D1/",
    "code-of-conduct/promises/D1/",
    "code-of-conduct/follow/",
    "complaints-policy/",
    "how-to-complain/",
    "consultations/",
    "consultations/saturdays/",
    "complain/",
    "complain-step-by-step/",
    "case/start/",
    "case/resume/",
    "case/paper/",
    "case/lost-key/",
    "case/check-receipt/",
    "privacy-notice/",
    "feedback/",
    "case/",
    f"survey/{TOKEN}/",
    "performance/",
    "accessibility/",
    "privacy/",
    "search/?q=parcel",
    "search/?q=xyzzy",
    "nothing-here/",
]


@pytest.fixture(scope="module")
def known(site: RunningSite) -> dict[str, str]:
    """References by state. The demo's keys and survey links are in mails that went nowhere."""
    references = {}
    with sqlite3.connect(site.mail.parent / "site.sqlite3") as database:
        for state in ("waiting", "answered", "closed"):
            case, references[state] = database.execute(
                "SELECT id, reference FROM conduct_complaints_case WHERE state = ? "
                "AND kind = 'complaint' ORDER BY id",
                [state],
            ).fetchone()
            database.execute(
                "UPDATE conduct_complaints_case SET key_hash = ? WHERE id = ?",
                [hash_key(KEY), case],
            )
        database.execute(
            "UPDATE conduct_feedback_invitation SET token_hash = ?, answered_at = NULL, "
            "expires_at = '2999-01-01' "
            "WHERE id = (SELECT max(id) FROM conduct_feedback_invitation)",
            [hash_token(TOKEN)],
        )
    return references


def open_case(page: Page, language: str, reference: str, key: str = KEY) -> None:
    page.context.clear_cookies()
    page.goto(f"/{language}/case/")
    page.fill("input[name=reference]", reference)
    page.fill("input[name=key]", key)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()


def complain(page: Page, language: str, email: str) -> None:
    page.goto(f"/{language}/complain/")
    page.fill("textarea[name=description]", "My parcel stood in the rain for two days.")
    page.fill("input[name=email]", email)
    page.wait_for_timeout(SLOWER_THAN_A_PROGRAM)
    page.click("form.form button[type=submit]:not([name])")
    page.wait_for_load_state()


def every_page(page: Page, language: str, known: dict[str, str]) -> Iterator[str]:
    """Go to each public page in turn, also those that only an action leads to; give its name."""
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        yield path or "home"
    complain(page, language, "no address at all")
    expect(page.locator(".error-summary")).to_be_visible()
    yield "form with an error"
    complain(page, language, "somebody@pages.example")
    expect(page.locator(".key").first).to_be_visible()
    yield "confirmation"
    open_case(page, language, "C-0000-0000")
    expect(page.locator(".error-summary")).to_be_visible()
    yield "wrong key"
    for state, action in [("waiting", "reply"), ("answered", "reject"), ("closed", "")]:
        open_case(page, language, known[state])
        expect(page.locator("main .key").first).to_have_text(known[state])
        yield f"{state} case"
        if action:
            page.goto(f"/{language}/case/do/{action}/")
            yield action


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_public_page_is_accessible_and_fits_a_small_screen(
    open_page: OpenPage, known: dict[str, str], language: str
) -> None:
    page = open_page()
    axe = Axe()
    found, wide, direction, seen = {}, {}, {}, 0
    for name in every_page(page, language, known):
        seen += 1
        unfold(page)
        violations = axe.run(page).response["violations"]
        if violations:
            found[name] = [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations]
        page.set_viewport_size({"width": 320, "height": 700})
        if page.evaluate(WIDER_THAN_THE_WINDOW) > 0:
            wide[name] = page.evaluate(WIDER_THAN_THE_WINDOW)
        page.set_viewport_size({"width": 1280, "height": 900})
        direction[name] = page.evaluate("getComputedStyle(document.body).direction")

    assert seen == 38
    assert found == {}
    assert wide == {}
    assert set(direction.values()) == {DIRECTIONS[language]}


@pytest.mark.parametrize("name", ["de", "ar"])
def test_long_words_and_dark_colours_fit_and_can_be_read(
    open_page: OpenPage, known: dict[str, str], name: str
) -> None:
    page = open_page(width=320, dark=True)
    axe = Axe()
    for path in ["", "code-of-conduct/", "complain/", "performance/", "case/"]:
        page.goto(f"/{name}/{path}")
        unfold(page)
        assert page.evaluate(WIDER_THAN_THE_WINDOW) <= 0, path
        assert axe.run(page).response["violations"] == [], path


@cache
def crawl(start: str) -> dict[str, BeautifulSoup]:
    """HTML pages that links lead to from a start, within its language, by address.

    Of addresses that differ in numbers and promises only, three.
    """
    language = urlsplit(start).path
    waiting, pages, alike = [start], {}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        shape = re.sub(r"[A-Z]?\d+", "#", urlsplit(address).path)
        if address in pages or alike[shape] == 3:
            continue
        alike[shape] += 1
        with urlopen(address, timeout=20) as response:
            is_html = response.headers.get_content_type() == "text/html"
            pages[address] = soup = BeautifulSoup(response.read() if is_html else "", "html.parser")
        for link in soup.select("a[href]"):
            target = urldefrag(urljoin(address, str(link["href"])))[0]
            is_near = urlsplit(target).netloc == urlsplit(start).netloc
            if is_near and urlsplit(target).path.startswith(language) and "?" not in target:
                waiting.append(target)
    return {address: soup for address, soup in pages.items() if soup.html}


@pytest.mark.requirement("WCAG-LANG")
@pytest.mark.parametrize("language", OWN_NAMES)
def test_every_page_says_its_language_and_direction(site: RunningSite, language: str) -> None:
    pages = crawl(f"{site.url}/{language}/")

    assert len(pages) >= 13
    roots = [page.select("html")[0] for page in pages.values()]
    assert {str(root["lang"]) for root in roots} == {language}
    expected = "rtl" if language == "ar" else "ltr"
    assert {str(root["dir"]) for root in roots} == {expected}
    for address, page in pages.items():
        names = {
            str(a["lang"]): a.get_text(strip=True)
            for a in page.select("nav [hreflang], details [hreflang]")
        }
        assert names == OWN_NAMES, address


@pytest.mark.requirement("10001-4.4")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_code_is_one_click_away_from_every_page_and_old_editions_say_so(
    site: RunningSite, language: str
) -> None:
    code = f"{site.url}/{language}/code-of-conduct/"
    pages = crawl(f"{site.url}/{language}/")

    assert code in pages
    without = [
        address
        for address, page in pages.items()
        if code not in {urljoin(address, str(a["href"])) for a in page.select("a[href]")}
    ]
    assert without == []
    with urlopen(f"{code}editions/1/", timeout=20) as response:
        old = BeautifulSoup(response.read(), "html.parser")
    assert old.select_one(".notice--warning") is not None
    assert pages[code].select_one("main .notice--warning") is None


def test_question_is_answered_without_javascript(
    open_page: OpenPage, known: dict[str, str]
) -> None:
    page = open_page(width=390, javascript=False)
    open_case(page, "en", known["waiting"])
    page.click("main a[href='/en/case/do/reply/']")
    page.fill("textarea[name=words]", "It was on Tuesday, around four.")
    page.click("main form button[type=submit]")

    expect(page.locator(".notice--success")).to_be_visible()
    expect(page.locator(".message--them").last).to_contain_text("It was on Tuesday")
