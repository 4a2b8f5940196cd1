"""Figures of promises: kept ready by the nightly collection, so that a page only reads them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.naming import PLAIN
from bench.rows import Row
from bench.subjects import Subject
from bench.visiting import Visit

PERFORMANCE = "/en/performance/"


def figures() -> Iterator[Subject]:
    """The page of all promises and its data, as after a night; an address with a query is never
    kept by the page cache."""
    _collect()
    plain = Visit([f"/en/{PLAIN}/?cold"], shows="<h1")
    page = Visit([f"{PERFORMANCE}?cold"], shows="<h1")
    yield Subject(Row("performance page, cold", "bare Wagtail page", 2), page, plain)
    data = Visit([f"{PERFORMANCE}data.json"], shows="twelve_months")
    yield Subject(Row("its data, as JSON", "bare Wagtail page", 2), data, plain)


def _collect() -> None:
    from django.utils import timezone

    from conduct.collecting import collect_daily
    from conduct.models import CollectionRun

    CollectionRun.objects.all().delete()
    collect_daily(timezone.now())
