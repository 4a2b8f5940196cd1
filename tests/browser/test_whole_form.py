"""The whole form, step by step, by somebody with keys and no scripts; and as axe reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.at_the_form import (
    KEY,
    RULES,
    WORDS,
    a_file,
    a_program,
    begin,
    case_row,
    files_of,
    go,
    how_many_cases,
    reference_shown,
    step,
)
from tests.browser.conftest import OpenPage
from tests.browser.keyboard import HELP, Keyboard, findings_of
from tests.browser.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECOND = "والساعي لم يرنّ الجرس."
NEXT = "button[name=go][value=next]"
BACK = "button[name=go][value=back]"


@pytest.mark.requirement("10002-4.5", "WCAG-FORM", "WCAG-22", "WCAG-TIME")
def test_step_by_step_with_keys_only_without_javascript_in_arabic_on_two_devices(
    site: RunningSite, open_page: OpenPage
) -> None:
    cases = how_many_cases(site)
    page = open_page(width=320, javascript=False)
    keyboard = Keyboard(page)
    page.goto("/ar/case/start/")

    keyboard.press(NEXT)
    summary_leads_to_field(keyboard, "description")
    page.keyboard.type(WORDS["ar"])
    keyboard.choose_file("input[name=files]", a_file("letter.pdf"), a_program("letter.exe"))
    keyboard.press("button[name=go][value=another]")
    # One file was not taken: that is said first, and the rest is kept.
    expect(page).to_have_title(re.compile("^يرجى المراجعة: "))
    expect(page.get_by_role("alert")).to_contain_text("letter.exe")
    keyboard.press("button[name=go][value=another]")
    keyboard.write("textarea[name=description]", SECOND)
    keyboard.press(BACK)
    expect(page.locator("textarea[name=description]")).to_have_value(WORDS["ar"])
    expect(page.locator("input[name=remove_file]")).to_have_count(1)
    keyboard.press(NEXT)
    expect(page.locator("textarea[name=description]")).to_have_value(SECOND)
    keyboard.press(NEXT)
    keyboard.reach("input[name=remedies]")
    page.keyboard.press("Space")
    keyboard.press(NEXT)
    keyboard.press(NEXT)
    summary_leads_to_field(keyboard, "email")
    keyboard.press("button[name=go][value=later]")
    code = page.locator("#draft-code").inner_text()

    # Another device: nothing of the first one is there.
    other = Keyboard(open_page(width=320, javascript=False))
    other.page.goto("/ar/")
    reference = send_from_there(other, code)

    assert how_many_cases(site) == cases + 1
    assert files_of(site, reference) == ["letter.pdf"]
    issues = "(SELECT count(*) FROM conduct_complaints_issue AS i WHERE i.case_id = c.id)"
    assert case_row(site, reference, f"language, {issues}") == ("ar", 2)


def summary_leads_to_field(keyboard: Keyboard, name: str) -> None:
    page = keyboard.page
    expect(page).to_have_title(re.compile("^(خطأ|يرجى المراجعة): "))
    expect(page.get_by_role("alert")).to_have_count(1)
    keyboard.reach(".error-summary a")
    page.keyboard.press("Enter")
    field = page.locator(f"[name={name}]")
    expect(field).to_be_focused()
    # The sentence stands beside the field too, and belongs to it.
    assert field.get_attribute("aria-invalid") == "true"
    beside = page.locator(".field--error .field__error").first.inner_text().strip()
    expect(field).to_have_accessible_description(re.compile(re.escape(beside)))


def send_from_there(keyboard: Keyboard, code: str) -> str:
    page = keyboard.page
    page.goto("/ar/case/resume/")
    keyboard.write("input[name=code]", code.lower().replace("-", " "))
    keyboard.press("main form button[type=submit]")
    expect(page.locator("textarea[name=description]")).to_have_value(WORDS["ar"])
    keyboard.press("button[name=go][value=check]")
    keyboard.press("button[name=go][value=send]")
    # Nothing was sent: the way to reply is missing, and the summary leads there.
    keyboard.press(".error-summary a[href*='/you/']")
    keyboard.write("input[name=email]", "layla@two-devices.example")
    keyboard.press("button[name=go][value=check]")
    expect(page.locator("main")).to_contain_text(SECOND)
    expect(page.locator("main")).to_contain_text("letter.pdf")
    keyboard.press("button[name=go][value=send]")
    assert KEY.fullmatch(page.locator("#case-key").inner_text())
    return reference_shown(page)


def walk(page: Page, language: str) -> Iterator[str]:
    """Every page of the form in turn, those with mistakes as well; gives the name of each."""
    page.goto(f"/{language}/case/start/")
    yield "start"
    go(page, "next")
    yield "start with a mistake"
    page.fill("textarea[name=description]", WORDS[language])
    page.set_input_files("input[name=files]", [a_file("letter.pdf"), a_program("letter.exe")])
    expect(page.locator(".field li button")).to_have_count(2)
    expect(page.locator("progress")).to_have_count(0)
    yield "start with files"
    go(page, "another")
    yield "second problem"
    page.fill("textarea[name=description]", WORDS[language])
    for name in ("wish", "you"):
        go(page, "next")
        yield name
    go(page, "check")
    yield "check"
    go(page, "send")
    yield "check with a mistake"
    step(page, "you")
    go(page, "next")
    yield "you with a mistake"
    page.fill("input[name=email]", f"{language}@walk.example")
    for name in ("acting", "support"):
        go(page, "next")
        yield name
    go(page, "later")
    yield "later"
    go_to = page.locator("p.cluster a").last.get_attribute("href")
    page.goto(str(go_to))
    yield "throw away"
    page.goto(f"/{language}/case/resume/")
    yield "resume"
    page.fill("input[name=code]", "0000-0000-0000-0000")
    page.click("main form button[type=submit]")
    page.locator(".error-summary").wait_for()
    yield "resume with a mistake"
    page.goto(f"/{language}/case/paper/")
    yield "paper"


@pytest.mark.requirement("WCAG-FORM", "WCAG-22")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_step_and_mistake_is_accessible_in(
    site: RunningSite, open_page: OpenPage, language: str
) -> None:
    page, axe = open_page(width=390), Axe()
    found, helps, focus = {}, set(), {}
    for name in walk(page, language):
        if "mistake" in name:
            focus[name] = page.evaluate("document.activeElement.className")
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        violations = axe.run(page, options=RULES).response["violations"]
        found[name] = {v["id"]: [n["html"] for n in v["nodes"]] for v in violations}
        page.set_viewport_size({"width": 320, "height": 700})
        found[name] |= findings_of(page)
        page.set_viewport_size({"width": 390, "height": 900})
        helps.add(tuple(page.evaluate(HELP)))
    read_confirmation(page, language)

    assert {name: what for name, what in found.items() if what} == {}
    assert len(found) == 16
    # Help is the same stop on every page, and leads to a telephone number.
    assert len(helps) == 1
    assert min(helps)[0] >= 0
    assert min(helps)[1] is True
    # With scripts, whoever listens hears at once what has to be mended.
    assert set(focus.values()) == {"error-summary"}
    assert len(focus) == 4


def read_confirmation(page: Page, language: str) -> None:
    """Sent in the end; the confirmation is read as the other pages are."""
    begin(page, language)
    step(page, "you")
    page.fill("input[name=email]", f"{language}@walk.example")
    go(page, "check")
    go(page, "send")
    page.locator("#case-key").wait_for()
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [v["id"] for v in violations] == []


@pytest.mark.requirement("WCAG-FORM", "WCAG-22")
def test_questions_have_names_roles_and_hints_and_none_is_asked_twice(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    begin(page)
    asked = {}
    for slug in ("problem-1", "wish", "you", "acting", "support", "check"):
        step(page, slug)
        asked[slug] = set(
            page.locator("main form :is(input, select, textarea)").evaluate_all(
                "all => all.filter(e => e.type !== 'hidden').map(e => e.name)"
            )
        ) - {"further_subject"}
        if slug == "problem-1":
            what = page.get_by_role("textbox", name="What happened?", exact=True)
            expect(what).to_have_accessible_description(re.compile("in your own words"))
            expect(page.get_by_role("checkbox", name="It is urgent")).to_have_count(1)
            expect(page.get_by_role("combobox", name="What is it about?")).to_have_count(1)
        if slug == "wish":
            wish = page.get_by_role("group", name="What would put it right?")
            expect(wish).to_have_accessible_description("Choose as many as you like, or none.")
            expect(wish.get_by_role("checkbox", name="Refund")).to_have_count(1)
        if slug == "you":
            tokens = page.locator("main form [autocomplete]").evaluate_all(
                "all => all.map(e => [e.name, e.autocomplete])"
            )

    twice = [
        (one, other, asked[one] & asked[other])
        for one in asked
        for other in asked
        if one < other and asked[one] & asked[other]
    ]
    assert twice == []
    assert dict(tokens) == {
        "further_subject": "off",
        "name": "name",
        "email": "email",
        "phone": "tel",
        "street": "street-address",
        "postcode": "postal-code",
        "town": "address-level2",
        "country": "country-name",
        "notice_email": "off",
    }
