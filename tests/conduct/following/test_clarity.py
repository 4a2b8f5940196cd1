"""“Was this clear?” at each code and policy, and what becomes of the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conduct.following.clarity import clarity_of
from conduct.following.clarity_views import ClarityView
from conduct.models import ClarityAnswer, CodeOfConductPage, Edition
from tests import people

pytestmark = pytest.mark.django_db
PAGE = "/en/code-of-conduct/"


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def answer(client: Client, code: CodeOfConductPage) -> Callable[..., Any]:
    """Sends the form as one of many browsers does."""
    browsers = iter(range(1000))

    def send(*, browser: int | None = None, **data: str) -> Any:
        name = f"browser {next(browsers) if browser is None else browser}"
        return client.post(f"/en/was-this-clear/{code.pk}/1/", data, headers={"user-agent": name})

    return send


@pytest.mark.requirement("10001-4.6")
@pytest.mark.parametrize("address", ["code-of-conduct", "complaints-policy"])
def test_each_page_asks_and_sends_without_scripts_or_cookies(
    client: Client, code: Any, policy: Any, address: str
) -> None:
    response = client.get(f"/en/{address}/")
    form = BeautifulSoup(response.content, "html.parser").select_one(
        "section[aria-labelledby=was-this-clear] form"
    )
    assert form is not None
    assert dict(response.cookies) == {}
    names = {field["name"] for field in form.select("input, textarea")}
    assert names == {"further_subject", "is_clear", "words"}

    sent = client.post(str(form["action"]), {"is_clear": "no", "words": "What is a working day?"})

    assert (sent.status_code, sent["Location"]) == (303, f"/en/{address}/clear/thanks/")
    assert dict(sent.cookies) == {}
    assert "Thank you" in text_of(client.get(sent["Location"]))
    row = ClarityAnswer.objects.get()
    assert (row.edition.number, row.language, row.is_clear, row.words, row.on) == (
        1,
        "en",
        False,
        "What is a working day?",
        timezone.localdate(),
    )


def test_an_answer_keeps_nothing_about_who_gave_it() -> None:
    fields = {field.name for field in ClarityAnswer._meta.get_fields()}
    assert fields == {"id", "edition", "language", "is_clear", "words", "on"}


def test_it_is_about_the_edition_that_was_read(
    client: Client, code: CodeOfConductPage, next_edition: Callable[..., Edition]
) -> None:
    next_edition(effective_date=timezone.localdate() + dt.timedelta(days=9))
    for address, number in ((PAGE, 1), (f"{PAGE}editions/2/", 2)):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        form = page.select_one("section[aria-labelledby=was-this-clear] form")
        assert form is not None
        assert form["action"] == f"/en/was-this-clear/{code.pk}/{number}/"


def test_the_language_kept_is_the_one_that_was_read(
    client: Client, code: CodeOfConductPage, korean_home: Any
) -> None:
    korean = code.copy_for_translation(korean_home.locale)
    korean.live = True
    korean.save()  # published before it was translated
    client.post(f"/ko/was-this-clear/{korean.pk}/1/", {"is_clear": "yes"})
    assert ClarityAnswer.objects.get().language == "en"


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"words": "No choice"}, "is_clear", "Choose yes or no."),
        (
            {"is_clear": "no", "words": "x" * 501},
            "words",
            "This text has 501 characters; 500 can be sent. Shorten it.",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    answer: Callable[..., Any], data: dict[str, str], field: str, sentence: str
) -> None:
    response = answer(**data)
    page = BeautifulSoup(response.content, "html.parser")
    link = page.select_one(f".error-summary a[href='#clarity-{field}']")
    typed = page.select_one("textarea")
    assert link is not None
    assert typed is not None
    assert (response.status_code, sentence in link.get_text()) == (422, True)
    assert typed.get_text().strip() == data["words"]
    assert page.find(id=f"clarity-{field}") is not None
    assert not ClarityAnswer.objects.exists()


def test_two_presses_are_one_answer_and_another_reader_is_another(
    answer: Callable[..., Any],
) -> None:
    assert [answer(is_clear="yes", browser=1).status_code for _press in range(2)] == [303, 303]
    assert ClarityAnswer.objects.count() == 1
    answer(is_clear="yes", browser=2)
    assert ClarityAnswer.objects.count() == 2


def test_one_sender_can_not_outweigh_all_others(answer: Callable[..., Any]) -> None:
    answers = [answer(is_clear="no").status_code for _time in range(ClarityView.per_hour + 1)]
    assert answers == [303] * ClarityView.per_hour + [429]
    assert ClarityAnswer.objects.count() == ClarityView.per_hour


def test_programs_and_other_websites_are_not_counted(
    client: Client, answer: Callable[..., Any], code: CodeOfConductPage
) -> None:
    assert answer(is_clear="no", further_subject="x").status_code == 200
    other = client.post(
        f"/en/was-this-clear/{code.pk}/1/",
        {"is_clear": "no"},
        headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    )
    assert other.status_code == 403
    assert not ClarityAnswer.objects.exists()


@pytest.mark.parametrize("number", [2, 0])
def test_an_edition_that_is_not_there_is_not_asked_about(
    client: Client, code: CodeOfConductPage, number: int
) -> None:
    assert client.post(f"/en/was-this-clear/{code.pk}/{number}/", {}).status_code == 404


def test_the_share_comes_with_n_and_interval(code: CodeOfConductPage) -> None:
    edition = Edition.objects.get()
    assert (clarity_of(edition).n, clarity_of(edition).share) == (0, None)
    assert str(clarity_of(edition)) == "No answers yet"
    for number in range(10):
        ClarityAnswer.objects.create(edition=edition, language="en", is_clear=number < 8)

    clarity = clarity_of(edition)

    assert (clarity.yes, clarity.no, clarity.n, clarity.share) == (8, 2, 10, 0.8)
    assert clarity.interval is not None
    # Wilson's interval of 8 in 10, as textbooks have it.
    assert [round(limit, 3) for limit in clarity.interval] == [0.490, 0.943]
    assert str(clarity).replace("\u00a0", " ") == "80 % of 10 (95 per cent interval: 49 % to 94 %)"


@pytest.mark.requirement("10001-4.6")
def test_staff_see_it_for_each_edition_with_the_words(
    client: Client, code: CodeOfConductPage, next_edition: Callable[..., Edition]
) -> None:
    first, second = Edition.objects.get(), next_edition()
    ClarityAnswer.objects.create(edition=first, language="en", is_clear=True)
    ClarityAnswer.objects.create(
        edition=second, language="en", is_clear=False, words="<b>Who</b> pays?"
    )
    client.force_login(people.make_admin())

    rows = BeautifulSoup(
        client.get(reverse("wagtailsnippets_conduct_edition:list"), follow=True).content,
        "html.parser",
    ).select("tbody tr")
    page = text_of(client.get(reverse("wagtailsnippets_conduct_edition:inspect", args=[second.pk])))

    shares = [row.get_text().replace("\u00a0", " ") for row in rows]
    assert ["0 % of 1" in shares[0], "100 % of 1" in shares[1]] == [True, True]
    assert "&lt;b&gt;Who&lt;/b&gt; pays?" in page
    assert "did not find it clear" in page


def test_more_editions_and_answers_cost_no_more_queries(
    client: Client, code: CodeOfConductPage, next_edition: Callable[..., Edition]
) -> None:
    client.force_login(people.make_admin())
    address = reverse("wagtailsnippets_conduct_edition:list_results")
    client.get(address)
    counts = []
    for round_ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        edition = next_edition(scope=f"Parcels of {round_} kinds.")
        for _answer in range(30):
            ClarityAnswer.objects.create(edition=edition, language="en", is_clear=True)
    assert counts[0] == counts[1]
