"""Values that staff enter by hand: what is refused, what counts, and what readers see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conduct import indicators
from conduct.indicators import Measurement
from conduct.measured_value_editing import MeasuredValueViewSet
from conduct.models import CodeOfConductPage, MeasuredValue, PerformancePage, Promise
from conduct.performance import last_quarter, public_figures, twelve_months

PERFORMANCE = "/en/performance/"
NOW = dt.datetime(2025, 11, 22, 12, tzinfo=timezone.get_default_timezone())
SCANS = "Depot scans"


@pytest.fixture
def entered(make_promise: Callable[..., Promise]) -> Promise:
    return make_promise(indicator="entered")


def value(promise: Promise, start: str, end: str, kept: int, measured: int, **more: Any) -> Any:
    """A checked value; the days as 2025-03-01."""
    row = MeasuredValue(
        promise=promise,
        starts_on=dt.date.fromisoformat(start),
        ends_on=dt.date.fromisoformat(end),
        kept=kept,
        measured=measured,
        **({"source": SCANS} | more),
    )
    row.full_clean()
    row.save()
    return row


def months_before(today: dt.date, number: int) -> list[tuple[str, str]]:
    """First and last day of the last full months, the latest first."""
    found = []
    following = today.replace(day=1)
    for _ in range(number):
        last = following - dt.timedelta(days=1)
        following = last.replace(day=1)
        found.append((following.isoformat(), last.isoformat()))
    return found


def measure(promise: Promise, since: dt.datetime, until: dt.datetime) -> Measurement:
    indicator = indicators.get("entered")
    assert indicator is not None
    return indicator.measure(promise=promise, since=since, until=until, now=NOW)


def test_the_values_of_a_promise_are_summed(
    entered: Promise, make_promise: Callable[..., Promise]
) -> None:
    value(entered, "2025-07-01", "2025-07-31", 90, 100)
    value(entered, "2025-08-01", "2025-08-31", 190, 200, source="Driver app")
    value(entered, "2025-09-01", "2025-09-30", 45, 50, source="Driver app")
    value(make_promise("D2", indicator="entered"), "2025-08-01", "2025-08-31", 1, 1000)
    quarter = last_quarter(NOW)

    assert measure(entered, quarter.since, quarter.until) == Measurement(
        325, 350, "Driver app; Depot scans"
    )


def test_without_values_there_is_nothing_to_measure(entered: Promise) -> None:
    quarter = last_quarter(NOW)

    assert measure(entered, quarter.since, quarter.until) == Measurement(0, 0)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        ("2025-07-01", "2025-09-30", True),  # the whole quarter
        ("2025-07-01", "2025-07-01", True),
        ("2025-09-30", "2025-09-30", True),
        ("2025-06-30", "2025-07-31", False),
        ("2025-06-30", "2025-06-30", False),
        ("2025-09-01", "2025-10-01", False),
        ("2025-10-01", "2025-10-31", False),
        ("2025-01-01", "2025-10-31", False),  # around it
    ],
)
def test_a_value_counts_where_its_whole_period_lies_in_the_period(
    entered: Promise, start: str, end: str, counts: bool
) -> None:
    value(entered, start, end, 9, 10)
    quarter = last_quarter(NOW)

    expected = Measurement(9, 10, SCANS) if counts else Measurement(0, 0)
    assert measure(entered, quarter.since, quarter.until) == expected


def test_a_day_that_began_before_the_period_does_not_count(entered: Promise) -> None:
    value(entered, "2025-11-02", "2025-11-02", 9, 10)
    noon = NOW.replace(day=2)

    assert measure(entered, noon, NOW) == Measurement(0, 0)
    assert measure(entered, noon.replace(hour=0), NOW) == Measurement(9, 10, SCANS)


def test_monthly_values_fill_the_last_quarter_and_the_twelve_months(
    entered: Promise,
) -> None:
    for start, end in months_before(NOW.date(), 14):
        value(entered, start, end, 95, 100)

    found = public_figures([entered], threshold=10, now=NOW)[entered.code]

    assert twelve_months(NOW).since.date() == dt.date(2024, 10, 1)
    assert found.quarter.measurement == Measurement(285, 300, SCANS)
    assert found.year.measurement == Measurement(1140, 1200, SCANS)  # October to September


def refusal(promise: Promise, start: str, end: str, kept: int = 9, measured: int = 10) -> Any:
    with pytest.raises(ValidationError) as refused:
        value(promise, start, end, kept, measured)
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-03-01", "2025-03-31"),
        ("2025-02-01", "2025-03-01"),
        ("2025-03-31", "2025-04-30"),
        ("2025-03-10", "2025-03-10"),
        ("2025-01-01", "2025-06-30"),
    ],
)
def test_an_overlap_is_refused_in_words(entered: Promise, start: str, end: str) -> None:
    value(entered, "2025-03-01", "2025-03-31", 9, 10)

    assert refusal(entered, start, end) == {
        "starts_on": [
            "Promise D1 already has a value for 1 March 2025 to 31 March 2025. "
            "Choose days that don't overlap with it, or change that value."
        ]
    }


def test_neighbours_other_promises_and_the_value_itself_are_no_overlap(
    entered: Promise, make_promise: Callable[..., Promise]
) -> None:
    march = value(entered, "2025-03-01", "2025-03-31", 9, 10)
    value(entered, "2025-02-01", "2025-02-28", 9, 10)
    value(entered, "2025-04-01", "2025-04-30", 9, 10)
    value(make_promise("D2"), "2025-03-01", "2025-03-31", 9, 10)
    march.kept = 8

    march.full_clean()

    assert MeasuredValue.objects.count() == 4


def test_what_can_not_be_is_refused_in_words(entered: Promise) -> None:
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()

    assert refusal(entered, "2025-03-31", "2025-03-01") == {
        "ends_on": ["The period would end before it starts. Choose a later day."]
    }
    assert refusal(entered, "2025-03-01", "2025-03-31", 11, 10) == {
        "kept": [
            "The promise can't have been kept more often than it was measured. Check both numbers."
        ]
    }
    assert refusal(entered, "2025-03-01", tomorrow) == {
        "ends_on": [
            "This period is not over yet. Enter its value when it is, or choose an earlier day."
        ]
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"kept": 11},
        {"starts_on": dt.date(2025, 4, 1)},
        {"ends_on": dt.date(2025, 3, 30), "starts_on": dt.date(2025, 2, 1)},  # starts as another
    ],
)
def test_the_database_refuses_it_too(entered: Promise, wrong: dict[str, Any]) -> None:
    value(entered, "2025-02-01", "2025-02-28", 9, 10)
    row = {
        "starts_on": dt.date(2025, 3, 1),
        "ends_on": dt.date(2025, 3, 31),
        "kept": 9,
        "measured": 10,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        MeasuredValue.objects.create(promise=entered, source=SCANS, **(row | wrong))

    assert MeasuredValue.objects.count() == 1


def test_a_promise_with_values_is_not_deleted(entered: Promise) -> None:
    value(entered, "2025-03-01", "2025-03-31", 9, 10)

    with pytest.raises(ProtectedError):
        entered.delete()


def row_texts(client: Client) -> list[list[str]]:
    page = BeautifulSoup(client.get(PERFORMANCE).content, "html.parser")
    return [
        [cell.get_text(strip=True).replace("\u00a0", " ") for cell in row.find_all(["th", "td"])]
        for row in page.select("article#promise-d1 tbody tr")
    ]


@pytest.fixture
def quarter_month() -> tuple[str, str]:
    """The last month of the last complete quarter: in both periods that readers see."""
    last = last_quarter(timezone.now()).last_day
    return last.replace(day=1).isoformat(), last.isoformat()


@pytest.mark.requirement("10001-6.5")
def test_readers_see_the_value_with_number_range_and_source(
    client: Client,
    entered: Promise,
    performance_page: PerformancePage,
    quarter_month: tuple[str, str],
) -> None:
    value(entered, *quarter_month, 196, 200, source="Scans <at> every depot")

    article = BeautifulSoup(client.get(PERFORMANCE).content, "html.parser").select_one(
        "article#promise-d1"
    )

    assert article is not None
    assert row_texts(client) == [
        [label, "196", "200", "98.0 %", "95.0 % to 99.2 %", "at least 95 %", "Target met"]
        for label in (
            last_quarter(timezone.now()).words(),
            f"Last 12 months: {twelve_months(timezone.now()).words()}",
        )
    ]
    said = " ".join(article.get_text().split())
    assert "The organisation counts this itself, enters how often it was measured" in said
    assert "We enter these values by hand. Source: Scans <at> every depot" in said
    record = client.get(f"{PERFORMANCE}data.json").json()["records"][1]
    assert (record["indicator"], record["kept"], record["source"]) == (
        "entered",
        196,
        "Scans <at> every depot",
    )


def test_the_source_stands_beside_how_we_measure_it(
    client: Client,
    make_promise: Callable[..., Promise],
    performance_page: PerformancePage,
    quarter_month: tuple[str, str],
) -> None:
    promise = make_promise(indicator="entered", metric_en="Parcels < 3 days, of all.")
    value(promise, *quarter_month, 196, 200)

    assert (
        "Parcels &lt; 3 days, of all. We enter these values by hand. Source: <bdi>Depot scans</bdi>"
    ) in client.get(PERFORMANCE).content.decode()


def test_the_code_says_how_well_the_promise_was_kept(
    client: Client,
    code_draft: CodeOfConductPage,
    promise: Promise,
    quarter_month: tuple[str, str],
) -> None:
    promise.indicator = "entered"
    promise.save()
    code_draft.save_revision().publish()
    value(promise, *quarter_month, 196, 200)

    assert "Kept: 98.0 % of 200 (target at least 95 %)" in client.get(
        "/en/code-of-conduct/"
    ).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("page_seconds", [0, 60])
def test_a_value_shows_at_once_when_entered_changed_and_deleted(
    client: Client,
    entered: Promise,
    performance_page: PerformancePage,
    quarter_month: tuple[str, str],
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    page_seconds: int,
) -> None:
    settings.CONDUCT_PAGE_CACHE_SECONDS = page_seconds
    shown = "<td>{}</td>".format
    assert "Nothing to measure in this period" in client.get(PERFORMANCE).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        row = value(entered, *quarter_month, 196, 200)
    assert shown(196) in client.get(PERFORMANCE).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        row.kept = 150
        row.save()
    assert shown(150) in client.get(PERFORMANCE).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        row.delete()
    assert "Nothing to measure in this period" in client.get(PERFORMANCE).content.decode()


def test_what_was_not_changed_is_kept(
    client: Client,
    entered: Promise,
    performance_page: PerformancePage,
    quarter_month: tuple[str, str],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        value(entered, *quarter_month, 196, 200)
    client.get(PERFORMANCE)

    with CaptureQueriesContext(connection) as context:
        assert "<td>196</td>" in client.get(PERFORMANCE).content.decode()

    assert [q["sql"] for q in context.captured_queries if "measuredvalue" in q["sql"]] == []


@pytest.fixture
def clerk(client: Client, db: None) -> tuple[Client, Group]:
    """Somebody who may enter the admin, and nothing else yet."""
    user = get_user_model().objects.create_user("clerk", "c@example.org", "x")
    group = Group.objects.create(name="Clerks")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    return client, group


def posted(promise: Promise, **changes: Any) -> dict[str, Any]:
    return {
        "promise": promise.pk,
        "starts_on": "2025-03-01",
        "ends_on": "2025-03-31",
        "kept": 9,
        "measured": 10,
        "source": SCANS,
    } | changes


def test_entering_a_value_needs_the_permission(
    clerk: tuple[Client, Group], entered: Promise
) -> None:
    client, group = clerk
    viewset = MeasuredValueViewSet()
    add, listing = (reverse(viewset.get_url_name(name)) for name in ("add", "list"))
    home = reverse("wagtailadmin_home")

    assert client.post(add, posted(entered)).headers["Location"] == home
    assert client.get(listing).headers["Location"] == home
    assert MeasuredValue.objects.count() == 0

    group.permissions.add(Permission.objects.get(codename="add_measuredvalue"))
    response = client.post(add, posted(entered))

    assert response.status_code == 302, response.context["form"].errors
    row = MeasuredValue.objects.get()
    assert (row.kept, row.measured, row.entered_by and row.entered_by.username) == (9, 10, "clerk")
    edit = reverse(viewset.get_url_name("edit"), args=(row.pk,))
    assert client.post(edit, posted(entered, kept=1)).headers["Location"] == home
    assert MeasuredValue.objects.get().kept == 9


def test_whoever_changes_a_value_signs_it(admin_client: Client, entered: Promise) -> None:
    row = value(entered, "2025-03-01", "2025-03-31", 9, 10)
    address = reverse(MeasuredValueViewSet().get_url_name("edit"), args=(row.pk,))

    assert admin_client.post(address, posted(entered, kept=8)).status_code == 302

    changed = MeasuredValue.objects.get()
    assert changed.entered_by is not None
    assert (changed.kept, changed.entered_by.username) == (8, "admin")
    assert changed.entered_at > row.entered_at


def test_the_form_says_what_overlaps(admin_client: Client, entered: Promise) -> None:
    value(entered, "2025-03-01", "2025-03-31", 9, 10)

    page = admin_client.post(
        reverse(MeasuredValueViewSet().get_url_name("add")), posted(entered)
    ).content.decode()

    assert "Promise D1 already has a value for 1 March 2025 to 31 March 2025." in page
    assert MeasuredValue.objects.count() == 1


def test_the_list_can_be_narrowed_to_a_promise(
    admin_client: Client, entered: Promise, make_promise: Callable[..., Promise]
) -> None:
    value(entered, "2025-03-01", "2025-03-31", 9, 10)
    value(make_promise("D2"), "2025-02-01", "2025-02-28", 9, 10)
    address = reverse(MeasuredValueViewSet().get_url_name("list"))

    everything = admin_client.get(address).content.decode()
    narrowed = admin_client.get(f"{address}?promise={entered.pk}").content.decode()

    labels = ("D1, 1 March 2025 to 31 March 2025", "D2, 1 February 2025 to 28 February 2025")
    assert [label in everything for label in labels] == [True, True]
    assert [label in narrowed for label in labels] == [True, False]


def test_the_list_costs_the_same_with_many_values(admin_client: Client, entered: Promise) -> None:
    address = reverse(MeasuredValueViewSet().get_url_name("list"))
    months = months_before(dt.date(2025, 11, 1), 30)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            admin_client.get(address)
        return len(context)

    value(entered, *months[0], 9, 10)
    admin_client.get(address)
    with_one = queries()
    for start, end in months[1:]:
        value(entered, start, end, 9, 10)

    assert queries() == with_one
