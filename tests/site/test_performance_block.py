"""How promises were kept, in short, on any page."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conduct.collecting import collect_daily
from conduct.models import MeasuredValue, Promise
from conduct.periods import quarters
from tests.site.home_pages import add_page, make_home, make_organisation

pytestmark = pytest.mark.django_db

ADDRESS = "/en/kept/"


def promise(code: str, kept: int = 45, **fields: Any) -> Promise:
    fields = {"statement": f"Promise {code}.", "state": "live", "target": 95} | fields
    made = Promise.objects.create(code=code, indicator="entered", **fields)
    last = quarters(timezone.now())[-1]
    MeasuredValue.objects.create(
        promise=made, starts_on=last.first_day, ends_on=last.last_day, kept=kept, measured=50,
        source="Depot scans",
    )  # fmt: skip
    return made


def show(*chosen: Promise, heading: str = "") -> Any:
    home = make_home()
    make_organisation(home)
    value = {"heading": heading, "promises": [promise.pk for promise in chosen]}
    return add_page(home, "Kept", body=[{"type": "performance", "value": value}])


def shown(client: Client) -> list[list[str]]:
    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    return [
        [" ".join(part.get_text().split()) for part in item.select("p")][:4]
        for item in page.select("article.promise")
    ]


def test_every_live_promise_is_shown_with_its_headline(client: Client) -> None:
    promise("D1")
    promise("D2", 50)
    promise("D3", state="draft")
    show()

    [first, second] = shown(client)

    assert first[:3] == ["D1", "Promise D1.", "90.0 % Target missed"]
    assert first[3].startswith("Kept: 90.0 % of 50 (target at least 95 %), ")
    assert second[2] == "100.0 % Target met"
    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    assert "How we keep our promises" in [h.get_text() for h in page.select("h2")]
    assert [a["href"] for a in page.select("article a")] == [
        "/en/performance/#promise-d1",
        "/en/performance/#promise-d2",
    ]


def test_chosen_ones_are_shown_while_they_are_live(client: Client) -> None:
    promise("D1")
    chosen = promise("D2")
    show(chosen, heading="On time")

    assert [row[0] for row in shown(client)] == ["D2"]
    chosen.state = "withdrawn"
    chosen.save()
    assert shown(client) == []


def test_it_costs_the_same_for_many_promises(client: Client) -> None:
    show()

    def queries() -> int:
        collect_daily(timezone.now())
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as caught:
            client.get(ADDRESS)
        return len(caught)

    promise("D1")
    with_one = queries()
    for number in range(2, 31):
        promise(f"D{number}")

    assert queries() == with_one


def test_new_values_show_at_once_although_pages_are_kept(
    client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 60
    made = promise("D1")
    show()
    collect_daily(timezone.now())
    assert shown(client)[0][2] == "90.0 % Target missed"

    with django_capture_on_commit_callbacks(execute=True):
        value = made.measured_values.get()
        value.kept = 50
        value.save()

    assert shown(client)[0][2] == "100.0 % Target met"
