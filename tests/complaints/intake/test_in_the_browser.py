"""The form in a real browser: with and without JavaScript, by keyboard, on a narrow screen."""

from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe

from complaints.models import Case
from tests.complaints.intake.sending import ADDRESS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.usefixtures("real_transactions"),
]
WORDS = "비가 왔어요 🌧"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def test_with_javascript_one_press_sends_and_a_mistake_moves_the_focus(live_server, browser):
    with closing(browser.new_context()) as context:
        page = context.new_page()
        hosts = set()
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(f"{live_server.url}{ADDRESS}")
        # As in a cached page: no token yet.
        page.locator("input[name=token]").evaluate("field => { field.value = '' }")
        page.get_by_role("button", name="Send the complaint").press("Enter")
        page.locator(".error-summary").wait_for()
        assert page.evaluate("document.activeElement.className") == "error-summary"
        assert findings(page) == []
        page.get_by_role("link", name="What happened?").click()
        assert page.evaluate("document.activeElement.name") == "description"
        page.keyboard.type(WORDS)
        page.get_by_role("textbox", name="E-mail", exact=True).fill("kim@example.com")
        page.wait_for_timeout(2000)
        page.get_by_role("button", name="Send the complaint").click()
        page.get_by_role("heading", name="We have your complaint").wait_for()
        assert findings(page) == []
        reference = page.locator("#case-reference").inner_text()
        page.reload()
        assert page.locator("#case-reference").inner_text() == reference
        assert hosts == {live_server.url.split("/")[2]}
    case = Case.objects.get()
    assert (case.reference, case.description) == (reference, WORDS)


@pytest.mark.requirement("10002-4.5")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_javascript_by_keyboard_on_a_narrow_screen(live_server, browser, language):
    size = {"width": 320, "height": 640}
    with closing(browser.new_context(java_script_enabled=False, viewport=size)) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/{language}/case/send/")
        page.locator("input[name=token]").evaluate("field => { field.value = '' }")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320
        tab_to(page, "description")
        page.keyboard.type(WORDS)
        tab_to(page, "email")
        page.keyboard.type("kim@example.com")
        page.keyboard.press("Enter")
        page.locator("input[name=checked]").wait_for(state="attached")
        assert Case.objects.count() == 0
        page.wait_for_timeout(2000)
        tab_to(page, "email")
        page.keyboard.press("Enter")
        page.locator("#case-key").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    case = Case.objects.get()
    assert (case.description, case.language) == (WORDS, language)


def tab_to(page, name):
    """Reach a field as somebody does who has no mouse."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('name')") == name:
            return
    pytest.fail(f"{name} can't be reached with the Tab key")
