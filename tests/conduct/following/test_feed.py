"""The editions of a code as an Atom feed, in each language."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/en/code-of-conduct/editions/feed/"
HERE = "http://localhost/en/code-of-conduct/editions"


def entries(client: Client, address: str = FEED) -> list[dict[str, str]]:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = []
    for entry in ET.fromstring(response.content).iter(f"{ATOM}entry"):
        values = {child.tag.removeprefix(ATOM): child.text or "" for child in entry}
        link = entry.find(f"{ATOM}link")
        assert link is not None
        found.append(values | {"link": link.get("href", "")})
    return found


def test_one_entry_an_edition_with_its_permanent_link_what_changed_and_its_day(
    client: Client, next_edition: Callable[..., Edition]
) -> None:
    day = timezone.localdate() + dt.timedelta(days=10)
    next_edition(effective_date=day)

    second, first = entries(client)

    assert (second["title"], second["link"]) == ("Code of conduct, edition 2", f"{HERE}/2/")
    assert (first["title"], first["link"]) == ("Code of conduct, edition 1", f"{HERE}/1/")
    assert "Parcels abroad are covered too." in second["summary"]
    assert f"In force from {date_format(day, 'DATE_FORMAT')}." in second["summary"]
    assert "The first edition" in first["summary"]
    assert client.get(second["link"].removeprefix("http://localhost")).status_code == 200


def test_a_correction_is_the_same_entry_updated(client: Client, code: CodeOfConductPage) -> None:
    (before,) = entries(client)
    page = CodeOfConductPage.objects.get(pk=code.pk)
    page.scope, page.is_correction = "Parcels sent within the county.", True
    publish(page)

    (after,) = entries(client)

    assert (after["id"], after["published"]) == (before["id"], before["published"])
    assert after["updated"] > before["updated"] or "Spelling corrected" in after["summary"]
    assert "Spelling corrected on" in after["summary"]
    assert "Spelling corrected on" not in before["summary"]


def test_ids_stay_when_the_page_moves_and_differ_between_languages(
    client: Client, code: CodeOfConductPage, korean_home: Any, home: Any
) -> None:
    (english,) = entries(client)
    korean_page = code.copy_for_translation(korean_home.locale)
    korean_page.save_revision().publish()
    (korean,) = entries(client, "/ko/code-of-conduct/editions/feed/")
    page = CodeOfConductPage.objects.get(pk=code.pk)
    page.slug = "our-promises"
    page.save_revision().publish()

    (moved,) = entries(client, "/en/our-promises/editions/feed/")

    assert moved["id"] == english["id"] != korean["id"]
    assert moved["id"].startswith("urn:uuid:")
    assert moved["link"] == "http://localhost/en/our-promises/editions/1/"


def test_the_feed_says_its_language_and_marks_words_in_another(
    client: Client, code: CodeOfConductPage, korean_home: Any, next_edition: Any
) -> None:
    code.copy_for_translation(korean_home.locale).save_revision().publish()
    next_edition()
    address = "/ko/code-of-conduct/editions/feed/"
    root = ET.fromstring(client.get(address).content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"
    assert '<div lang="en" dir="ltr">' in entries(client, address)[0]["summary"]


def test_a_reader_program_that_has_it_gets_no_more_than_that(client: Client, code: Any) -> None:
    first = client.get(FEED)
    again = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Last-Modified" in first


@pytest.mark.parametrize("address", ["/en/code-of-conduct/", "/en/code-of-conduct/editions/"])
def test_pages_lead_to_the_feed(client: Client, code: Any, address: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    link = page.select_one("head link[rel=alternate][type='application/atom+xml']")
    assert link is not None
    assert (link["href"], link["title"]) == (FEED, "Editions: Code of conduct")
    assert page.select_one(f"main a[href='{FEED}']") is not None


def test_the_policy_has_one_too(client: Client, policy: Any) -> None:
    (entry,) = entries(client, "/en/complaints-policy/editions/feed/")
    assert entry["link"] == "http://localhost/en/complaints-policy/editions/1/"


def test_more_editions_cost_no_more_queries(
    client: Client, next_edition: Callable[..., Edition]
) -> None:
    client.get(FEED)
    counts = []
    for round_ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(FEED)
        counts.append(len(queries))
        next_edition(scope=f"Parcels of {round_} kinds.")
    assert counts[0] == counts[1]
