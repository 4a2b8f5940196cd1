"""Every promise has an address in every edition, and one through all of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from conduct.editions import publish
from conduct.models import CodeOfConductPage, Promise
from tests.conduct.reading_pages import day, soup, words

CODE = "/en/code-of-conduct/"


@pytest.fixture
def code(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    publish(code_draft)
    return code_draft


def publish_again(page: CodeOfConductPage, **fields: object) -> None:
    page = CodeOfConductPage.objects.get(pk=page.pk)
    page.what_changed, page.approved_on = "Something.", timezone.localdate()
    page.effective_date = dt.date(2026, 3, 1)
    for name, value in fields.items():
        setattr(page, name, value)
    publish(page)


@pytest.mark.requirement("10001-6.4b")
def test_a_promise_of_an_edition_keeps_its_address_and_says_how_it_stands_now(
    client: Client, code: CodeOfConductPage, promise: Promise
) -> None:
    promise.statement_en = "We deliver within 2 working days."
    promise.save()
    publish_again(code)

    old = soup(client, f"{CODE}editions/1/promises/D1/").main
    assert old is not None
    assert words(old.h1) == "Promise D1"
    assert words(old.select_one(".promise__statement")) == "We deliver within 3 working days."
    assert words(old.select_one(".notice--warning")) == (
        "Superseded. This is promise D1 of edition 1; edition 2 is in force now. "
        "Read promise D1 as it stands now"
    )
    now = soup(client, f"{CODE}editions/2/promises/D1/").main
    assert now is not None
    assert now.select(".notice--warning") == []
    assert words(now.select_one(".promise__statement")) == "We deliver within 2 working days."


def test_the_history_of_a_promise_shows_each_change(
    client: Client, code: CodeOfConductPage, promise: Promise
) -> None:
    publish_again(code, scope="Parcels anywhere.")
    promise.statement_en = "We deliver within 2 working days."
    promise.save()
    publish_again(code, effective_date=dt.date(2026, 4, 1))

    cards = soup(client, f"{CODE}promises/d1/").select("#history ~ section.card")

    assert [words(card.h3) for card in cards] == [
        f"Edition 3, in force from {day(2026, 4, 1)}",
        f"Edition 2, in force from {day(2026, 3, 1)}",
        f"Edition 1, in force from {day(2025, 3, 1)}",
    ]
    assert words(cards[0].find("ins")) == "added: 2 (end of what was added)"
    assert words(cards[1].p) == "The same as in the edition before."
    assert words(cards[2].p) == "New in this edition."


def test_a_promise_that_was_taken_out_says_so(
    client: Client, code: CodeOfConductPage, promise: Promise
) -> None:
    Promise.objects.create(code="D2", statement_en="We call.", state="live", topic="delivery")
    promise.state = "withdrawn"
    promise.save()
    publish_again(code)

    page = soup(client, f"{CODE}promises/D1/").main
    assert page is not None
    assert words(page.select_one(".notice--warning")) == (
        "Superseded. Promise D1 of edition 1 is no longer in the edition in force, number 2. "
        "Read the edition in force"
    )


def test_a_postponed_edition_is_not_what_a_promise_says_now(
    client: Client, code: CodeOfConductPage, promise: Promise
) -> None:
    promise.statement_en = "We deliver at once."
    promise.save()
    publish_again(code, effective_date=dt.date(2099, 1, 1), review_date=dt.date(2100, 1, 1))

    page = soup(client, f"{CODE}promises/D1/").main
    assert page is not None
    assert words(page.select_one(".promise__statement")) == "We deliver within 3 working days."


@pytest.mark.parametrize(
    "address",
    ["promises/X9/", "editions/1/promises/X9/", "editions/9/promises/D1/", "promises/D1%20/"],
)
def test_what_never_was_promised_is_not_found(
    client: Client, code: CodeOfConductPage, address: str
) -> None:
    assert client.get(CODE + address).status_code == 404


def test_queries_do_not_grow_with_editions(
    client: Client, code: CodeOfConductPage, promise: Promise, django_assert_num_queries: object
) -> None:
    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(f"{CODE}promises/D1/")
        return len(queries)

    count()
    one = count()
    for number in range(2, 6):
        publish_again(code, scope=f"Scope {number}.", effective_date=dt.date(2026, number, 1))

    assert count() == one


def test_a_code_that_customers_cite_stays_with_its_promise(
    code: CodeOfConductPage, promise: Promise
) -> None:
    from django.core.exceptions import ValidationError

    promise.code = "D7"

    with pytest.raises(ValidationError) as refusal:
        promise.full_clean()

    assert refusal.value.message_dict == {
        "code": [
            "Promise D1 stands in a published edition, and customers cite it by this code. Keep "
            "it; for another promise, add a new one."
        ]
    }
