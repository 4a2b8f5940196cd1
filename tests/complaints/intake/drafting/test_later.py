"""Finishing later: a code on the screen, or a link by mail that is forgotten when it is sent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from complaints.intake.drafting import drafts
from complaints.models import Draft, Notice
from tests.complaints.intake.drafting.test_drafts import age
from tests.complaints.intake.drafting.walking import (
    RESUME,
    Walk,
    begin,
    code_in,
    key_in,
    ready,
    slug_of,
)
from tests.complaints.intake.sending import WORDS, text_of

pytestmark = pytest.mark.django_db


def ask_for_link(walk: Walk, address: str = "kim@example.com", capture: Any = None) -> Any:
    with capture(execute=True):
        return walk.post("later", seen="", email=address)


def link_in(message: Any) -> str:
    found = re.search(r"http://[^/\s]+(/\S+)", message.body)
    assert found
    return found.group(1)


@pytest.mark.requirement("WCAG-TIME")
def test_the_code_the_day_and_the_place_are_on_the_screen() -> None:
    walk = begin(go="later", description="Half a")
    page = text_of(walk.get("later"))
    assert code_in(walk.get("later")) == drafts.code_of(walk.draft.token_id)
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code_in(walk.get("later")))
    assert str(walk.draft.expires_at.year) in page
    assert "/case/resume/" in page
    assert walk.answers().raw("problem-1") == {"description": ["Half a"]}


def test_the_link_goes_to_the_address_once_and_opens_the_draft_elsewhere(
    django_capture_on_commit_callbacks: Any,
) -> None:
    walk = begin(product="Umbrella")
    for _time in range(3):
        page = text_of(ask_for_link(walk, capture=django_capture_on_commit_callbacks))
        assert "The link is on its way to" in page
    (message,) = mail.outbox
    assert message.to == ["kim@example.com"]
    assert WORDS not in message.body
    assert "Umbrella" not in message.body
    browser = Client()
    shown = browser.get(link_in(message))
    assert "Nothing has been sent yet" in text_of(shown)
    assert (WORDS in text_of(shown), shown.cookies.keys()) == (False, set())
    opened = browser.post(RESUME, {"code": code_in(walk.get("later"))})
    assert slug_of(opened) == "problem-1"
    assert 'value="Umbrella"' in text_of(Walk(browser, walk.public_id).get("problem-1"))


def test_address_and_code_are_forgotten_when_the_mail_is_sent(
    django_capture_on_commit_callbacks: Any,
) -> None:
    walk = begin()
    code = code_in(walk.get("later"))
    ask_for_link(walk, capture=django_capture_on_commit_callbacks)
    notice = Notice.objects.get()
    assert (notice.state, notice.to_address, notice.secret) == (Notice.State.SENT, "", "")
    assert Notice.SECRET_MARK in notice.text
    for words in (notice.text, notice.html, notice.subject):
        assert code not in words
        assert "kim@example.com" not in words
    assert code in mail.outbox[0].body
    assert "kim@example.com" not in Draft.objects.get().email


def test_another_address_gets_a_link_of_its_own(django_capture_on_commit_callbacks: Any) -> None:
    walk = begin()
    for address in ("a@example.com", "b@example.com", "B@example.com"):
        ask_for_link(walk, address, django_capture_on_commit_callbacks)
    assert [m.to for m in mail.outbox] == [["a@example.com"], ["b@example.com"]]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Write the e-mail address in full, such as name@example.com."),
        ("kim", "Write the e-mail address in full, such as name@example.com."),
        ("a@b.example\r\nBcc: c@d.example", "Write the e-mail address in full"),
    ],
)
def test_a_wrong_address_gets_words_and_no_mail(address: str, sentence: str) -> None:
    walk = begin()
    response = walk.post("later", seen="", email=address)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Notice.objects.count() == 0


def test_many_links_from_one_network_wait_and_the_code_stays(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CONDUCT_SUBMISSIONS_PER_HOUR = 1
    walk = begin()
    ask_for_link(walk, "a@example.com", django_capture_on_commit_callbacks)
    response = ask_for_link(walk, "b@example.com", django_capture_on_commit_callbacks)
    assert response.status_code == 429
    assert "Please wait an hour, or write the code down." in text_of(response)
    assert code_in(response) == drafts.code_of(walk.draft.token_id)
    assert len(mail.outbox) == 1


def test_the_mail_speaks_the_language_of_the_page(django_capture_on_commit_callbacks: Any) -> None:
    walk = begin()
    ask_for_link(
        Walk(walk.client, walk.public_id, "ko"), capture=django_capture_on_commit_callbacks
    )
    assert "/ko/case/resume/" in mail.outbox[0].body
    assert Notice.objects.get().language == "ko"


def test_a_link_to_what_is_gone_says_so() -> None:
    walk, gone = begin(), begin()
    old, code = code_in(walk.get("later")), code_in(gone.get("later"))
    age(walk, days=15)
    gone.post("delete", seen="")
    for secret in (old, code, "AAAA-AAAA-AAAA-AAAA", "nonsense"):
        response = Client().get(f"{RESUME}{secret}/")
        assert response.status_code == 404
        assert "Nothing is kept here any more" in text_of(response)


def test_a_link_to_what_was_sent_shows_the_same_reference_and_key() -> None:
    walk = ready()
    code = code_in(walk.get("later"))
    sent = walk.send()
    browser = Client()
    page = text_of(browser.get(f"{RESUME}{code}/"))
    assert "Nothing has been sent yet" not in page
    browser.post(RESUME, {"code": code})
    other = Walk(browser, walk.public_id)
    assert "You have sent this already" in text_of(other.get("problem-1"))
    assert key_in(other.send(seen="")) == key_in(sent)
