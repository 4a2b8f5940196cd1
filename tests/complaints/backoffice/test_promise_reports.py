"""Reports about promises: who sees them, what they count, and that nobody is in them by name."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.models import Case, Cause, Involvement
from conduct.collecting import collect_daily
from conduct.models import BreachNote, MeasuredValue, Promise
from conduct.periods import quarters
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case

pytestmark = pytest.mark.django_db

NAMESPACE = "conduct_complaints_admin"
KEPT, ROWS, COMPLAINTS, NIGHTS = (
    f"{NAMESPACE}:{name}"
    for name in ("promises", "collected_rows", "promise_complaints", "collections")
)
WHO = {
    "lead": people.make_lead,
    "quality": people.make_quality,
    "auditor": people.make_auditor,
    "admin": people.make_admin,
    "handler": people.make_handler,
    "privacy": people.make_privacy,
    "editor": people.make_editor,
}
#: Which of the four each may open.
MAY = {
    "lead": {KEPT, ROWS, COMPLAINTS},
    "quality": {KEPT, ROWS, COMPLAINTS, NIGHTS},
    "auditor": {KEPT, ROWS, COMPLAINTS, NIGHTS},
    "admin": {KEPT, ROWS, COMPLAINTS, NIGHTS},
    "handler": set(),
    "privacy": set(),
    "editor": set(),
}


@pytest.fixture
def promise(db: None) -> Promise:
    return make_promise("D1")


def make_promise(code: str, **fields: Any) -> Promise:
    fields = {"statement": "In 3 days.", "state": "live", "target": 95} | fields
    return Promise.objects.create(code=code, indicator="entered", **fields)


def value(promise: Promise, kept: int, measured: int, ago: int = 1) -> None:
    period = quarters(timezone.now())[-ago]
    MeasuredValue.objects.create(
        promise=promise, starts_on=period.first_day, ends_on=period.last_day, kept=kept,
        measured=measured, source="Depot scans",
    )  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_who_sees_which_report(who: str, browse: Browse, promise: Promise) -> None:
    client = browse(WHO[who]())

    opened = {
        name
        for name in (KEPT, ROWS, COMPLAINTS, NIGHTS)
        if client.get(reverse(name)).status_code == 200
    }

    assert opened == MAY[who]


@pytest.mark.requirement("10001-8.2")
def test_each_promise_is_shown_with_target_number_range_trend_breaches_and_causes(
    browse: Browse, promise: Promise, staff: Staff
) -> None:
    value(promise, 196, 200, ago=2)
    value(promise, 3, 4)
    cause = Cause.objects.create(code="van", name="Broken van")
    case = make_case(promise=promise)
    Case.objects.filter(pk=case.pk).update(
        cause_kind=cause, received_at=quarters(timezone.now())[-1].since
    )
    BreachNote.objects.create(
        promise=promise, since=dt.date(2025, 1, 1), causes="Flood", done="Dry cellar"
    )

    page = browse(people.make_quality()).get(reverse(KEPT))

    [code] = page.context["codes"]
    [row] = code.promises
    assert (code.edition, code.met, code.missed, code.without_data, code.verified) == (
        None, 1, 0, 0, 0,
    )  # fmt: skip
    # Staff see the small quarter, too.
    assert [(s.measurement.kept, s.measurement.measured) for s in row.figures.spans] == [
        (196, 200), (3, 4),
    ]  # fmt: skip
    said = " ".join(page.content.decode().replace("\u00a0", " ").split())
    for words in (
        "Kept: 97.5 % of 204 (target at least 95 %)",
        "Steady: 98.0 % in the earlier quarters, 75.0 % in the later ones.",
        "30.1 % to 95.4 %",
        "Broken van: 1",
        "Flood Dry cellar",
        "evidence missing or out of date",
    ):
        assert words in said


@pytest.mark.requirement("10001-6.5")
def test_a_live_promise_without_data_is_listed(browse: Browse, promise: Promise) -> None:
    value(make_promise("D2"), 20, 20)

    page = browse(people.make_quality()).get(reverse(KEPT))

    [code] = page.context["codes"]
    assert [(row.promise.code, row.gap is None) for row in code.promises] == [
        ("D1", False), ("D2", True),
    ]  # fmt: skip
    assert page.content.decode().count("There are no data for") == 1


@pytest.mark.requirement("REL-10001")
def test_complaints_are_counted_by_promise_and_causes_that_no_promise_covers_are_named(
    browse: Browse, promise: Promise, staff: Staff
) -> None:
    van, rain = (Cause.objects.create(code=code, name=code.title()) for code in ("van", "rain"))
    about = [make_case(promise=promise) for _ in range(2)]
    uncovered = [make_case() for _ in range(4)]
    make_case(kind="question", promise=promise)
    Case.objects.filter(pk=about[0].pk).update(cause_kind=van, contested=True)
    Case.objects.filter(pk__in=[c.pk for c in uncovered[:2]]).update(cause_kind=rain)
    Case.objects.filter(pk=uncovered[2].pk).update(cause_kind=van, stage=2)

    page = browse(people.make_quality()).get(reverse(COMPLAINTS))
    table = browse(people.make_auditor()).get(reverse(COMPLAINTS), {"format": "csv"})

    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert rows[1:] == [
        ["D1", "2", "1", "1", "0", "Van: 1; cause not named: 1"],
        ["", "4", "1", "0", "0", "Rain: 2; Van: 1; cause not named: 1"],
    ]
    uncovered_line = page.context["uncovered"]
    assert [(row.cause, row.count) for row in uncovered_line.causes][:2] == [(rain, 2), (van, 1)]
    assert "No promise covers this" in page.content.decode()


def test_nobody_counts_a_case_that_they_may_not_see(
    browse: Browse, promise: Promise, staff: Staff
) -> None:
    case, quality = make_case(promise=promise), people.make_quality()
    Involvement.objects.create(
        case=case, user=quality, part=Involvement.Part.NAMED, since=case.received_at
    )
    make_case()

    def counted(user: Any) -> list[int]:
        page = browse(user).get(reverse(COMPLAINTS))
        return [line.complaints for line in page.context["lines"]]

    assert counted(people.make_auditor()) == [1, 1]
    assert counted(quality) == [0, 1]
    assert counted(people.make_lead("billing", team=people.make_team("Billing"))) in (
        [0, 0],
        [1, 1],  # cases that no team has yet
    )


def test_what_cases_tell_leaves_the_house_with_those_who_see_all_of_them(
    browse: Browse, promise: Promise, staff: Staff
) -> None:
    make_case(promise=promise)
    collect_daily(timezone.now())

    def headings(user: Any) -> list[str]:
        content = browse(user).get(reverse(ROWS)).content.decode("utf-8-sig")
        return next(csv.reader(StringIO(content)))

    assert "complaints" in headings(people.make_quality())
    assert "complaints" not in headings(staff.lead)


def test_the_nights_say_what_was_collected_and_what_was_missing(
    browse: Browse, promise: Promise
) -> None:
    collect_daily(timezone.now())

    page = browse(people.make_quality()).get(reverse(NIGHTS))

    [(run, [gap])] = page.context["runs"]
    assert (run.rows > 30, gap.code) == (True, "D1")
    assert "D1: There are no data for" in page.content.decode()


@pytest.mark.parametrize("name", [KEPT, COMPLAINTS, NIGHTS, ROWS])
def test_reports_cost_the_same_for_many_promises(
    browse: Browse, promise: Promise, staff: Staff, name: str
) -> None:
    client = browse(people.make_quality())

    def queries() -> int:
        collect_daily(timezone.now())
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(name))
        return len(caught)

    make_case(promise=promise)
    with_one = queries()
    for number in range(2, 12):
        more = make_promise(f"D{number}")
        BreachNote.objects.create(promise=more, since=dt.date(2025, 1, 1), causes="Flood")
        value(more, 45, 50)

    assert queries() == with_one
