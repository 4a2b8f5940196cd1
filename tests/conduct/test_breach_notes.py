"""What was done about broken promises, for readers and as data."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from conduct.breach_note_editing import BreachNoteViewSet
from conduct.models import BreachNote, PerformancePage, Promise

ADDRESS = "/en/performance/"


def note(promise: Promise, since: str = "2025-03-01", **fields: Any) -> BreachNote:
    words = {"causes_en": "The depot was flooded.", "done_en": "The cellar is dry.", "until": None}
    return BreachNote.objects.create(
        promise=promise,
        since=dt.date.fromisoformat(since),
        **(words | {"is_published": True} | fields),
    )


def shown(client: Client, address: str = ADDRESS) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [" ".join(item.get_text().split()) for item in page.select("#promise-d1 section li")]


@pytest.mark.requirement("10001-8.2")
def test_readers_see_published_ones_with_dates_the_latest_first(
    client: Client, promise: Promise, performance_page: PerformancePage
) -> None:
    note(promise, "2025-03-01", until=dt.date(2025, 3, 4))
    note(promise, "2025-05-01", causes_en="A strike.")
    note(promise, "2025-06-01", is_published=False)

    assert shown(client) == [
        "Since 1 May 2025 Why: A strike. What was done: The cellar is dry.",
        "1 March 2025 to 4 March 2025 Why: The depot was flooded. "
        "What was done: The cellar is dry.",
    ]


def test_the_data_carry_them_with_a_description_of_each_field(
    client: Client, promise: Promise, performance_page: PerformancePage
) -> None:
    note(promise, until=dt.date(2025, 3, 4))

    data = client.get(f"{ADDRESS}data.json").json()
    text = client.get(f"{ADDRESS}data.csv").content.decode("utf-8-sig")

    record = data["records"][-1]
    assert (record["period"], record["since"], record["until"], record["causes"]) == (
        "breach", "2025-03-01", "2025-03-04", "The depot was flooded.",
    )  # fmt: skip
    assert record["done"] == "The cellar is dry."
    row = list(csv.DictReader(StringIO(text)))[-1]
    assert (row["code"], row["done"]) == ("D1", "The cellar is dry.")
    assert set(row) == set(record) == set(data["fields"])
    assert all(data["fields"].values())


def test_what_is_not_translated_is_marked_with_its_language(
    client: Client, promise: Promise, performance_page: PerformancePage, korean_home: Page
) -> None:
    translated = performance_page.copy_for_translation(korean_home.locale)
    translated.save_revision().publish()
    note(promise, causes_ko="창고가 물에 잠겼습니다.")

    page = BeautifulSoup(client.get("/ko/performance/").content, "html.parser")

    [item] = page.select("#promise-d1 section li")
    assert "창고가 물에 잠겼습니다." in item.get_text()
    assert [mark["lang"] for mark in item.select("[lang]")] == ["en"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"since": dt.date(2999, 1, 1)}, "since"),
        ({"until": dt.date(2025, 2, 1)}, "until"),
        ({"done_en": "", "done": ""}, "done"),
    ],
)
def test_what_makes_no_sense_is_refused(
    promise: Promise, fields: dict[str, Any], problem: str
) -> None:
    words = {"causes_en": "Flood", "done_en": "Dry", "is_published": True}
    row = BreachNote(promise=promise, **({"since": dt.date(2025, 3, 1)} | words | fields))

    with pytest.raises(ValidationError) as refused:
        row.clean()

    assert list(refused.value.message_dict) == [problem]


def test_a_note_shows_at_once_although_pages_are_kept(
    client: Client,
    promise: Promise,
    performance_page: PerformancePage,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 60
    assert shown(client) == []

    with django_capture_on_commit_callbacks(execute=True):
        note(promise)

    assert len(shown(client)) == 1


def test_staff_write_one_in_the_admin(admin_client: Client, promise: Promise) -> None:
    address = reverse(BreachNoteViewSet().get_url_name("add"))
    assert admin_client.get(address).status_code == 200

    response = admin_client.post(
        address,
        {
            "promise": promise.pk,
            "since": "2025-03-01",
            "causes_en": "Flood",
            "done_en": "Dry",
            "is_published": "on",
        },
    )

    assert response.status_code == 302, response.context["form"].errors
    assert BreachNote.objects.get().causes == "Flood"
    listing = reverse(BreachNoteViewSet().get_url_name("list"))
    assert "D1, since 1 March 2025" in admin_client.get(listing).content.decode()
