"""The nightly collection, and figures that anybody can recompute from its rows."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from complaints.automation import run_clocks
from complaints.breaches import Breach, Customer, record_breach
from complaints.models import Case, Involvement
from conduct.collecting import collect_daily
from conduct.gaps import Gap
from conduct.indicators import Indicator, Measurement, register
from conduct.intervals import wilson
from conduct.models import (
    CollectedFigures,
    CollectionRun,
    MeasuredValue,
    Organisation,
    PerformancePage,
    Promise,
)
from conduct.periods import months, quarters
from tests import people
from tests.factories import Staff, act, make_case, make_category, make_remedy_kind

pytestmark = pytest.mark.django_db

ROWS = "conduct_complaints_admin:collected_rows"
DAY = dt.timedelta(days=1)


def make_promise(code: str = "D1", **fields: Any) -> Promise:
    fields = {"statement": "We deliver in 3 days.", "state": "live", "target": 95} | fields
    return Promise.objects.create(code=code, **fields)


def month_of(promise: Promise, day: dt.date) -> CollectedFigures:
    return promise.collected.get(span="month", since=day.replace(day=1))


@pytest.mark.requirement("10001-8.1")
def test_every_night_collects_each_promise_and_says_what_is_missing() -> None:
    now = timezone.now()
    measured = make_promise(indicator="entered")
    make_promise("D2", indicator="entered")
    make_promise("D3")
    make_promise("D4", state="draft")
    last = quarters(now)[-1]
    MeasuredValue.objects.create(
        promise=measured, starts_on=last.first_day, ends_on=last.last_day, kept=45, measured=50,
        source="Depot scans",
    )  # fmt: skip

    run_clocks(now)

    run = CollectionRun.objects.get()
    assert run.rows == CollectedFigures.objects.count() == 3 * len([*quarters(now), *months(now)])
    assert [(gap["code"], gap["why"]) for gap in run.gaps] == [
        ("D2", "no_data"),
        ("D3", "no_indicator"),
    ]
    row = measured.collected.get(span="quarter", since=last.first_day)
    assert (row.until, row.indicator, row.kept, row.measured, row.source) == (
        last.last_day, "entered", 45, 50, "Depot scans",
    )  # fmt: skip
    assert run.finished_at is not None


def test_it_happens_once_a_day_and_again_the_next() -> None:
    now = timezone.now()
    make_promise(indicator="entered")

    first, again = collect_daily(now), collect_daily(now)
    rows = CollectedFigures.objects.count()
    tomorrow = collect_daily(now + DAY)

    assert first is not None
    assert again is None
    assert tomorrow is not None
    assert 0 < tomorrow.rows < first.rows  # what is settled stays as it is
    assert CollectedFigures.objects.count() == rows


def test_an_indicator_that_fails_is_a_gap_and_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from conduct import indicators

    def fail(**asked: Any) -> Measurement:
        raise RuntimeError("the scanner is away")

    monkeypatch.setattr(indicators, "_registry", dict(indicators._registry))
    register(Indicator("scanner", "Scanner", "What it says.", fail))
    make_promise(indicator="scanner")
    make_promise("D2", indicator="entered")

    run = collect_daily(timezone.now())

    assert run is not None
    assert [(gap["code"], gap["why"]) for gap in run.gaps] == [("D1", "failed"), ("D2", "no_data")]
    assert "could not be asked" in Gap.from_json(run.gaps[0]).sentence()


@pytest.mark.requirement("10001-8.1")
def test_complaints_questions_remedies_and_costs_are_counted_by_promise_and_month(
    staff: Staff,
) -> None:
    promise, other = make_promise(), make_promise("D2")
    make_case(promise=promise)
    make_case(promise=promise, kind="question")
    make_case(promise=other)
    make_case()
    breach = Breach(
        site=Site.objects.get(is_default_site=True), promise=promise, category=make_category(),
        happened="The van broke down.", cause="No spare van", language="en",
        remedy_kind=make_remedy_kind(), words="We pay the postage back.", amount=Decimal(5),
        due_on=timezone.localdate(), breach_id="one",
    )  # fmt: skip
    customers = [Customer(f"Customer {n}", f"customer{n}@example.com") for n in range(3)]
    for case in record_breach(breach, customers, user=staff.lead)[:2]:
        act(case, "deliver_remedy", staff.lead, remedy=case.remedies.get(), proof="Bank slip")

    collect_daily(timezone.now())

    row = month_of(promise, timezone.localdate())
    assert (row.complaints, row.inquiries) == (4, 1)
    assert (row.remedies_due, row.remedies_delivered, row.remedies_on_time) == (3, 2, 2)
    assert row.costs == {"EUR": "10.00"}
    assert (month_of(other, timezone.localdate()).complaints, row.measured) == (1, 0)


def test_nobody_learns_of_a_case_they_must_not_see_by_counting(staff: Staff) -> None:
    promise = make_promise()
    make_case(promise=promise)
    about_somebody, confidential = make_case(promise=promise), make_case(promise=promise)
    Involvement.objects.create(
        case=about_somebody, user=staff.handler, part=Involvement.Part.NAMED,
        since=about_somebody.received_at,
    )  # fmt: skip
    Case.objects.filter(pk=confidential.pk).update(confidential=True)

    collect_daily(timezone.now())

    assert month_of(promise, timezone.localdate()).complaints == 1


def test_collecting_does_not_ask_more_for_more_cases(staff: Staff) -> None:
    promise = make_promise(indicator="answered_on_time")

    def queries(now: dt.datetime) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert collect_daily(now) is not None
        return len(caught)

    # Three days of one month: a new month has a row more to write.
    now = (timezone.now() + 40 * DAY).replace(day=10)
    make_case(promise=promise)
    collect_daily(now)
    with_one = queries(now + DAY)
    for _ in range(5):
        make_case(promise=promise)

    assert queries(now + 2 * DAY) == with_one


@pytest.fixture
def staff(db: None) -> Staff:
    return Staff()


@pytest.fixture
def performance_page(db: None) -> PerformancePage:
    home: Page = Site.objects.get(is_default_site=True).root_page
    return home.add_child(instance=PerformancePage(title="Kept", slug="kept"))


def invented_history(chance: random.Random) -> None:
    """Promises measured by clocks of invented cases and by values entered by hand."""
    make_promise("A1", indicator="acknowledged_on_time", target=90)
    make_promise("A2", indicator="answered_on_time", operator="at_most", target=50)
    call_command("make_cases", 60, seed=chance.randrange(10**6), stdout=StringIO())
    for number in range(4):
        promise = make_promise(f"E{number}", indicator="entered", target=chance.choice([None, 80]))
        rows = []
        for period in months(timezone.now())[:-1]:
            measured = chance.choice([0, 1, 2, 3, 5, 8, 20, 60])
            if chance.random() < 0.8:
                rows.append(
                    MeasuredValue(
                    promise=promise, starts_on=period.first_day, ends_on=period.last_day,
                    kept=chance.randint(0, measured), measured=measured, source="Depot scans",
                )
                )  # fmt: skip
        MeasuredValue.objects.bulk_create(rows)


def exported(user: Any) -> list[dict[str, str]]:
    client = Client()
    client.force_login(user)
    content = client.get(reverse(ROWS)).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content)))


def recomputed(rows: list[dict[str, str]], threshold: int) -> Iterator[tuple[Any, ...]]:
    """What is published of one promise's exported quarters, written anew from its description:
    neighbouring quarters of a year are added up until they are enough; the twelve months are the
    newest such sums that end in the last four quarters and span no more than four."""
    published: list[list[int]] = []
    waiting: list[int] = []
    for place, row in enumerate(rows):
        if waiting and rows[waiting[0]]["since"][:4] != row["since"][:4]:
            waiting = []
        if waiting or int(row["measured"]):
            waiting.append(place)
        if sum(int(rows[p]["measured"]) for p in waiting) >= threshold and waiting:
            published.append(waiting)
            waiting = []
    for run in published:
        if run[-1] >= len(rows) - 8:
            yield ("quarter", *_numbers(rows, run))
    year: list[int] = []
    for run in reversed(published):
        if run[-1] < len(rows) - 4 or (year and year[-1] - run[0] > 3):
            break
        year = [*run, *year]
    if year:
        yield ("twelve_months", *_numbers(rows, year))


def _numbers(rows: list[dict[str, str]], places: list[int]) -> tuple[Any, ...]:
    kept = sum(int(rows[place]["kept"]) for place in places)
    measured = sum(int(rows[place]["measured"]) for place in places)
    low, high = wilson(kept, measured) or (0, 0)
    return (
        kept, measured, round(100 * kept / measured, 2), round(100 * low, 2), round(100 * high, 2)
    )  # fmt: skip


@pytest.mark.requirement("10001-8.2")
@pytest.mark.parametrize("seed", range(2))
def test_public_figures_equal_those_recomputed_from_exported_rows(
    seed: int, performance_page: PerformancePage
) -> None:
    chance = random.Random(seed)
    invented_history(chance)
    organisation = Organisation.for_site(Site.objects.get(is_default_site=True))
    organisation.small_number_threshold = threshold = chance.choice([1, 3, 10, 25])
    organisation.save()
    collect_daily(timezone.now())

    records = Client().get("/en/kept/data.json").json()["records"]
    rows = exported(people.make_quality())

    names = ("period", "kept", "measured", "share", "low", "high")
    for code in Promise.objects.values_list("code", flat=True):
        of_promise = [r for r in rows if (r["code"], r["span"]) == (code, "quarter")]
        assert len(of_promise) == len(quarters(timezone.now()))
        assert [
            tuple(record[name] for name in names)
            for record in records
            if record["code"] == code and record["kept"] is not None
        ] == list(recomputed(of_promise, threshold))
    assert sum(record["kept"] is not None for record in records) > 20
