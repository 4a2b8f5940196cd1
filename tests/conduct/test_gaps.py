"""Live promises without data, evidence out of date: said where editors look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conduct.gaps import Gap, Why, gaps
from conduct.lint.promises import of_promise
from conduct.models import MeasuredValue, PerformancePage, Promise
from conduct.periods import quarters
from conduct.promise_editing import PromiseViewSet

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def value(promise: Promise, ago: int) -> None:
    period = quarters(timezone.now())[-ago]
    MeasuredValue.objects.create(
        promise=promise, starts_on=period.first_day, ends_on=period.last_day, kept=1, measured=1,
        source="Depot scans",
    )  # fmt: skip


@pytest.mark.requirement("10001-6.5")
@pytest.mark.parametrize(
    ("fields", "ago", "why"),
    [
        ({"indicator": ""}, 1, Why.NO_INDICATOR),
        ({"indicator": "gone"}, 1, Why.UNKNOWN_INDICATOR),
        ({"period": "quarter"}, 2, Why.NO_DATA),
        ({"period": "quarter"}, 1, None),
        ({"period": "twelve_months"}, 4, None),
        ({"period": "twelve_months"}, 5, Why.NO_DATA),
    ],
)
def test_data_are_missing_in_the_period_of_the_target(
    make_promise: Callable[..., Promise], fields: dict[str, Any], ago: int, why: Why | None
) -> None:
    promise = make_promise(**({"indicator": "entered"} | fields))
    value(promise, ago)

    found = gaps([promise], now=timezone.now())

    assert [gap.why for gap in found] == ([] if why is None else [why])
    assert [Gap.from_json(gap.as_json()) for gap in found] == found


def test_the_editor_of_the_promise_is_told(
    admin_client: Client,
    make_promise: Callable[..., Promise],
    django_capture_on_commit_callbacks: Any,
) -> None:
    promise = make_promise(indicator="entered")
    address = reverse(PromiseViewSet().get_url_name("edit"), args=[promise.pk])

    assert "There are no data for" in admin_client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        value(promise, 1)
    assert "There are no data for" not in admin_client.get(address).content.decode()


@pytest.mark.requirement("10001-4.7")
@pytest.mark.parametrize(
    ("fields", "verified"),
    [
        ({"evidence_date": TODAY - 300 * DAY}, True),
        ({"evidence_date": TODAY - 400 * DAY}, False),
        ({"evidence_date": TODAY - 400 * DAY, "evidence_expires_on": TODAY}, True),
        ({"evidence_date": TODAY - 10 * DAY, "evidence_expires_on": TODAY - DAY}, False),
        ({"evidence_en": "", "evidence_date": TODAY}, False),
    ],
)
def test_evidence_past_its_date_is_flagged_and_leaves_the_verified_list(
    client: Client,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
    fields: dict[str, Any],
    verified: bool,
) -> None:
    promise = make_promise(**({"evidence_en": "Scans of every depot"} | fields))

    listed = Promise.objects.verified(TODAY).filter(pk=promise.pk).exists()
    flagged = [
        finding.sentence
        for finding in of_promise(promise, today=TODAY)
        if "vidence" in finding.sentence
    ]
    page = BeautifulSoup(client.get("/en/performance/").content, "html.parser")

    assert listed is verified
    assert (flagged == []) is verified
    assert ("Evidence checked on" in page.get_text()) is verified
    record = client.get("/en/performance/data.json").json()["records"][0]
    expected = fields["evidence_date"].isoformat() if verified else None
    assert record["evidence_checked_on"] == expected


def test_readers_learn_where_the_figures_come_from(
    client: Client, make_promise: Callable[..., Promise], performance_page: PerformancePage
) -> None:
    make_promise(data_source_en="Scans at every door, kept by the depots.")

    page = client.get("/en/performance/").content.decode()

    assert "Where the figures come from: Scans at every door, kept by the depots." in page
