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
    Figures,
    ResultState,
    judge,
    last_quarter,
    number,
    public_figures,
    target_words,
    twelve_months,
)
from conduct.periods import Period

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())
ADDRESS = "/en/performance/"


def day(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=timezone.get_default_timezone())  # type: ignore[arg-type, misc]


def feed(key: str, *quarters: tuple[int, int]) -> list[str]:
    """Register an indicator whose last quarters have these values (the last one is the latest) and
    the earlier ones nothing; return the list of promises it was asked about."""
    asked: list[str] = []

    def measure(*, promise: Promise, since: dt.datetime, now: dt.datetime, **_: Any) -> Measurement:
        asked.append(promise.code)
        end, start = last_quarter(now).first_day, timezone.localdate(since)
        ago = ((end.year - start.year) * 12 + end.month - start.month) // 3
        return Measurement(*quarters[-1 - ago]) if ago < len(quarters) else Measurement(0, 0)

    register(Indicator(key, key.title(), f"How we count {key}.", measure))
    return asked


def quarter_before(quarter: Period) -> dt.datetime:
    first = quarter.first_day
    return day(first.year - (first.month == 1), (first.month - 4) % 12 + 1, 1)


def figures(promise: Promise, threshold: int = 10) -> Figures:
    return public_figures([promise], threshold=threshold, now=NOW)[promise.code]


def test_the_twelve_months_are_the_last_four_complete_quarters() -> None:
    period = twelve_months(NOW)

    assert (period.since, period.until) == (day(2025, 10, 1), day(2026, 10, 1))
    assert period.last_day == dt.date(2026, 9, 30)


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
    ],
)
def test_a_result_is_judged_by_its_target(
    fields: dict[str, Any], measurement: Measurement, state: ResultState
) -> None:
    assert judge(Promise(**fields), twelve_months(NOW), measurement).state == state


@pytest.mark.parametrize(
    ("quarters", "quarter", "year"),
    [
        ([(9, 9)], ResultState.TOO_FEW, ResultState.TOO_FEW),
        ([(10, 10)], ResultState.KEPT, ResultState.KEPT),
        ([(0, 0)], ResultState.NO_DATA, ResultState.NO_DATA),
        ([(10, 10), (0, 0)], ResultState.NO_DATA, ResultState.KEPT),
    ],
)
def test_too_few_and_none_are_said_in_words(
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    quarters: list[tuple[int, int]],
    quarter: ResultState,
    year: ResultState,
) -> None:
    feed("parcels", *quarters)
    found = figures(make_promise(indicator="parcels"))

    assert (found.quarter.state, found.year.state) == (quarter, year)
    assert found.quarter.is_published == (quarter == ResultState.KEPT)


def test_a_promise_that_nothing_measures_says_so(
    own_indicators: Any, make_promise: Callable[..., Promise]
) -> None:
    found = figures(make_promise(indicator="not-installed"))

    assert (found.quarter.state, found.year.state, found.spans) == (
        ResultState.NOT_MEASURED,
        ResultState.NOT_MEASURED,
        (),
    )


def test_a_small_quarter_is_in_no_sum_that_gives_it_away(
    own_indicators: Any, make_promise: Callable[..., Promise]
) -> None:
    # October 2025 to September 2026: the year is 2025's last quarter and three of 2026.
    feed("parcels", (30, 30), (20, 30), (4, 4), (25, 30))
    found = figures(make_promise(indicator="parcels"))

    assert [(span.period.words(), span.measurement) for span in found.spans] == [
        ("1 October 2025 to 31 December 2025", Measurement(30, 30)),
        ("1 January 2026 to 31 March 2026", Measurement(20, 30)),
        ("1 April 2026 to 30 September 2026", Measurement(29, 34)),
    ]
    assert found.year.measurement == Measurement(79, 94)
    assert found.year.period == twelve_months(NOW)


