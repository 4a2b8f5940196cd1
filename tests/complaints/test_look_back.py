"""Once a month a small organisation is asked to look back; a larger one never."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from complaints.automation import run_clocks
from complaints.look_back import first_working_day, last_month, remind_to_look_back
from complaints.models import Case, HandlingSettings, Holiday
from complaints.working_calendar import WorkingCalendar
from tests import people
from tests.complaints.backoffice.conftest import browse  # noqa: F401 - a fixture
from tests.factories import Staff, make_case, make_category

pytestmark = pytest.mark.django_db


def rules(**fields: Any) -> HandlingSettings:
    settings = HandlingSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in ({"small_mode": True} | fields).items():
        setattr(settings, name, value)
    settings.save()
    return settings


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00+00:00")


def test_the_first_working_day_is_neither_weekend_nor_holiday() -> None:
    Holiday.objects.create(day=date(2026, 8, 3), name="Free")
    calendar = WorkingCalendar.from_settings(rules())
    # 1 August 2026 is a Saturday.
    assert first_working_day(date(2026, 8, 20), calendar) == date(2026, 8, 4)
    assert first_working_day(date(2026, 9, 30), calendar) == date(2026, 9, 1)


@pytest.mark.requirement("10002-B")
def test_leads_of_a_small_organisation_are_reminded_once_a_month(
    django_capture_on_commit_callbacks: Any,
) -> None:
    rules()
    lead = Staff().lead
    assert Staff().handler
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_to_look_back(at("2026-08-02")) == 0  # a Sunday before the first working day
        run_clocks(at("2026-08-03"))
        run_clocks(at("2026-08-03"))
        assert remind_to_look_back(at("2026-08-20")) == 0
    assert [(m.subject, m.to) for m in mail.outbox] == [("Look back on last month", [lead.email])]
    assert reverse("wagtailadmin_home") in mail.outbox[0].body
    # A machine that stood still on the first day makes up for it.
    assert remind_to_look_back(at("2026-09-09")) == 1
    assert remind_to_look_back(at("2026-10-01")) == 1


def test_without_a_lead_the_administrators_are_asked_and_larger_ones_never() -> None:
    people.make_admin()
    settings = rules()
    assert remind_to_look_back(at("2026-08-03")) == 1
    settings.small_mode = False
    settings.save()
    assert remind_to_look_back(at("2026-09-01")) == 0


def test_last_month_counts_what_the_person_may_see() -> None:
    settings, staff = rules(), Staff()
    begin = timezone.now().replace(day=1) - timedelta(days=3)
    make_case(now=begin, category=make_category("late", name="Late"))
    make_case("closed", now=begin)
    make_case(now=begin, category=make_category("late"))
    make_case(now=begin - timedelta(days=60))
    now = timezone.now()
    found = last_month(Case.objects.visible_to(staff.lead), settings, now)
    assert (found.received, found.closed) == (3, 1)
    assert found.common == [("Late", 2), ("Delivery", 1)]
    other = people.make_lead("boss", team=people.make_team("Billing"))
    assert last_month(Case.objects.visible_to(other), settings, now).received == 0


@pytest.mark.requirement("10002-B")
def test_the_home_page_shows_it_until_somebody_has_looked(browse: Any) -> None:  # noqa: F811
    rules(working_weekdays="1234567")
    staff = Staff()
    done = reverse("conduct_complaints_admin:looked_back")
    home = reverse("wagtailadmin_home")
    client = browse(staff.lead)
    assert done in client.get(home).content.decode()
    assert done not in browse(staff.handler).get(home).content.decode()
    assert client.get(done).status_code == 405
    client.post(done)
    assert done not in client.get(home).content.decode()
    # Next month again.
    profile = staff.lead.wagtail_userprofile
    profile.dismissibles["conduct-look-back"] = "2020-01"
    profile.save()
    assert done in browse(staff.lead).get(home).content.decode()
    rules(small_mode=False)
    assert done not in client.get(home).content.decode()
