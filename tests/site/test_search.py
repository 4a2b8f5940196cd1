"""Search: in the reader's language, over published pages, whatever is typed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from home.search import MAX_QUERY_LENGTH, clean_query
from tests.site.home_pages import add_page, make_home, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    return make_home()


def titles(client: Client, query: str, language: str = "en") -> list[str]:
    html = client.get(f"/{language}/search/", {"q": query}).content.decode()
    return re.findall(r"<h2[^>]*><a href=[^>]+>(.+?)</a></h2>", html)


def test_page_is_found_by_its_words_with_a_snippet(client: Client, home: Page) -> None:
    add_page(home, "Lost parcels", intro="What we do when a parcel does not arrive.")
    add_page(home, "Privacy")

    html = client.get("/en/search/", {"q": "parcels"}).content.decode()

    assert titles(client, "parcels") == ["Lost parcels"]
    assert '<a href="/en/lost-parcels/">Lost parcels</a>' in html
    assert "<p>What we do when a parcel does not arrive.</p>" in html
    assert "1 page found" in html


def test_only_pages_in_the_readers_language_are_found(client: Client, home: Page) -> None:
    translate(add_page(home, "Parcel rules"), "de", "Parcel-Regeln")

    assert titles(client, "parcel", "en") == ["Parcel rules"]
    assert titles(client, "parcel", "de") == ["Parcel-Regeln"]
    assert titles(client, "parcel", "ko") == []


def test_drafts_are_not_found(client: Client, home: Page) -> None:
    add_page(home, "Parcel plans", live=False)
    add_page(home, "Parcel facts")

    assert titles(client, "parcel") == ["Parcel facts"]


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [("ko", "개인정보처리방침", "정보"), ("zh-hans", "隐私声明", "声明")],
)
def test_part_of_a_title_is_found_where_words_have_no_spaces(
    client: Client, home: Page, language: str, title: str, query: str
) -> None:
    translate(add_page(home, "Privacy"), language, title)

    assert titles(client, query, language) == [title]


def test_nothing_typed_asks_for_a_word(client: Client, home: Page) -> None:
    html = client.get("/en/search/").content.decode()

    assert "Type a word or two" in html
    assert "Nothing found" not in html


def test_nothing_found_says_what_to_do_and_keeps_the_word(client: Client, home: Page) -> None:
    html = client.get("/en/search/", {"q": '<b>"zzz'}).content.decode()

    assert "Nothing found for “&lt;b&gt;&quot;zzz”" in html
    assert 'value="&lt;b&gt;&quot;zzz"' in html
    assert "the ways to reach us are at the end of this page" in html


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000,
        "a\x00b",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass"),
        '"*:^(){}[]~!@ AND OR NOT NEAR/2',
        "'; DROP TABLE wagtailcore_page; --",
        "%",
        "\u202e\u200b\ufeff",
        "😀" * 50,
    ],
)
def test_odd_input_gets_a_page(client: Client, home: Page, query: str | bytes) -> None:
    response = client.get("/en/search/", {"q": query})

    assert response.status_code == 200
    assert "<h1>Search</h1>" in response.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "1" * 5000])
def test_odd_page_numbers_get_the_nearest_page(client: Client, home: Page, number: str) -> None:
    add_page(home, "Parcel facts")

    response = client.get("/en/search/", {"q": "parcel", "page": number})

    assert "Parcel facts" in response.content.decode()


def test_query_is_one_short_line() -> None:
    assert clean_query("  late\x00\n parcel \t") == "late parcel"
    assert len(clean_query("x" * 10_000)) == MAX_QUERY_LENGTH


@pytest.mark.parametrize("number_of_pages", [1, 30])
def test_search_costs_the_same_for_one_page_and_for_thirty(
    client: Client,
    home: Page,
    number_of_pages: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(number_of_pages):
        add_page(home, f"Parcel {number}")
    client.get("/en/search/?q=parcel")

    with django_assert_num_queries(QUERIES_OF_A_SEARCH):
        html = client.get("/en/search/?q=parcel").content.decode()

    assert len(re.findall(r"<h2[^>]*><a href", html)) == min(number_of_pages, 10)


QUERIES_OF_A_SEARCH = 9


def test_results_are_told_in_slices_of_ten(client: Client, home: Page) -> None:
    for number in range(12):
        add_page(home, f"Parcel {number}")

    html = client.get("/en/search/?q=parcel&page=2").content.decode()

    assert len(re.findall(r"<h2[^>]*><a href", html)) == 2
    assert 'start="11"' in html
    assert 'href="?q=parcel&amp;page=1"' in html
    assert "Page 2 of 2" in html
