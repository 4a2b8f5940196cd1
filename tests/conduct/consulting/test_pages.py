"""What readers see of a consultation, and how they comment on the draft."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conduct.consulting import guard
from conduct.models import Consultation, ConsultationComment

LIST = "/en/consultations/"
PAGE = "/en/consultations/code-2027/"
RECEIVED = "/en/consultations/code-2027/received/"
DAY = dt.timedelta(days=1)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(node: Any) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def token(client: Client, address: str = PAGE) -> str:
    field = soup(client.get(address)).find("input", {"name": "token"})
    assert field is not None
    return str(field["value"])


def sent(client: Client, address: str = PAGE, **changes: str) -> dict[str, str]:
    data = {"body": "Letters get lost.", "language": "en", "name": "", "further_subject": ""}
    return {"token": token(client, address)} | data | changes


def comment(consultation: Consultation, body: str = "Good.", **fields: Any) -> ConsultationComment:
    values = {"language": "en", "state": "shown"} | fields
    return ConsultationComment.objects.create(consultation=consultation, body=body, **values)


def later(consultation: Consultation) -> None:
    """Its last day was yesterday."""
    today = timezone.localdate()
    Consultation.objects.filter(pk=consultation.pk).update(
        opens_on=today - 9 * DAY, closes_on=today - DAY
    )


def test_readers_see_who_is_asked_what_and_how_the_draft_differs(
    client: Client, consultation: Consultation
) -> None:
    page = soup(client.get(PAGE))

    assert [words(heading) for heading in page.find_all("h1")] == ["Letters in the code"]
    assert [words(item) for item in page.select("#questions + ol li")] == [
        "Is it clear?",
        "What is missing?",
    ]
    added = [words(mark) for mark in page.find_all("ins")]
    assert added == ["added: and letters (end of what was added)"]
    assert "We deliver within 3 working days." in words(page)
    assert page.find("a", href=re.compile("promise=")) is None  # it is not in force


def test_words_that_are_not_translated_say_which_language_they_are_in(
    client: Client, consultation: Consultation
) -> None:
    consultation.title_ar = "الرسائل في المدونة"
    consultation.save()

    page = soup(client.get(PAGE.replace("/en/", "/ar/")))

    assert page.h1 is not None
    assert page.h1.get("lang") is None
    for words_of in (page.select_one("dd"), page.select_one("#questions + ol")):
        assert words_of is not None
        assert (words_of.get("lang"), words_of.get("dir")) == ("en", "ltr")


def test_one_that_is_not_open_yet_is_nowhere(
    client: Client, make_consultation: Callable[..., Consultation]
) -> None:
    make_consultation(opens_on=timezone.localdate() + DAY)

    assert client.get(PAGE).status_code == 404
    assert "Letters in the code" not in words(soup(client.get(LIST)))


def test_the_list_keeps_open_and_closed_apart(
    client: Client, make_consultation: Callable[..., Consultation]
) -> None:
    make_consultation("open", title_en="Open one")
    later(make_consultation("closed", title_en="Closed one"))

    page = soup(client.get(LIST))

    parts = [words(node) for node in page.select("main h2, main h3")]
    assert parts == ["Open now", "Open one", "Closed", "Closed one"]


@pytest.mark.requirement("10001-6.3")
def test_a_comment_in_any_language_waits_for_a_moderator(
    client: Client, consultation: Consultation
) -> None:
    data = sent(client, body="الرسائل تضيع.", language="ar", name="سلمى")

    response = client.post(PAGE, data, headers={"sec-fetch-site": "same-origin"})

    assert (response.status_code, response["Location"]) == (302, RECEIVED)
    kept = ConsultationComment.objects.get()
    assert (kept.body, kept.language, kept.name, kept.state) == (
        "الرسائل تضيع.",
        "ar",
        "سلمى",
        "waiting",
    )
    assert "تضيع" not in client.get(PAGE).content.decode()
    assert "Thank you" in words(soup(client.get(RECEIVED)))


@pytest.mark.requirement("10001-6.3")
def test_a_comment_is_shown_in_its_own_language_with_its_answer(
    client: Client, consultation: Consultation
) -> None:
    comment(consultation, "الرسائل تضيع.", language="ar", answer="شكرا.", came_of_it="changed")
    comment(consultation, "Brev kommer bort.", language="")
    comment(consultation, "Waits.", state="waiting")
    comment(consultation, "Advertising.", state="withheld", reason="Advertising")

    articles = soup(client.get(PAGE)).select("#comments ~ article")

    other, arabic = articles
    assert [node["lang"] for node in arabic.select("[lang]")] == ["ar", "ar"]
    assert [node["dir"] for node in arabic.select("[dir]")] == ["rtl", "rtl"]
    assert "Our answer We changed the draft شكرا." in words(arabic)
    assert [node["dir"] for node in other.select("[dir]")] == ["auto"]
    assert "Not answered yet" in words(other)


def test_a_double_click_makes_one_comment(client: Client, consultation: Consultation) -> None:
    data = sent(client)

    first, second = client.post(PAGE, data), client.post(PAGE, data)

    assert (first["Location"], second["Location"]) == (RECEIVED, RECEIVED)
    assert ConsultationComment.objects.count() == 1


def test_other_words_with_a_used_token_come_back_with_a_fresh_one(
    client: Client, consultation: Consultation
) -> None:
    data = sent(client)
    client.post(PAGE, data)

    page = soup(client.post(PAGE, data | {"body": "One more thing."}))

    assert "You have already sent a comment with this form" in words(page)
    assert page.find("textarea").get_text().strip() == "One more thing."  # type: ignore[union-attr]
    fresh = page.find("input", {"name": "token"})["value"]  # type: ignore[index]
    again = data | {"body": "One more thing.", "token": fresh}
    assert client.post(PAGE, again)["Location"] == RECEIVED
    assert ConsultationComment.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": "  "}, "Write your comment first."),
        ({"language": "xx"}, "Choose one of these languages, or “Another language”."),
        ({"name": "N" * 101}, "Shorten the name to 100 characters."),
    ],
)
def test_what_was_typed_survives_an_error(
    client: Client, consultation: Consultation, changes: dict[str, str], sentence: str
) -> None:
    data = sent(client, name="Kim") | changes

    response = client.post(PAGE, data)

    page = soup(response)
    assert response.status_code == 422
    assert sentence in words(page.select_one(".error-summary"))
    name = page.find("input", {"name": "name"})
    assert name["value"] == data["name"]  # type: ignore[index]
    assert page.find("textarea").get_text().strip() == data["body"].strip()  # type: ignore[union-attr]
    assert ConsultationComment.objects.count() == 0


def test_without_a_token_of_this_site_the_words_come_back(
    client: Client, consultation: Consultation
) -> None:
    page = soup(client.post(PAGE, sent(client, token="forged")))

    assert "Not sent yet" in words(page)
    assert page.find("textarea").get_text().strip() == "Letters get lost."  # type: ignore[union-attr]
    assert ConsultationComment.objects.count() == 0


def test_another_site_cannot_send_in_a_readers_name(
    client: Client, consultation: Consultation
) -> None:
    response = client.post(PAGE, sent(client), headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert "This form was sent from another website" in words(soup(response))
    assert ConsultationComment.objects.count() == 0


def test_what_fills_in_every_field_is_asked_once_more(
    client: Client, consultation: Consultation
) -> None:
    data = sent(client, further_subject="Buy")

    page = soup(client.post(PAGE, data))

    assert "It looked as if a program had filled in the form." in words(page)
    assert ConsultationComment.objects.count() == 0
    fields = {tag["name"]: tag.get("value", "") for tag in page.select("form input")}
    assert client.post(PAGE, data | fields)["Location"] == RECEIVED


def test_one_network_cannot_flood_it(
    client: Client, consultation: Consultation, settings: Any
) -> None:
    settings.CONDUCT_SUBMISSIONS_PER_HOUR = 2

    answers = [client.post(PAGE, sent(client, body=f"No. {n}")).status_code for n in range(3)]

    assert answers == [302, 302, 429]
    assert ConsultationComment.objects.count() == 2


def test_after_the_last_day_nothing_is_taken_and_the_words_can_be_copied(
    client: Client, consultation: Consultation
) -> None:
    data = sent(client)
    later(consultation)

    response = client.post(PAGE, data)

    page = soup(response)
    assert response.status_code == 422
    assert "The last day is over" in words(page)
    assert "Letters get lost." in words(page.blockquote)
    assert page.select("form[method=post]") == []
    assert ConsultationComment.objects.count() == 0


def test_without_public_comments_there_is_no_form(
    client: Client, make_consultation: Callable[..., Consultation]
) -> None:
    consultation = make_consultation(method="panel")
    comment(consultation, "Said in the panel.")

    page = soup(client.get(PAGE))

    assert page.find("textarea") is None
    assert "Said in the panel." in words(page)
    token = guard.new_token()
    assert client.post(PAGE, {"token": token, "body": "x", "language": "en"}).status_code == 422
    assert ConsultationComment.objects.count() == 1


@pytest.mark.requirement("10001-6.3")
def test_after_closing_the_summary_says_what_came_of_it_with_the_numbers(
    client: Client, make_consultation: Callable[..., Consultation]
) -> None:
    consultation = make_consultation()
    comment(consultation, "One", answer="Thanks.")
    comment(consultation, "Two", state="withheld", reason="Advertising")
    comment(consultation, "Three", state="removed")
    Consultation.objects.filter(pk=consultation.pk).update(
        summary_en="We added letters.", summary_is_public=True
    )
    assert "We added letters." not in words(soup(client.get(PAGE)))
    later(consultation)

    page = words(soup(client.get(PAGE)))

    assert "What came of it We added letters." in page
    assert "3 comments received. 1 answered." in page
    assert "Three" not in page


def test_the_page_needs_no_cookie_and_keeps_to_the_strict_policy(
    client: Client, consultation: Consultation
) -> None:
    for address in (LIST, PAGE, RECEIVED):
        response = client.get(address)
        page = soup(response)

        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")
        assert page.find_all("style") == []
        assert [script for script in page.find_all("script") if not script.get("src")] == []
        assert [tag for tag in page.find_all(True) if tag.has_attr("style")] == []
        identifiers = [tag["id"] for tag in page.find_all(id=True)]
        assert sorted(identifiers) == sorted(set(identifiers))
        assert len(page.find_all("h1")) == 1


def test_the_queries_do_not_grow_with_the_comments(
    client: Client, consultation: Consultation
) -> None:
    def queries() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as context:
            client.get(PAGE)
        ours = ("conduct_consultation", "conduct_edition", "conduct_promise")
        return len([q for q in context if any(f'FROM "{table}' in q["sql"] for table in ours)])

    comment(consultation)
    with_one = queries()
    for number in range(24):
        comment(consultation, f"Comment {number}", answer="Thanks.")

    # The consultation, its texts, the published text, how many comments, and the comments.
    assert (with_one, queries()) == (5, 5)
