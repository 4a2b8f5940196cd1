"""The header, the footer and the head that every public screen has."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from conduct.models import Organisation
from tests.site.home_pages import add_page, make_home, make_organisation, translate

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "vi", "zh-hans", "ko", "fr", "es", "de", "ar"]


class Links(HTMLParser):
    """Every element with an href, as a dictionary of its attributes and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "href" in attributes:
            self.found.append({"tag": tag, "text": "", **attributes})
            self.inside = tag == "a"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1]["text"] += data.strip()


def links_of(client: Client, path: str) -> list[dict[str, str]]:
    return Links(client.get(path).content.decode()).found


def switcher(client: Client, path: str) -> dict[str, str]:
    return {
        link["hreflang"]: link["href"]
        for link in links_of(client, path)
        if link["tag"] == "a" and "hreflang" in link
    }


@pytest.fixture
def home() -> Page:
    return make_home()


@pytest.mark.requirement("WCAG-LANG")
@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ko", "ltr"), ("zh-hans", "ltr"), ("ar", "rtl")]
)
def test_each_language_says_what_it_is_and_how_it_runs(
    client: Client, home: Page, language: str, direction: str
) -> None:
    html = client.get(f"/{language}/search/").content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in html


def test_switcher_names_each_language_in_its_own_script(client: Client, home: Page) -> None:
    html = client.get("/en/search/").content.decode()
    menu = html[html.index("<details") : html.index("</details>")]

    assert re.findall(r'<span dir="(\w+)">(.+?)</span></a>', menu) == [
        ("ltr", "English"),
        ("ltr", "Tiếng Việt"),
        ("ltr", "简体中文"),
        ("ltr", "한국어"),
        ("ltr", "Français"),
        ("ltr", "Español"),
        ("ltr", "Deutsch"),
        ("rtl", "العربيّة"),
    ]
    assert re.findall(r'lang="([\w-]+)" hreflang="[\w-]+" aria-current="true"', menu) == ["en"]


def test_switcher_leads_to_the_translated_page_or_else_home(client: Client, home: Page) -> None:
    page = add_page(home, "Privacy")
    translate(page, "de", "Datenschutz")
    translate(page, "fr", "Confidentialité", live=False)

    links = switcher(client, "/en/privacy/")

    assert links["en"] == "/en/privacy/"
    assert links["de"] == "/de/privacy-de/"
    assert links["fr"] == "/fr/"
    assert links["ko"] == "/ko/"
    assert list(links) == LANGUAGES


def test_switcher_keeps_path_and_query_on_the_screens_of_apps(client: Client, home: Page) -> None:
    links = switcher(client, "/en/search/?q=late%20parcel")

    assert links["ar"] == "/ar/search/?q=late%20parcel"


def test_switcher_on_an_error_page_leads_home(client: Client, home: Page) -> None:
    assert switcher(client, "/en/nothing-here/")["ko"] == "/ko/"


def test_head_names_the_page_itself_and_its_translations(client: Client, home: Page) -> None:
    translate(add_page(home, "Privacy"), "de", "Datenschutz")

    head = [link for link in links_of(client, "/en/privacy/?from=mail") if link["tag"] == "link"]

    assert [x["href"] for x in head if x["rel"] == "canonical"] == ["http://testserver/en/privacy/"]
    alternates = {x["hreflang"]: x["href"] for x in head if x["rel"] == "alternate"}
    assert alternates == {
        "en": "http://testserver/en/privacy/",
        "de": "http://testserver/de/privacy-de/",
    }


def test_footer_leads_to_what_every_reader_may_need(client: Client, home: Page) -> None:
    make_organisation(home)

    for path in ("/en/", "/en/search/", "/en/nothing-here/"):
        html = client.get(path).content.decode()
        footer = Links(html[html.index("<footer") :]).found
        assert [(link["text"], link["href"]) for link in footer] == [
            ("Complain", "/en/complaint/"),
            ("Follow my case", "/en/case/"),
            ("Give feedback", "/en/feedback/"),
            ("Code of conduct", "/en/code/"),
            ("Complaints policy", "/en/policy/"),
            ("How we keep our promises", "/en/performance/"),
            ("Accessibility", "/en/accessibility/"),
            ("Privacy", "/en/privacy/"),
            ("Phone:+44 20 7946 0000", "tel:+442079460000"),
            ("E-mail:help@fernhill.example", "mailto:help@fernhill.example"),
        ]


def test_footer_leads_to_translations_and_leaves_out_drafts(client: Client, home: Page) -> None:
    pages = make_organisation(home)
    translate(pages["code_page"], "de", "Verhaltenskodex")
    pages["policy_page"].unpublish()

    addresses = [link["href"] for link in links_of(client, "/de/search/") if link["tag"] == "a"]

    assert "/de/code-de/" in addresses
    assert "/en/privacy/" in addresses
    assert "/en/policy/" not in addresses


def test_help_is_in_the_same_place_on_every_screen(client: Client, home: Page) -> None:
    make_organisation(home)
    orders = []
    for path in ("/en/", "/en/privacy/", "/en/search/", "/en/nothing-here/"):
        html = client.get(path).content.decode()
        header = Links(html[html.index("<header") : html.index("</header>")]).found
        orders.append([link["href"] for link in header if "hreflang" not in link])

    assert orders == [["/en/", "/en/search/", "#contact"]] * 4


def test_title_ends_with_the_organisation(client: Client, home: Page) -> None:
    make_organisation(home)

    assert (
        "<title>privacy – Fernhill Parcels</title>" in client.get("/en/privacy/").content.decode()
    )


def test_a_site_without_an_organisation_still_has_its_frame(client: Client, home: Page) -> None:
    Organisation.objects.all().delete()

    html = client.get("/en/").content.decode()

    assert "Follow my case" in html
    assert "Our contact details are not on this page yet." in html


def test_screens_can_be_cached_for_everyone(client: Client, home: Page) -> None:
    make_organisation(home)

    for path in ("/en/", "/en/privacy/", "/en/search/?q=privacy"):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("translations", [1, 7])
def test_frame_costs_the_same_whatever_the_languages(
    client: Client,
    home: Page,
    translations: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    pages = make_organisation(home)
    for language in LANGUAGES[1 : translations + 1]:
        for page in pages.values():
            translate(page, language, f"{page.title} {language}")
    client.get("/vi/privacy-vi/")

    with django_assert_num_queries(QUERIES_OF_A_PAGE):
        client.get("/vi/privacy-vi/")


# Nine are what Wagtail asks to find and serve any page; the frame adds three.
QUERIES_OF_A_PAGE = 12


@pytest.mark.parametrize("path", ["/en/", "/en/privacy/", "/en/search/?q=x", "/en/nothing-here/"])
def test_no_inline_script_or_style_and_no_outside_host(
    client: Client, home: Page, path: str
) -> None:
    make_organisation(home)
    html = client.get(path).content.decode()

    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html) == []
    assert re.findall(r"<script(?![^>]+src=)", html) == []
    hosts = set(re.findall(r'(?:href|src|action)="(?:https?:)?//([^/"]+)', html))
    assert hosts <= {"testserver"}
