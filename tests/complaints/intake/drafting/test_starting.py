"""From a page with the form to a draft: nothing that was typed or chosen stays behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints.models import Case, Draft
from tests.complaints.intake import specimens
from tests.complaints.intake.drafting.test_steps import pdf
from tests.complaints.intake.drafting.walking import (
    START,
    Walk,
    begin,
    hidden,
    public_id_in,
    slug_of,
)
from tests.complaints.intake.sending import ADDRESS, WORDS, answers, text_of, token_of_age

pytestmark = pytest.mark.django_db

WHOLE: dict[str, Any] = {
    "description": WORDS,
    "product": "Umbrella",
    "remedy_wanted": "Money",
    "name": "김민지",
    "email": "not yet complete@",
    "representative_name": "Ana",
    "support_needs": "a ramp",
    "may_be_told": "on",
}
WHERE = {
    "problem-1": {"description": [WORDS], "product": ["Umbrella"]},
    "wish": {"remedy_wanted": ["Money"]},
    "you": {"name": ["김민지"], "email": ["not yet complete@"]},
    "acting": {"representative_name": ["Ana"]},
    "support": {"support_needs": ["a ramp"]},
    "check": {"may_be_told": ["on"]},
}


@pytest.mark.requirement("WCAG-TIME")
@pytest.mark.parametrize(
    ("go", "where"), [("later", "later"), ("another", "problem-2"), ("language:ko", "problem-1")]
)
def test_the_form_on_one_page_becomes_a_draft_with_all_that_was_typed(go: str, where: str) -> None:
    client = Client()
    sent = {"token": token_of_age(), "go": go, "files": pdf()}
    response = client.post(ADDRESS, WHOLE | sent)
    walk = Walk(client, public_id_in(response))
    steps = walk.answers().steps
    assert slug_of(response) == where
    assert {slug: raw for slug, raw in steps.items() if slug != "problem-2"} == WHERE
    assert [f.name for f in walk.files()] == ["letter.pdf"]
    assert Case.objects.count() == 0


def test_files_kept_while_a_mistake_was_mended_come_along() -> None:
    client = Client()
    response = client.post(START, {"description": "", "files": [pdf("a.pdf"), pdf("b.pdf", b"b")]})
    assert response.status_code == 422
    page = text_of(response)
    assert "<bdi>a.pdf</bdi>" in page
    stored = page.split('name="remove_file" value="')[1].split('"')[0]
    walk = begin(client, token=hidden(response, "token"), remove_file=stored)
    assert [f.name for f in walk.files()] == ["b.pdf"]


REFUSED = {
    "program": SimpleUploadedFile("report.docx", specimens.EXE),
    "picture": SimpleUploadedFile("big.png", specimens.huge_png()),
}


@pytest.mark.requirement("SEC-FILE")
@pytest.mark.parametrize("go", ["next", "later", "another"])
def test_a_file_that_is_refused_at_the_start_is_told_at_once_and_loses_nothing(go: str) -> None:
    client = Client()
    files = [pdf(), SimpleUploadedFile("report.docx", specimens.EXE)]
    response = client.post(START, {"description": WORDS, "go": go, "files": files})
    page = text_of(response)
    assert "<bdi>report.docx</bdi>: This kind of file can" in page
    assert WORDS in page
    walk = Walk(client, str(Draft.objects.get().public_id))
    assert f'action="{walk.url("problem-1")}"' in page
    assert [f.name for f in walk.files()] == ["letter.pdf"]
    assert slug_of(walk.post("problem-1", seen=hidden(response, "seen"), description=WORDS)) == (
        "wish"
    )


def test_the_same_start_sent_twice_is_one_draft() -> None:
    client, token = Client(), token_of_age()
    walks = [begin(client, token=token, product=product) for product in ("Umbrella", "Boots")]
    assert walks[0].public_id == walks[1].public_id
    # Gone back and changed: what is typed now counts.
    assert walks[0].answers().raw("problem-1")["product"] == ["Boots"]


def test_a_token_that_made_a_case_begins_something_new() -> None:
    token = token_of_age()
    client = Client()
    client.post(ADDRESS, answers(token=token))
    walk = begin(client, token=token, description="Another thing")
    walk.fill(you={"email": "kim@example.com"})
    walk.send()
    assert [c.description for c in Case.objects.order_by("pk")] == [WORDS, "Another thing"]


@pytest.mark.parametrize("token", ["", "no:such:token", "\x00", None])
def test_without_a_usable_token_a_draft_begins_all_the_same(token: str | None) -> None:
    assert begin(token=token).answers().raw("problem-1") == {"description": [WORDS]}


def test_a_program_that_fills_in_everything_is_remembered_and_not_turned_away() -> None:
    walk = begin(further_subject="Buy")
    walk.post("wish", further_subject="Buy")
    assert walk.answers().signs == ["honeypot"]
    walk.fill(you={"email": "kim@example.com"})
    assert "We have your complaint" in text_of(walk.send())
    assert "honeypot" in Case.objects.get().spam_signs


def test_no_language_is_lost_at_the_start() -> None:
    client = Client()
    response = client.post("/ko/case/start/", {"description": WORDS, "go": "next"})
    assert response.headers["Location"].startswith("/ko/case/draft/")
    assert Draft.objects.get().language == "ko"
