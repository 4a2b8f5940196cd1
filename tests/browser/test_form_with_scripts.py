"""The whole form with its scripts: nothing is lost, nothing is sent twice or by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.at_the_form import (
    WORDS,
    a_file,
    a_program,
    begin,
    case_row,
    database,
    files_of,
    go,
    how_many_cases,
    reference_shown,
    step,
)
from tests.browser.conftest import OpenPage
from tests.browser.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLOWER_THAN_A_PROGRAM = 2_500  # milliseconds
MORE = "And nobody rang the bell."


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def leave(page: Page) -> list[str]:
    """Try to leave by a link; the kinds of questions that the browser asks. The person stays."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("footer a[href$='/code-of-conduct/']").click(no_wait_after=True)
    page.wait_for_timeout(700)
    page.remove_listener("dialog", stay)
    return asked


@pytest.mark.requirement("WCAG-TIME", "WCAG-FORM")
def test_what_is_typed_is_kept_after_a_pause_and_that_is_said(page: Page) -> None:
    begin(page)
    page.locator("textarea[name=remedy_wanted]").press_sequentially(MORE)
    assert leave(page) == ["beforeunload"]

    expect(page.get_by_role("status").filter(has_text=re.compile(r"^Kept \d"))).to_have_count(
        1, timeout=20_000
    )
    assert leave(page) == []
    page.wait_for_url("**/code-of-conduct/")
    page.go_back()
    expect(page.locator("textarea[name=remedy_wanted]")).to_have_value(MORE)


def test_nobody_is_warned_who_has_typed_nothing_or_sends(page: Page) -> None:
    page.goto("/en/case/start/")
    assert leave(page) == []
    page.goto("/en/case/start/")
    page.locator("textarea[name=description]").press_sequentially(MORE)
    assert leave(page) == ["beforeunload"]

    # Every dialog from here on would be refused, and so would be the way.
    page.on("dialog", lambda dialog: dialog.dismiss())
    go(page, "next")
    page.wait_for_url("**/wish/")


def test_two_windows_at_one_step_lose_neither_text(page: Page) -> None:
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("textarea[name=remedy_wanted]", "An apology.")
    go(other, "next")
    page.fill("textarea[name=remedy_wanted]", "My money back.")
    with page.expect_response(lambda r: r.request.method == "POST") as answer:
        page.locator("button[name=go][value=next]:not(.visually-hidden)").click()

    assert answer.value.status == 409
    notice = page.get_by_role("alert").filter(has_text="changed in another window")
    expect(notice).to_contain_text("An apology.")
    expect(notice).to_be_focused()
    expect(page).to_have_title(re.compile("^Please check: "))
    expect(page.locator("textarea[name=remedy_wanted]")).to_have_value("My money back.")
    # What stands here counts, now that both were seen.
    go(page, "next")
    other.reload()
    step(other, "wish")
    expect(other.locator("textarea[name=remedy_wanted]")).to_have_value("My money back.")


@pytest.mark.requirement("WCAG-TIME")
def test_going_back_with_the_browser_shows_what_is_kept(page: Page) -> None:
    begin(page)
    page.fill("textarea[name=remedy_wanted]", MORE)
    go(page, "next")
    page.go_back()
    expect(page.locator("textarea[name=remedy_wanted]")).to_have_value(MORE)
    page.go_back()
    # Not the empty form: the first step of what was begun.
    page.wait_for_url("**/problem-1/")
    expect(page.locator("textarea[name=description]")).to_have_value(WORDS["en"])
    go(page, "next")
    expect(page.locator("textarea[name=remedy_wanted]")).to_have_value(MORE)


def switch_in_header(page: Page, language: str) -> None:
    page.locator("header .language-switcher summary").click()
    with page.expect_navigation():
        page.locator(f"header .language-switcher a[hreflang='{language}' i]").click()


def switch_below_form(page: Page, language: str) -> None:
    page.locator("details:has(> div > button[value^='language:']) > summary").click()
    with page.expect_navigation():
        page.locator(f"button[value='language:{language}' i]").click()


