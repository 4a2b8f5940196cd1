"""Due today, confidential, and what each tab costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints.backoffice.presets import PRESETS
from complaints.lifecycle import State
from complaints.models import Case, HandlingSettings, Involvement, Notice, SavedList
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_listing import list_url, listed
from tests.factories import Staff, act, make_case, submit

pytestmark = pytest.mark.django_db

#: 23:30 in Seoul.
LATE_IN_SEOUL = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def due_today(now: datetime) -> set[str]:
    found = PRESETS["today"].narrow(Case.objects.all(), people.make_admin(), now)
    return set(found.values_list("reference", flat=True))


@pytest.mark.parametrize(("zone", "is_today"), [("Asia/Seoul", False), ("Europe/Berlin", True)])
def test_today_ends_where_the_organisation_is(zone: str, is_today: bool, staff: Staff) -> None:
    case, past, tomorrow = make_case(), make_case(), make_case()
    HandlingSettings.objects.update_or_create(site=case.site, defaults={"time_zone": zone})
    dues = {case: timedelta(hours=1), past: -timedelta(minutes=1), tomorrow: timedelta(days=1)}
    for one, ahead in dues.items():
        Case.objects.filter(pk=one.pk).update(due_at=LATE_IN_SEOUL + ahead)
    assert due_today(LATE_IN_SEOUL) == ({case.reference} if is_today else set())


def test_without_settings_today_is_a_day_of_the_usual_zone(staff: Staff) -> None:
    case = make_case()
    HandlingSettings.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(due_at=LATE_IN_SEOUL + timedelta(hours=9))
    assert due_today(LATE_IN_SEOUL) == {case.reference}


@pytest.mark.requirement("GDPR-32")
def test_the_confidential_tab_shows_each_person_only_what_they_may_see(
    browse: Browse, staff: Staff
) -> None:
    secret, _plain = make_case("investigating"), make_case()
    act(secret, "set_confidential", staff.lead, confidential=True, reason="About our staff")
    named = people.make_admin("named")
    part = Involvement.Part.NAMED
    Involvement.objects.create(case=secret, user=named, part=part, since=timezone.now())
    found = {
        user.username: listed(browse(user).get(list_url("confidential")))
        for user in (staff.handler, staff.lead, people.make_handler("other"), named,
                     people.make_quality(), people.make_privacy())
    }  # fmt: skip
    seen, nothing = [secret.reference], list[str]()
    assert found == {
        "handler": seen, "lead": seen, "other": nothing, "named": nothing, "quality": nothing,
        "privacy": seen,
    }  # fmt: skip


#: Queries of a tab with one row or thirty, and for three saved lists beside it.
WITH_ROWS, SAVED = 22, 3
#: For each tab, what puts the handler's case there and what the page then costs.
BUDGETS: dict[str, tuple[dict[str, Any], int]] = {
    "open": ({}, WITH_ROWS),
    "moderate": ({}, WITH_ROWS),
    "held": ({"held": True}, WITH_ROWS),
    "tell": ({}, WITH_ROWS),
    "mine": ({}, WITH_ROWS),
    "teams": ({}, WITH_ROWS),
    "unassigned": ({"handler": None}, WITH_ROWS),
    "approval": ({"state": State.DECIDING}, WITH_ROWS),
    # One more for the time zones of the organisations.
    "today": ({}, WITH_ROWS + 1),
    "overdue": ({"due_at": datetime(2026, 1, 5, tzinfo=UTC)}, WITH_ROWS),
    "confidential": ({"confidential": True}, WITH_ROWS),
    # Nothing is due any more: no working days are counted.
    "closed": ({"state": State.CLOSED}, WITH_ROWS - 2),
}


def test_no_tab_is_without_a_budget() -> None:
    assert set(BUDGETS) == set(PRESETS)


@pytest.mark.parametrize("rows", [1, 30])
def test_each_tab_costs_the_same_for_one_row_and_for_thirty(
    rows: int, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        submit(name=f"Person {number}", email=f"p{number}@example.com")
    Notice.objects.update(state=Notice.State.OTHER_WAY)
    tonight = timezone.now().replace(hour=23, minute=59, second=59)
    usual = {"held": False, "handler": staff.handler, "state": State.RECEIVED, "due_at": tonight,
             "confidential": False}  # fmt: skip
    for query in ("kind=complaint", "state=received&language=en", "overdue=false"):
        SavedList.objects.create(owner=staff.handler, name=query, preset="open", query=query)
    client = browse(staff.handler)
    for tab, (change, cost) in BUDGETS.items():
        Case.objects.update(**usual | change)
        # The first look also keeps which list it was.
        client.get(list_url(tab))
        with django_assert_num_queries(cost + SAVED, info=tab):
            page = client.get(list_url(tab))
        assert len(listed(page)) == rows, tab
