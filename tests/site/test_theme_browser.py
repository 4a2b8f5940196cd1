"""The theme in a real browser: every component, in languages, widths and palettes that are hard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.site.home_pages import make_home, make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HOST = "http://testserver"
HERE = Path(__file__).parent
TEXTS = json.loads((HERE / "theme_gallery.json").read_text(encoding="utf-8"))
WIDER_THAN_THE_WINDOW = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def gallery(rf: RequestFactory, client: Client) -> dict[str, tuple[str, str]]:
    """Every component in the site's frame, by language: the HTML and the policy it is sent with."""
    make_organisation(make_home())
    policy = client.get("/en/search/").headers["Content-Security-Policy"]
    template = Template((HERE / "theme_gallery.html").read_text(encoding="utf-8"))
    pages = {}
    for language, texts in TEXTS.items():
        request = rf.get(f"/{language}/gallery/", headers={"host": "testserver"})
        with translation.override(language):
            html = template.render(RequestContext(request, {"t": texts, "request": request}))
        pages[f"/{language}/gallery/"] = (html, policy)
    return pages


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-background-networking"],
        )


def show(
    browser: Browser,
    gallery: dict[str, tuple[str, str]],
    language: str,
    *,
    width: int = 1280,
    scheme: str = "light",
    javascript: bool = True,
) -> tuple[Page, list[str]]:
    """The gallery in a new window, and a list that collects what went wrong there."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=javascript,
    )
    page = context.new_page()
    wrong: list[str] = []

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" == HOST and url.path in gallery:
            html, policy = gallery[url.path]
            headers = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": policy,
            }
            route.fulfill(body=html, headers=headers)
        elif found := finders.find(url.path.removeprefix("/static/")):
            route.fulfill(path=found)
        else:
            wrong.append(route.request.url)
            route.abort()

    page.route("**/*", answer)
    page.on(
        "console", lambda message: wrong.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{HOST}/{language}/gallery/")
    return page, wrong


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 1280, "light"),
        ("en", 320, "dark"),
        ("de", 320, "light"),
        ("de", 640, "dark"),
        ("ar", 320, "light"),
        ("ar", 1280, "dark"),
        ("ko", 768, "light"),
        ("ko", 320, "dark"),
    ],
)
def test_gallery_fits_and_has_no_barriers(
    browser: Browser,
    gallery: dict[str, tuple[str, str]],
    language: str,
    width: int,
    scheme: str,
) -> None:
    page, wrong = show(browser, gallery, language, width=width, scheme=scheme)

    assert page.evaluate(WIDER_THAN_THE_WINDOW) == 0
    report = Axe().run(page).response
    assert [(found["id"], found["nodes"][0]["target"]) for found in report["violations"]] == []
    assert len(report["passes"]) > 20
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_targets_are_large_enough_for_a_thumb(
    browser: Browser, gallery: dict[str, tuple[str, str]], language: str
) -> None:
    page, _wrong = show(browser, gallery, language, width=320)
    selector = ".button, .choice, .site-header a, summary, .site-footer a, .pagination a, .aside a"
    small = page.locator(f"{selector}, .field input, .field select").evaluate_all(
        "all => all.filter(e => e.checkVisibility() && !e.closest('.choice, .honeypot')"
        " && e.type !== 'file' && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"
    )

    assert small == []
    page.context.close()


def test_focus_ring_is_three_pixels_wide_everywhere(
    browser: Browser, gallery: dict[str, tuple[str, str]]
) -> None:
    page, _wrong = show(browser, gallery, "en")
    rings = {}
    for _ in range(30):
        page.keyboard.press("Tab")
        element, ring = page.evaluate(
            "() => { const e = document.activeElement;"
            " const s = getComputedStyle(e.closest('.choice') ?? e);"
            " return [e.outerHTML.slice(0, 80), s.outlineStyle + ' ' + s.outlineWidth] }"
        )
        rings[element] = ring

    assert len(rings) > 20
    assert {element: ring for element, ring in rings.items() if ring != "solid 3px"} == {}
    page.context.close()


def test_error_summary_has_the_focus_when_the_page_opens(
    browser: Browser, gallery: dict[str, tuple[str, str]]
) -> None:
    page, _wrong = show(browser, gallery, "en")

    assert page.evaluate("() => document.activeElement.className") == "error-summary"
    page.context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_language_menu_opens_with_and_without_javascript(
    browser: Browser, gallery: dict[str, tuple[str, str]], javascript: bool
) -> None:
    page, _wrong = show(browser, gallery, "ar", width=320, javascript=javascript)
    korean = page.get_by_role("link", name="한국어")
    assert not korean.is_visible()

    page.locator("summary").first.click()

    assert korean.is_visible()
    box = korean.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    if javascript:
        page.keyboard.press("Escape")
        assert not korean.is_visible()
    page.context.close()


def test_pressing_send_twice_sends_once(
    browser: Browser, gallery: dict[str, tuple[str, str]]
) -> None:
    page, _wrong = show(browser, gallery, "en")
    # Counted after conduct.js has had its say; nothing leaves the page.
    page.evaluate(
        "() => { window.sent = 0; window.addEventListener('submit', (event) => {"
        " if (!event.defaultPrevented) window.sent += 1; event.preventDefault() }) }"
    )
    button = page.get_by_role("button", name="Send the complaint").first

    button.click()
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)

    assert page.evaluate("() => window.sent") == 1
    page.evaluate("() => window.dispatchEvent(new Event('pageshow'))")
    assert button.get_attribute("aria-disabled") is None
    button.click()
    assert page.evaluate("() => window.sent") == 2
    page.context.close()


def test_paper_shows_the_words_and_no_navigation(
    browser: Browser, gallery: dict[str, tuple[str, str]]
) -> None:
    page, _wrong = show(browser, gallery, "en", scheme="dark")
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.locator("#contact").is_visible()
    for hidden in (".site-header__tools", ".site-footer nav", ".form-actions", ".breadcrumb"):
        assert not page.locator(hidden).first.is_visible()
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.context.close()