@pytest.mark.requirement("WCAG-TIME")
@pytest.mark.parametrize("switch", [switch_in_header, switch_below_form], ids=lambda s: s.__name__)
@pytest.mark.parametrize("where", ["/en/case/start/", "/en/complain/", "you"])
def test_another_language_in_the_middle_keeps_what_was_typed_a_moment_ago(
    page: Page, switch: object, where: str
) -> None:
    page.on("dialog", lambda dialog: dialog.dismiss())
    field, words = "[name=name]", "Trần Thị Bích"
    if where == "you":
        begin(page)
        step(page, where)
    else:
        page.goto(where)
        field, words = "textarea[name=description]", WORDS["en"]
    page.locator(field).press_sequentially(words)

    switch(page, "ar")  # type: ignore[operator]
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(field)).to_have_value(words)
    switch(page, "ko")  # type: ignore[operator]
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator(field)).to_have_value(words)
    step(page, "problem-1")
    expect(page.locator("textarea[name=description]")).to_have_value(WORDS["en"])


def test_files_of_a_draft_are_sent_at_once_and_exactly_the_kept_ones_arrive(
    site: RunningSite, page: Page
) -> None:
    begin(page)
    step(page, "problem-1")
    page.set_input_files(
        "input[name=files]",
        [a_file("one.pdf"), a_program("bad.exe"), a_file("two.txt", b"Two."), a_file("three.pdf")],
    )
    rows = page.locator(".field li:has(button)")
    expect(rows).to_have_count(4)
    expect(page.locator("progress")).to_have_count(0, timeout=30_000)
    expect(rows.nth(1)).to_contain_text("bad.exe was not taken.".replace("bad.exe ", ""))
    expect(rows.nth(1)).to_contain_text("This kind of file can't be taken.")
    page.get_by_role("button", name="Take out two.txt").click()
    expect(page.get_by_role("status").get_by_text("two.txt was taken out.")).to_have_count(1)
    expect(page.locator("input[name=files]")).to_be_focused()
    # One more goes by a tick, as without scripts.
    page.reload()
    page.get_by_role("checkbox", name="Do not send three.pdf").check()
    go(page, "next")
    step(page, "you")
    page.fill("input[name=email]", "files@scripts.example")
    go(page, "check")
    go(page, "send")

    assert files_of(site, reference_shown(page)) == ["one.pdf"]


@contextmanager
def asked_at_counter(site: RunningSite) -> Iterator[None]:
    """Questions of the organisation: one for a category, one that depends on its answer."""
    table = "conduct_complaints_extra"
    columns = '(id, code, label, label_en, hint, kind, required, "where", "order", is_active'
    with database(site) as db:
        place = db.execute(
            "SELECT id FROM conduct_complaints_category WHERE code = 'place'"
        ).fetchone()[0]
        db.execute(
            f"INSERT INTO {table}question {columns}, category_id) VALUES "
            "(901, 'seen', 'Seen', 'Did anybody see it?', '', 'choice', 0, 'everywhere', 1, 1, ?)",
            [place],
        )
        db.execute(
            f"INSERT INTO {table}option (id, sort_order, code, label, label_en, is_active, "
            "question_id) VALUES (901, 1, 'yes', 'Yes', 'Somebody did', 1, 901)"
        )
        db.execute(
            f"INSERT INTO {table}question {columns}, category_id, only_if_id) VALUES "
            "(902, 'who', 'Who', 'Who saw it?', '', 'text', 0, 'everywhere', 2, 1, ?, 901)",
            [place],
        )
        db.execute(
            "UPDATE conduct_complaints_category SET quick_way_en = 'Call 5550123 at once.', "
            "quick_way = 'Call 5550123 at once.' WHERE id = ?",
            [place],
        )
    try:
        yield
    finally:
        with database(site) as db:
            db.execute(
                "UPDATE conduct_complaints_category SET quick_way_en = '', quick_way = '' "
                "WHERE code = 'place'"
            )
            db.execute(f"DELETE FROM {table}answer WHERE question_id IN (901, 902)")
            db.execute(f"DELETE FROM {table}question WHERE id = 902")
            db.execute(f"DELETE FROM {table}option WHERE id = 901")
            db.execute(f"DELETE FROM {table}question WHERE id = 901")


