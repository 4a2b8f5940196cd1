"""What was measured, as readers and machines get it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from conduct.indicators import Indicator, Measurement, register
from conduct.models import Organisation, PerformancePage, Promise
from conduct.performance import (
    ResultState,
    judge,
    last_quarter,
    number,
    quarter_and_year,
    target_words,
    twelve_months,
)

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())
ADDRESS = "/en/performance/"


def day(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=timezone.get_default_timezone())  # type: ignore[arg-type, misc]


def feed(key: str, quarter: tuple[int, int], year: tuple[int, int]) -> list[str]:
    """Register an indicator with fixed values; return the list of promises it was asked about."""
    asked: list[str] = []

    def measure(
        *, promise: Promise, since: dt.datetime, until: dt.datetime, **_: Any
    ) -> Measurement:
        asked.append(promise.code)
        return Measurement(*(year if (until - since).days > 100 else quarter))

    register(Indicator(key, key.title(), f"How we count {key}.", measure))
    return asked


def test_the_twelve_months_end_tonight() -> None:
    period = twelve_months(NOW)

    assert (period.since, period.until) == (day(2025, 11, 23), day(2026, 11, 23))
    assert period.last_day == dt.date(2026, 11, 22)


def test_twelve_months_from_a_leap_day() -> None:
    period = twelve_months(day(2028, 2, 28, 12))

    assert (period.since, period.until) == (day(2027, 2, 28), day(2028, 2, 29))


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        (NOW, day(2026, 7, 1), day(2026, 10, 1)),
        (day(2026, 1, 1), day(2025, 10, 1), day(2026, 1, 1)),
        (day(2026, 12, 31, 23, 59), day(2026, 7, 1), day(2026, 10, 1)),
    ],
)
def test_the_last_quarter_is_complete(
    now: dt.datetime, since: dt.datetime, until: dt.datetime
) -> None:
    assert (last_quarter(now).since, last_quarter(now).until) == (since, until)


@pytest.mark.parametrize(
    ("fields", "measurement", "state"),
    [
        ({"target": 95}, Measurement(95, 100), ResultState.KEPT),
        ({"target": 95}, Measurement(94, 100), ResultState.MISSED),
        ({"target": 5, "operator": "at_most"}, Measurement(5, 100), ResultState.KEPT),
        ({"target": 5, "operator": "at_most"}, Measurement(6, 100), ResultState.MISSED),
        ({"target": None}, Measurement(6, 100), ResultState.NO_TARGET),
        ({"target": 95}, Measurement(9, 9), ResultState.TOO_FEW),
        ({"target": 95}, Measurement(10, 10), ResultState.KEPT),
        ({"target": 95}, Measurement(0, 0), ResultState.NO_DATA),
        ({"target": 95}, None, ResultState.NOT_MEASURED),
    ],
)
def test_a_result_is_judged_by_its_target_and_number(
    fields: dict[str, Any], measurement: Measurement | None, state: ResultState
) -> None:
    result = judge(Promise(**fields), twelve_months(NOW), measurement, threshold=10)

    assert result.state == state
    assert result.is_published == (state in {"kept", "missed", "no_target"})


def test_a_quarter_that_gives_a_small_rest_away_is_withheld(
    own_indicators: Any, make_promise: Callable[..., Promise]
) -> None:
    feed("parcels", quarter=(30, 30), year=(38, 39))
    promise = make_promise(indicator="parcels")

    [(quarter, year)] = quarter_and_year([promise], threshold=10, now=NOW)

    assert (quarter.state, quarter.measurement) == (ResultState.TOO_FEW, None)
    assert year.measurement == Measurement(38, 39)


def test_the_sentence_names_share_number_and_target() -> None:
    promise = Promise(target=95)
    result = judge(promise, twelve_months(NOW), Measurement(1158, 1204), threshold=10)

    assert result.sentence() == "Kept: 96.2 % of 1,204 (target at least 95 %)"
    assert target_words(Promise(target=2.5, operator="at_most")) == "at most 2.5 %"
    assert target_words(Promise(target=None)) == ""


def test_numbers_are_rounded_and_written_as_the_language_does() -> None:
    assert number(96.179, 1) == "96.2"
    with translation.override("de"):
        assert number(1204.05, 1) == "1.204,1"


def test_a_measure_is_asked_once_in_fifteen_minutes(
    own_indicators: Any, make_promise: Callable[..., Promise]
) -> None:
    asked = feed("parcels", quarter=(30, 40), year=(90, 100))
    promise = make_promise(indicator="parcels")

    first = quarter_and_year([promise], threshold=10, now=NOW)
    with translation.override("ko"):
        second = quarter_and_year([promise], threshold=10, now=NOW)

    assert asked == ["D1", "D1"]  # once a period
    assert [result.measurement for result in first[0]] == [
        result.measurement for result in second[0]
    ]


@pytest.mark.requirement("10001-4.4")
def test_the_page_shows_target_value_number_and_range_in_words(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
) -> None:
    feed("parcels", quarter=(45, 50), year=(196, 200))
    make_promise(indicator="parcels")

    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")

    article = page.select_one("article#promise-d1")
    assert article is not None
    assert "How we count parcels." in article.get_text()
    assert [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in article.select("tbody tr")
    ] == [
        [
            "Last quarter",
            "45",
            "50",
            "90.0 %",
            "78.6 % to 95.7 %",
            "at least 95 %",
            "Target missed",
        ],
        [
            "Last 12 months",
            "196",
            "200",
            "98.0 %",
            "95.0 % to 99.2 %",
            "at least 95 %",
            "Target met",
        ],
    ]
    figure = article.select_one("figure.chart")
    assert figure is not None
    assert figure.figcaption is not None
    assert figure.figcaption.get_text() == "How promise D1 was kept"
    assert [tag for tag in page.find_all(True) if tag.has_attr("style")] == []


def test_small_numbers_are_nowhere_on_the_page_or_in_the_data(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
    organisation: Organisation,
) -> None:
    feed("parcels", quarter=(17, 19), year=(17, 19))
    make_promise(indicator="parcels")
    assert b"<td>19</td>" in client.get(ADDRESS).content

    organisation.small_number_threshold = 20
    organisation.save()

    page = client.get(ADDRESS).content.decode()
    assert "<td>19</td>" not in page
    assert "Too few to publish" in page
    records = client.get(f"{ADDRESS}data.json").json()["records"]
    assert {(record["kept"], record["measured"], record["result"]) for record in records} == {
        (None, None, "too_few")
    }


def test_the_data_say_the_same_as_json_and_csv(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
) -> None:
    feed("parcels", quarter=(45, 50), year=(196, 200))
    make_promise(indicator="parcels")

    data = client.get(f"{ADDRESS}data.json").json()
    response = client.get(f"{ADDRESS}data.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))

    assert set(data["fields"]) == set(data["records"][0]) == set(rows[0])
    assert [record["period"] for record in data["records"]] == ["quarter", "twelve_months"]
    year = data["records"][1]
    assert (year["code"], year["kept"], year["measured"], year["share"]) == ("D1", 196, 200, 98.0)
    assert (year["low"], year["high"], year["result"]) == (94.97, 99.22, "kept")
    assert [
        {key: str(value) for key, value in record.items()} for record in data["records"]
    ] == rows


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
    start: str,
) -> None:
    make_promise(statement_en=f"{start}1+1")

    response = client.get(f"{ADDRESS}data.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))

    assert rows[0]["statement"] == f"'{start}1+1"


def test_without_promises_the_page_says_so(
    client: Client, performance_page: PerformancePage
) -> None:
    assert "There are no promises in force to measure yet." in client.get(ADDRESS).content.decode()


def test_queries_do_not_grow_with_promises(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
) -> None:
    feed("parcels", quarter=(45, 50), year=(196, 200))

    def queries() -> int:
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as context:
            client.get(ADDRESS)
        sql = [query["sql"] for query in context.captured_queries]
        assert len([line for line in sql if 'FROM "conduct_promise"' in line]) == 1
        return len(sql)

    make_promise(indicator="parcels")
    with_one = queries()
    for index in range(29):
        make_promise(f"X{index}", indicator="parcels")

    assert queries() == with_one


def test_figures_can_be_cached(client: Client, performance_page: PerformancePage) -> None:
    for address in (ADDRESS, f"{ADDRESS}data.csv", f"{ADDRESS}data.json"):
        response = client.get(address)

        assert response.status_code == 200
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/en/feedback/data.csv", "/en/nowhere/data.json"])
def test_only_the_performance_page_has_data(
    client: Client, performance_page: PerformancePage, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_a_private_page_keeps_its_data_private(
    client: Client, performance_page: PerformancePage
) -> None:
    assert client.get(f"{ADDRESS}data.json").status_code == 200
    PageViewRestriction.objects.create(page=performance_page, restriction_type="login")

    assert client.get(f"{ADDRESS}data.json").status_code == 404
