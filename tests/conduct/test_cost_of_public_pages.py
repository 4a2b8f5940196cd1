"""What public pages of codes and policies cost the database: first, kept, and after publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from conduct.editions import publish
from conduct.models import CodeOfConductPage, Promise

CODE = "/en/code-of-conduct/"
#: Address → queries with nothing in the cache, however many promises and editions there are.
COLD = {
    CODE: 17,
    f"{CODE}editions/": 14,
    f"{CODE}editions/1/": 17,
    f"{CODE}editions/2/changes/": 23,
    f"{CODE}promises/D1/": 20,
    f"{CODE}editions/1/promises/D1/": 20,
    f"{CODE}editions/feed/": 12,
    f"{CODE}follow/": 12,
    "/en/performance/": 13,
    "/en/consultations/": 6,
}
#: Machines ask for the feed, with what they know already; comments come in all the time.
NOT_KEPT = {f"{CODE}editions/feed/", "/en/consultations/"}


@pytest.fixture(autouse=True)
def _kept_for_a_minute(settings: Any) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = 60


@pytest.fixture
def code(code_draft: CodeOfConductPage, performance_page: Page) -> CodeOfConductPage:
    """In its second edition."""
    publish(code_draft)
    return next_edition("Parcels and letters.", dt.date(2025, 6, 1))


def next_edition(scope: str, day: dt.date) -> CodeOfConductPage:
    page = CodeOfConductPage.objects.get()
    page.scope, page.what_changed = scope, "Letters, too."
    page.effective_date = page.approved_on = day
    publish(page)
    return page


def queries(address: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        assert Client().get(address).status_code == 200
    return [query["sql"] for query in caught]


@pytest.mark.parametrize("address", COLD)
def test_a_page_costs_the_same_for_one_promise_and_for_ten(
    code: CodeOfConductPage, make_promise: Callable[..., Promise], address: str
) -> None:
    def cold() -> int:
        queries(address)  # what is looked up once for each process
        cache.clear()
        return len(queries(address))

    assert cold() == COLD[address]
    for number in range(2, 11):
        make_promise(f"D{number}")
    next_edition("Parcels, letters and ten promises.", dt.date(2025, 9, 1))
    assert cold() == COLD[address]


@pytest.mark.parametrize("address", [address for address in COLD if address not in NOT_KEPT])
def test_a_kept_page_costs_nothing_and_a_new_edition_shows_at_once(
    code: CodeOfConductPage, django_capture_on_commit_callbacks: Any, address: str
) -> None:
    queries(address)
    assert queries(address) == []

    with django_capture_on_commit_callbacks(execute=True):
        next_edition("Parcels, letters and pallets.", dt.date(2025, 9, 1))

    assert queries(address) != []