def test_questions_and_the_quicker_way_show_where_they_fit_and_hidden_answers_are_not_sent(
    site: RunningSite, page: Page
) -> None:
    with asked_at_counter(site):
        page.goto("/en/case/start/")
        who = page.get_by_label("Who saw it?")
        quick = page.get_by_text("Call 5550123 at once.")
        expect(who).to_be_hidden()
        expect(quick).to_be_hidden()
        page.fill("textarea[name=description]", MORE)
        page.select_option("select[name=category]", "place")
        expect(quick).to_be_visible()
        expect(who).to_be_hidden()
        page.get_by_label("Somebody did").check()
        who.fill("The neighbour")
        # Another category after all: neither is asked, and neither is sent.
        page.select_option("select[name=category]", "")
        expect(who).to_be_hidden()
        expect(quick).to_be_hidden()
        with page.expect_request(lambda r: r.method == "POST") as sent:
            go(page, "next")
        assert b"The neighbour" not in (sent.value.post_data_buffer or b"")
        step(page, "problem-1")
        page.select_option("select[name=category]", "place")
        expect(who).to_be_hidden()
        page.get_by_label("Somebody did").check()
        expect(who).to_have_value("")
        go(page, "next")
        # Offered once more above the next step, never forced.
        expect(quick).to_be_visible()
        step(page, "you")
        page.fill("input[name=email]", "counter@scripts.example")
        go(page, "check")
        expect(page.locator("main")).to_contain_text("Somebody did")
        go(page, "send")
        reference = reference_shown(page)
        answers = "(SELECT count(*) FROM conduct_complaints_extraanswer AS e WHERE e.case_id=c.id)"
        assert case_row(site, reference, answers) == (1,)


def test_going_back_from_the_confirmation_and_sending_again_makes_no_second_case(
    site: RunningSite, page: Page
) -> None:
    cases = how_many_cases(site)
    begin(page)
    step(page, "you")
    page.fill("input[name=email]", "once@scripts.example")
    go(page, "check")
    go(page, "send")
    reference, key = reference_shown(page), page.locator("#case-key").inner_text()
    page.reload()
    assert reference_shown(page) == reference

    page.go_back()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#case-key")).to_have_text(key)
    assert reference_shown(page) == reference
    assert how_many_cases(site) == cases + 1


@contextmanager
def work_is_wanted(site: RunningSite) -> Iterator[None]:
    change = "UPDATE conduct_complaints_handlingsettings SET proof_of_work = ?"
    with database(site) as db:
        before = db.execute(
            "SELECT proof_of_work FROM conduct_complaints_handlingsettings"
        ).fetchone()
        db.execute(change, ["always"])
    try:
        yield
    finally:
        with database(site) as db:
            db.execute(change, list(before))


@pytest.mark.parametrize("steps", [True, False], ids=["step by step", "one page"])
def test_while_browsers_have_to_compute_one_press_still_sends(
    site: RunningSite, page: Page, *, steps: bool
) -> None:
    page.set_default_timeout(60_000)
    with work_is_wanted(site):
        if steps:
            begin(page)
            step(page, "you")
            page.fill("input[name=email]", "work@scripts.example")
            go(page, "check")
            page.locator("button[name=go][value=send]:not(.visually-hidden)").click()
        else:
            page.goto("/en/complain/")
            page.fill("textarea[name=description]", WORDS["en"])
            page.fill("input[name=email]", "work@scripts.example")
            page.wait_for_timeout(SLOWER_THAN_A_PROGRAM)
            page.get_by_role("button", name="Send the complaint").last.click()
        reference = reference_shown(page)

    assert "proof" not in str(case_row(site, reference, "spam_signs"))


@pytest.mark.requirement("I18N-3")
@pytest.mark.parametrize("where", ["/ko/complain/", "/ko/case/start/"])
def test_enter_that_ends_the_writing_of_a_syllable_sends_nothing(
    site: RunningSite, page: Page, where: str
) -> None:
    """As an input method does it: the syllable is composed, Enter only takes it over."""
    cases = how_many_cases(site)
    posted: list[str] = []
    page.on("request", lambda r: posted.append(r.url) if r.method == "POST" else None)
    page.goto(where)
    # A field of one line, where Enter would send.
    page.locator("main details:has([name=order_number])").evaluate("d => { d.open = true }")
    page.locator("[name=order_number]").focus()
    keys = page.context.new_cdp_session(page)
    for syllable in ("ㅎ", "하", "한"):
        keys.send(
            "Input.imeSetComposition",
            {"text": syllable, "selectionStart": 1, "selectionEnd": 1},
        )
    # While an input method has the key, browsers report it as 229.
    enter = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    keys.send("Input.insertText", {"text": "한"})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    page.wait_for_timeout(500)

    expect(page.locator("[name=order_number]")).to_have_value("한")
    assert posted == []
    assert how_many_cases(site) == cases
