"""The last page: everything once more, then one case, however often Send is pressed."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from complaints.models import Case, Draft
from tests.complaints.intake.drafting.test_steps import pdf
from tests.complaints.intake.drafting.walking import (
    STEPS,
    Walk,
    begin,
    hidden,
    key_in,
    ready,
    slug_of,
    the_case,
)
from tests.complaints.intake.sending import WORDS, text_of
from tests.factories import make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

EVERYTHING: dict[str, dict[str, Any]] = {
    "problem-1": {
        "description": "Es regnete.\nZwei Tage lang.",
        "category": "delivery",
        "product": "Umbrella",
        "happened_on": "2026-03-31",
        "urgent": "on",
    },
    "wish": {"remedies": ["refund"], "remedy_wanted": "All of it"},
    "you": {"name": "김민지", "email": "kim@example.com", "reply_by": "email"},
    "acting": {"representative_name": "Ana", "representative_phone": "12345"},
    "support": {"support": ["large_print"], "contact_times": "after five"},
}


@pytest.mark.requirement("WCAG-FORM")
def test_everything_is_shown_in_words_with_a_way_to_change_it() -> None:
    make_category("delivery")
    make_remedy_kind("refund")
    walk = begin(files=pdf())
    for slug, typed in EVERYTHING.items():
        walk.post(slug, "check", **typed)
    page = text_of(walk.get("check"))
    for words in (
        "Es regnete.<br>Zwei Tage lang.", "Delivery", "Umbrella", "31 March 2026", "Yes", "Refund",
        "All of it", "김민지", "kim@example.com", "Ana", "12345", "Letters in large print",
        "after five", "<bdi>letter.pdf</bdi>",
    ):  # fmt: skip
        assert words in page
    for slug in STEPS:
        assert f'<a href="{walk.url(slug)}">Change' in page


@pytest.mark.requirement("WCAG-FORM")
def test_what_is_missing_is_told_with_the_way_there_and_nothing_is_sent() -> None:
    walk = begin(description=None, go="check")
    response = walk.send()
    page = text_of(response)
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert 'class="error-summary" role="alert" tabindex="-1"' in page
    for slug, field in (("problem-1", "description"), ("you", "email")):
        link = f"{walk.url(slug)}?mend={slug}#complaint-{field}"
        assert f'<a href="{link}">' in page
        shown = text_of(walk.client.get(f"{walk.url(slug)}?mend={slug}"))
        assert f'id="complaint-{field}_error"' in shown


@pytest.mark.parametrize(
    ("go", "where"), [("back", "support"), ("later", "later"), ("x", "support")]
)
def test_every_button_keeps_the_permissions(go: str, where: str) -> None:
    walk = ready()
    assert slug_of(walk.post("check", go, may_be_surveyed="on")) == where
    assert walk.get("check").content.decode().count(" checked") == 1
    assert Case.objects.count() == 0


# Sent once


def test_sending_again_gives_the_same_confirmation() -> None:
    walk = ready(files=pdf())
    seen = hidden(walk.get("check"), "seen")
    first, second = walk.send(seen=seen), walk.send(seen=seen)
    assert key_in(first) == key_in(second)
    assert Case.objects.count() == 1
    assert (the_case().attachments.count(), walk.draft.answers) == (1, "")


def test_after_sending_every_page_says_so_and_leads_to_the_receipt() -> None:
    walk = ready()
    first = walk.send()
    for slug in (*STEPS, "later", "delete", "problem-2"):
        for response in (walk.get(slug), walk.post(slug, seen="", description="More")):
            page = text_of(response)
            assert "You have sent this already" in page
            assert the_case().reference in page
    assert "Show reference and key again" in text_of(walk.get("check"))
    assert key_in(walk.send(seen="")) == key_in(first)
    assert Draft.objects.count() == 1


def test_a_form_sent_on_one_page_and_continued_in_steps_is_two_complaints() -> None:
    walk = ready()
    walk.send()
    other = ready(client=walk.client)
    other.send()
    assert Case.objects.count() == 2


def click_at_once(walk: Walk, times: int) -> list[Any]:
    """The same button, pressed at the same moment in so many threads."""
    seen = hidden(walk.get("check"), "seen")
    cookies = {name: morsel.value for name, morsel in walk.client.cookies.items()}
    start, pages = threading.Barrier(times), []

    def click() -> None:
        client = Client()
        client.cookies.load(cookies)
        start.wait()
        try:
            pages.append(Walk(client, walk.public_id).send(seen=seen, may_be_told="on"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pages


@pytest.mark.parametrize("times", [2, 5])
def test_clicks_at_the_same_moment_make_one_case(real_transactions: None, times: int) -> None:
    walk = ready(files=[pdf("a.pdf", b"a"), pdf("b.pdf", b"b")])
    pages = click_at_once(walk, times)
    case = the_case()
    assert [case.reference in text_of(page) for page in pages] == [True] * times
    assert len({key_in(page) for page in pages}) == 1
    assert ["could not be stored" in text_of(page) for page in pages] == [False] * times
    assert sorted(a.name for a in case.attachments.all()) == ["a.pdf", "b.pdf"]
    assert case.events.filter(action="receive").count() == 1


# Two windows


def test_the_same_step_in_two_windows_is_not_overwritten_until_its_writer_decides() -> None:
    walk = begin()
    seen = hidden(walk.get("wish"), "seen")
    walk.post("wish", seen=seen, remedy_wanted="From the first window")
    second = walk.post("wish", seen=seen, remedy_wanted="From the second window")
    page = text_of(second)
    assert second.status_code == 409
    assert "This step was changed in another window" in page
    assert "<bdi>From the first window</bdi>" in page
    assert "From the second window</textarea>" in page
    assert walk.answers().raw("wish") == {"remedy_wanted": ["From the first window"]}
    walk.post("wish", seen=hidden(second, "seen"), remedy_wanted="Both together")
    assert walk.answers().raw("wish") == {"remedy_wanted": ["Both together"]}


def test_the_same_words_from_two_windows_are_no_quarrel() -> None:
    walk = begin()
    seen = hidden(walk.get("wish"), "seen")
    both = [walk.post("wish", seen=seen, remedy_wanted="The same") for _window in range(2)]
    assert [slug_of(response) for response in both] == ["you", "you"]


def test_different_steps_in_two_windows_are_both_kept() -> None:
    walk = begin()
    seen = {slug: hidden(walk.get(slug), "seen") for slug in ("wish", "you")}
    walk.post("you", seen=seen["you"], email="kim@example.com")
    walk.post("wish", seen=seen["wish"], remedy_wanted="Money")
    assert walk.answers().raw("you") == {"email": ["kim@example.com"]}
    assert walk.answers().raw("wish") == {"remedy_wanted": ["Money"]}


def test_two_complaints_in_two_windows_of_one_browser_are_two() -> None:
    browser = Client()
    one, other = ready(browser, product="Umbrella"), ready(browser, product="Boots")
    one.send()
    other.send()
    assert [c.product for c in Case.objects.order_by("pk")] == ["Umbrella", "Boots"]


CHANGES: dict[str, dict[str, Any]] = {
    "words": {"description": "Something else"},
    "a file more": {"description": WORDS, "files": "letter"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_elsewhere_since_is_shown_before_it_is_sent(change: str) -> None:
    walk = ready()
    seen = hidden(walk.get("check"), "seen")
    typed = dict(CHANGES[change])
    if "files" in typed:
        typed["files"] = pdf()
    walk.post("problem-1", "files", **typed)
    response = walk.send(seen=seen, may_be_told="on")
    assert (response.status_code, Case.objects.count()) == (409, 0)
    assert "Something was changed in another window" in text_of(response)
    assert text_of(response).count(" checked") == 1
    assert ("Something else" in text_of(response)) == (change == "words")
    assert ("letter.pdf" in text_of(response)) == (change != "words")
    walk.send(seen=hidden(response, "seen"), may_be_told="on")
    assert the_case().may_be_told


def test_a_problem_taken_out_in_one_window_and_written_in_another_is_not_lost() -> None:
    walk = begin()
    walk.post("problem-1", "another", description=WORDS)
    seen = hidden(walk.get("problem-2"), "seen")
    walk.post("problem-2", "remove")
    response = walk.post("problem-2", seen=seen, description="Long and precious words")
    assert slug_of(response) == "wish"
    assert walk.answers().raw("problem-2") == {"description": ["Long and precious words"]}


def test_taking_out_pressed_twice_takes_out_one() -> None:
    walk = begin()
    for number in (1, 2):
        walk.post(f"problem-{number}", "another", description=f"Problem {number}")
    walk.post("problem-3", "check", description="Problem 3")
    seen = hidden(walk.get("problem-3"), "seen")
    for _time in range(2):
        walk.post("problem-3", "remove", seen=seen, description="Problem 3")
    assert walk.answers().problems == [1, 2]
