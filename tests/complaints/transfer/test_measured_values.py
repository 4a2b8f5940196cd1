"""Measured values from a file: what it would change is shown first, and readers see it at once."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.transfer.files import read, write
from complaints.transfer.importing import preview
from complaints.transfer.measured_values import MeasuredValueTable
from conduct.collecting import collect_daily
from conduct.measured_value_editing import MeasuredValueViewSet
from conduct.models import CollectedFigures, MeasuredValue, Promise
from conduct.periods import quarters
from tests import people
from tests.complaints.transfer.conftest import csv_file, table

pytestmark = pytest.mark.django_db

IMPORT = "conduct_complaints_admin:values_import"
CONFIRM = "conduct_complaints_admin:values_confirm"
EXPORT = "conduct_complaints_admin:values_export"
HEADINGS = ["promise", "starts_on", "ends_on", "kept", "measured", "source"]
MARCH = ["D1", "2025-03-01", "2025-03-31", "9", "10", "Depot scans"]
APRIL = ["D1", "2025-04-01", "2025-04-30", "19", "20", "Depot scans"]


@pytest.fixture
def promise(db: None) -> Promise:
    return Promise.objects.create(
        code="D1", statement="In 3 days.", state="live", indicator="entered"
    )


@pytest.fixture
def march(promise: Promise) -> MeasuredValue:
    return MeasuredValue.objects.create(
        promise=promise, starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2025, 3, 31), kept=9,
        measured=10, source="Depot scans",
    )  # fmt: skip


@pytest.fixture
def clerk(db: None) -> Any:
    user = people.make_editor("clerk")
    rights = [f"{right}_measuredvalue" for right in ("add", "change", "view")]
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return user


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def problems(*rows: list[str]) -> list[tuple[int, str]]:
    found = preview(MeasuredValueTable, table(HEADINGS, *rows))
    return [(problem.line, problem.words) for problem in found.problems]


@pytest.mark.requirement("10001-6.5")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_shown_first_and_done_once_it_is_confirmed(
    march: MeasuredValue, clerk: Any, kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    client = browser(clerk)
    content = write(kind, HEADINGS, [[*MARCH[:3], 8, 10, "Depot scans"], APRIL])

    page = client.post(reverse(IMPORT), {"file": csv_file(content, f"values.{kind}")})

    found = page.context["found"]
    assert [(c.line, c.name, c.is_new) for c in found.changes] == [
        (2, "D1 · 2025-03-01", False), (3, "D1 · 2025-04-01", True),
    ]  # fmt: skip
    assert [(d.column, d.before, d.after) for d in found.changed[0].differences] == [
        ("kept", "9", "8")
    ]
    assert MeasuredValue.objects.get().kept == 9

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(CONFIRM), {"kept": page.context["kept"]})

    values = MeasuredValue.objects.order_by("starts_on")
    assert [(v.kept, v.measured, v.entered_by) for v in values] == [
        (8, 10, clerk), (19, 20, clerk),
    ]  # fmt: skip


@pytest.mark.requirement("10001-6.5")
@pytest.mark.parametrize("source", ["", "  "])
def test_a_value_without_evidence_is_refused(promise: Promise, source: str) -> None:
    [(line, words)] = problems([*MARCH[:5], source])

    assert line == 2
    assert words.startswith("Source: ")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([["D1", "2025-03-31", *APRIL[2:]]], 2),  # with a value that is there
        ([APRIL, ["D1", "2025-04-30", "2025-05-31", "1", "1", "x"]], 3),  # in the file
        ([["D1", "2025-02-01", "2025-03-01", "1", "1", "x"]], 2),
    ],
)
def test_days_that_overlap_are_refused(
    march: MeasuredValue, rows: list[list[str]], line: int
) -> None:
    [(where, words)] = problems(*rows)

    assert where == line
    assert "already has a value for" in words


def test_days_may_move_from_one_row_of_a_file_to_the_other(march: MeasuredValue) -> None:
    half = ["D1", "2025-03-16", "2025-03-31", "4", "5", "Depot scans"]

    assert problems(half, ["D1", "2025-03-01", "2025-03-15", "5", "5", "Depot scans"]) == []


def test_what_is_wrong_with_a_row_is_said_in_words(promise: Promise) -> None:
    assert problems(["D1", "2025-03-01", "2025-03-31", "11", "10", "x"]) == [
        (2, "How often kept: The promise can't have been kept more often than it was measured. "
            "Check both numbers."),
    ]  # fmt: skip
    assert problems(["D9", *MARCH[1:]]) == [(2, "Promise: There is no promise “D9”.")]


def test_what_was_exported_changes_nothing(march: MeasuredValue, clerk: Any) -> None:
    content = browser(clerk).post(reverse(EXPORT), {"format": "csv"}).content

    found = preview(MeasuredValueTable, read(io.BytesIO(content)))

    assert (found.unchanged, list(found.changes), list(found.problems)) == (1, [], [])


def test_readers_see_what_was_imported_at_once(
    promise: Promise, clerk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from django.utils import timezone

    collect_daily(timezone.now())
    last = quarters(timezone.now())[-1]
    row = ["D1", last.first_day.isoformat(), last.last_day.isoformat(), "45", "50", "Scans"]
    client = browser(clerk)

    page = client.post(reverse(IMPORT), {"file": csv_file(write("csv", HEADINGS, [row]))})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(CONFIRM), {"kept": page.context["kept"]})

    collected = CollectedFigures.objects.get(span="quarter", since=last.first_day)
    assert (collected.kept, collected.measured, collected.source) == (45, 50, "Scans")


@pytest.mark.parametrize("number", [1, 30])
def test_rows_are_read_together(promise: Promise, number: int) -> None:
    first = dt.date(2025, 1, 1)
    days = [(first + dt.timedelta(days=n)).isoformat() for n in range(number)]
    rows = table(HEADINGS, *(["D1", day, day, "1", "1", "x"] for day in days))

    with CaptureQueriesContext(connection) as queries:
        assert len(preview(MeasuredValueTable, rows).new) == number

    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 3


@pytest.mark.parametrize("name", [IMPORT, CONFIRM, EXPORT])
def test_only_who_may_enter_values_gets_to_the_import(clerk: Any, name: str) -> None:
    listing = reverse(MeasuredValueViewSet().get_url_name("list"))
    assert reverse(IMPORT) in browser(clerk).get(listing).content.decode()
    home = reverse("wagtailadmin_home")
    for user in (people.make_editor(), people.make_auditor(), people.make_lead()):
        assert browser(user).get(reverse(name)).headers["Location"] == home
    reader = people.make_editor("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_measuredvalue"))
    assert reverse(IMPORT) not in browser(reader).get(listing).content.decode()