def test_what_is_left_over_is_in_no_year_and_the_year_says_its_days(
    own_indicators: Any, make_promise: Callable[..., Promise]
) -> None:
    feed("parcels", (30, 30), (20, 30), (25, 30), (3, 4))
    found = figures(make_promise(indicator="parcels"))

    assert (found.quarter.state, found.quarter.measurement) == (ResultState.TOO_FEW, None)
    assert found.year.measurement == Measurement(75, 90)
    assert found.year.period.words() == "1 October 2025 to 30 June 2026"


@pytest.mark.parametrize(("period", "state"), [("quarter", "kept"), ("twelve_months", "missed")])
def test_the_period_of_the_target_decides_the_headline(
    own_indicators: Any, make_promise: Callable[..., Promise], period: str, state: str
) -> None:
    feed("parcels", (10, 50), (50, 50))

    assert figures(make_promise(indicator="parcels", period=period)).headline.state == state


def test_the_sentence_names_share_number_and_target() -> None:
    promise = Promise(target=95)
    result = judge(promise, twelve_months(NOW), Measurement(1158, 1204))

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
    asked = feed("parcels", (30, 40), (60, 60))
    promise = make_promise(indicator="parcels")

    first = figures(promise)
    with translation.override("ko"):
        second = figures(promise)

    assert asked == ["D1"] * 11  # the eight quarters shown, and those before in the same year
    assert first == second


@pytest.mark.requirement("10001-4.4")
def test_the_page_shows_target_value_number_and_range_in_words(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
) -> None:
    feed("parcels", (150, 150), (45, 50))
    make_promise(indicator="parcels")
    quarter, year = last_quarter(timezone.now()), twelve_months(timezone.now())

    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")

    article = page.select_one("article#promise-d1")
    assert article is not None
    assert "How we count parcels." in article.get_text()
    assert [
        [cell.get_text(strip=True).replace("\u00a0", " ") for cell in row.find_all(["th", "td"])]
        for row in article.select("tbody tr")
    ] == [
        [
            Period("", quarter_before(quarter), quarter.since).words(),
            "150",
            "150",
            "100.0 %",
            "97.5 % to 100.0 %",
            "at least 95 %",
            "Target met",
        ],
        [
            quarter.words(),
            "45",
            "50",
            "90.0 %",
            "78.6 % to 95.7 %",
            "at least 95 %",
            "Target missed",
        ],
        [
            f"Last 12 months: {year.words()}",
            "195",
            "200",
            "97.5 %",
            "94.3 % to 98.9 %",
            "at least 95 %",
            "Target met",
        ],
    ]
    figure = article.select_one("figure.chart")
    assert figure is not None
    assert figure.figcaption is not None
    assert " ".join(figure.figcaption.get_text().split()) == (
        "How promise D1 was kept, quarter by quarter. Dots: the share. Upright lines: its range. "
        "Dashed: the target. The scale goes from 70.0 % to 100.0 %."
    )
    assert len(figure.select("svg circle")) == 2
    said = " ".join(article.get_text().split())
    assert "Falling: 100.0 % in the earlier quarters, 90.0 % in the later ones." in said
    assert [tag for tag in page.find_all(True) if tag.has_attr("style")] == []


def test_small_numbers_are_nowhere_on_the_page_or_in_the_data(
    client: Client,
    own_indicators: Any,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
    organisation: Organisation,
) -> None:
    feed("parcels", (17, 19))
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
    feed("parcels", (150, 150), (45, 50))
    make_promise(indicator="parcels")

    data = client.get(f"{ADDRESS}data.json").json()
    response = client.get(f"{ADDRESS}data.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))

    assert set(data["fields"]) == set(data["records"][0]) == set(rows[0])
    assert [record["period"] for record in data["records"]] == [
        "quarter",
        "quarter",
        "twelve_months",
    ]
    year = data["records"][2]
    assert (year["code"], year["kept"], year["measured"], year["share"]) == ("D1", 195, 200, 97.5)
    assert (year["low"], year["high"], year["result"]) == (94.28, 98.93, "kept")
    assert (year["trend"], year["target_period"]) == ("falling", "twelve_months")
    assert [
        {key: "" if value is None else str(value) for key, value in record.items()}
        for record in data["records"]
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
    feed("parcels", (150, 150), (45, 50))

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
