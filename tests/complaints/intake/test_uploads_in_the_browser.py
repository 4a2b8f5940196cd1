"""Files that are sent while somebody types: with progress, and never lost where that fails."""

from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe

from complaints.models import Case
from tests.complaints.intake import specimens
from tests.complaints.intake.sending import ADDRESS, WORDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.requirement("SEC-FILE"),
    pytest.mark.usefixtures("real_transactions"),
]
UPLOADS = "**/case/upload/**"


def a_file(name, content=specimens.PDF):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def page(live_server, browser):
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}{ADDRESS}")
        # As in a cached page: no token yet.
        page.locator("input[name=token]").evaluate("field => { field.value = '' }")
        yield page


def choose(page, *files):
    page.get_by_label("Photos, letters, receipts").set_input_files(list(files))


def status_says(page, words):
    page.get_by_role("status").get_by_text(words, exact=True).wait_for()


def send(page):
    """Sends the form; how many files its own POST carried."""
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_label("E-mail").first.fill("kim@example.com")
    page.wait_for_timeout(2100)
    with page.expect_request("**/case/send/") as sent:
        page.get_by_role("button", name="Send the complaint").last.click()
    page.get_by_role("heading", name="We have your complaint").wait_for()
    body = sent.value.post_data_buffer or b""
    return body.count(b'name="files"; filename="') - body.count(b'name="files"; filename=""')


def names_of_case():
    return [a.name for a in Case.objects.get().attachments.all()]


def test_files_are_sent_at_once_and_can_be_taken_out_again(page):
    choose(page, a_file("one.pdf"), a_file("bad.exe", specimens.EXE), a_file("two.pdf", b"Two."))
    status_says(page, "two.pdf is attached.")
    rows = page.locator("[data-attached] li")
    refused = " ".join(rows.nth(1).inner_text().split())
    assert refused.startswith("bad.exe was not taken. This kind of file can't be taken.")
    assert page.locator("progress").count() == 0
    violations = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in violations if "list" in str(rule["nodes"])] == []
    page.get_by_role("button", name="Take out one.pdf").click()
    status_says(page, "one.pdf was taken out.")
    assert page.evaluate("document.activeElement.name") == "files"
    choose(page, a_file("three.pdf", b"Three."))
    status_says(page, "three.pdf is attached.")
    assert send(page) == 0
    assert names_of_case() == ["two.txt", "three.txt"]


def test_without_a_connection_files_go_along_with_the_form(page):
    page.route(UPLOADS, lambda route: route.abort())
    choose(page, a_file("one.pdf"), a_file("two.pdf", b"Two."))
    status_says(page, "two.pdf goes along when you send the form.")
    choose(page, a_file("three.pdf", b"Three."))
    status_says(page, "three.pdf goes along when you send the form.")
    page.get_by_role("button", name="Take out two.pdf").click()
    assert send(page) == 2
    assert names_of_case() == ["one.pdf", "three.txt"]


def test_who_sends_the_form_before_a_file_has_arrived_loses_nothing(page):
    page.route(UPLOADS, lambda route: None)
    choose(page, a_file("one.pdf"), a_file("two.pdf", b"Two."))
    status_says(page, "Sending one.pdf")
    bar = page.get_by_role("progressbar", name="one.pdf")
    assert bar.count() == 1
    assert send(page) == 2
    assert names_of_case() == ["one.pdf", "two.txt"]


def test_with_a_mistake_in_the_form_the_page_shows_what_was_kept(page):
    choose(page, a_file("one.pdf"))
    status_says(page, "one.pdf is attached.")
    page.get_by_role("button", name="Send the complaint").last.click()
    page.locator(".error-summary").wait_for()
    assert page.get_by_role("checkbox", name="Do not send one.pdf").count() == 1
    assert send(page) == 0
    assert names_of_case() == ["one.pdf"]
