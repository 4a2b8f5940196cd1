"""Any two editions can be compared, at an address that lasts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from conduct.editions import publish
from conduct.models import CodeOfConductPage
from tests.conduct.reading_pages import soup, words

CODE = "/en/code-of-conduct/"


@pytest.fixture
def three_editions(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    publish(code_draft)
    for month, scope in ((3, "Parcels sent anywhere."), (4, "Parcels sent within Europe.")):
        page = CodeOfConductPage.objects.get(pk=code_draft.pk)
        page.scope, page.what_changed = scope, f"Now: {scope}"
        page.approved_on, page.effective_date = timezone.localdate(), dt.date(2026, month, 1)
        publish(page)
    return code_draft


@pytest.mark.requirement("10001-4.4")
@pytest.mark.parametrize("chosen", ["from=1&to=3", "from=3&to=1"])
def test_the_form_leads_to_the_lasting_address(
    client: Client, three_editions: CodeOfConductPage, chosen: str
) -> None:
    response = client.get(f"{CODE}editions/compare/?{chosen}")

    assert (response.status_code, response["Location"]) == (302, f"{CODE}editions/3/changes/1/")


def test_two_distant_editions_are_compared_as_a_whole(
    client: Client, three_editions: CodeOfConductPage
) -> None:
    main = soup(client, f"{CODE}editions/3/changes/1/").main
    assert main is not None

    card = main.select_one("section.card")
    assert card is not None
    assert [words(mark) for mark in card.select("del, ins")] == [
        "removed: the country (end of what was removed)",
        "added: Europe (end of what was added)",
    ]
    headings = [words(heading) for heading in main.find_all(["h2", "h3"])]
    assert headings[0] == "In short"
    assert "Now: Parcels sent anywhere." in words(main)
    assert "Now: Parcels sent within Europe." in words(main)


@pytest.mark.parametrize(
    "chosen",
    ["", "from=1", "from=2&to=2", "from=1&to=9", "from=x&to=1", "from=9" + "9" * 30 + "&to=1"],
)
def test_a_choice_that_compares_nothing_is_answered_in_words(
    client: Client, three_editions: CodeOfConductPage, chosen: str
) -> None:
    response = client.get(f"{CODE}editions/compare/?{chosen}")

    assert response.status_code == 400
    assert "Choose two different editions to compare." in response.content.decode()


@pytest.mark.parametrize("pair", ["1/changes/1", "1/changes/3", "3/changes/0", "9/changes/1"])
def test_an_address_that_compares_nothing_is_not_found(
    client: Client, three_editions: CodeOfConductPage, pair: str
) -> None:
    assert client.get(f"{CODE}editions/{pair}/").status_code == 404


@pytest.mark.requirement("10001-4.2", "10002-5.2")
def test_readers_see_who_approved_each_edition(
    client: Client, three_editions: CodeOfConductPage
) -> None:
    main = soup(client, f"{CODE}editions/1/").main

    assert "Approved by Dana Okafor, Managing director, on" in words(main)
