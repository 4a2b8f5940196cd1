"""Who changed which rule, when, from what to what: read by quality managers and auditors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Site

from complaints.models import Category, ConfigurationChange, HandlingSettings, Team, TeamMember
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case

pytestmark = pytest.mark.django_db

URL = "conduct_complaints_admin:configuration"
RESULTS = "conduct_complaints_admin:configuration_results"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def shown(client: Any, **query: Any) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    page = client.get(reverse(URL), query)
    return [
        (row.who, row.kind, [(c.label, c.before, c.after) for c in row.changes])
        for row in page.context["object_list"]
    ]


@pytest.mark.requirement("10002-5.4.2")
def test_a_change_in_the_settings_appears_with_before_and_after(browse: Browse) -> None:
    quality = people.make_quality()
    site = Site.objects.get(is_default_site=True)
    HandlingSettings.for_site(site)
    client = browse(quality)
    url = reverse("wagtailsettings:edit", args=["conduct_complaints", "handlingsettings", site.pk])
    form = client.get(url).context["form"]
    values = {
        bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)
    }
    assert client.post(url, values | {"answer_days": 15}).status_code == 302
    who, kind, changes = shown(client, model="conduct_complaints.handlingsettings")[0]
    assert who == "Quality"
    assert kind.startswith("Changed: Handling of complaints for ")
    assert changes == [("Answer within", "20", "15")]


def test_people_rows_choices_and_truths_are_said_in_words(browse: Browse) -> None:
    quality = people.make_quality()
    with LogContext(user=quality):
        team = Team.objects.create(name="Shop")
        member = TeamMember.objects.create(team=team, user=people.make_user("ana"))
        member.is_lead = True
        member.save()
        category = Category.objects.create(code="late", name="Late", team=team)
        category.team = None
        category.save()
    rows = shown(browse(quality))
    assert rows[0][2] == [("Team that usually handles it", "Shop", "–")]
    assert rows[2][2] == [("Leads the team", "no", "yes")]
    assert ("Person", "–", "Ana") in rows[3][2]


def test_it_is_narrowed_by_kind_person_and_period(browse: Browse) -> None:
    quality, other = people.make_quality(), people.make_quality("other")
    with LogContext(user=quality):
        Team.objects.create(name="Shop")
    with LogContext(user=other):
        Category.objects.create(code="late", name="Late")
    old = timezone.now() - timedelta(days=40)
    ConfigurationChange.objects.filter(user=other).update(at=old)
    client = browse(quality)
    assert [row[0] for row in shown(client)] == ["Quality", "Other"]
    assert [row[0] for row in shown(client, model="conduct_complaints.category")] == ["Other"]
    assert [row[0] for row in shown(client, user=quality.pk)] == ["Quality"]
    assert [row[0] for row in shown(client, at_to=timezone.localdate(old))] == ["Other"]
    assert [row[0] for row in shown(client, what="deleted")] == []
    results = client.get(reverse(RESULTS), {"user": other.pk}).content.decode()
    assert "Late" in results
    assert "Shop" not in results


WHO: dict[str, tuple[Callable[[], Any], int]] = {
    "quality": (people.make_quality, 200),
    "auditor": (people.make_auditor, 200),
    "admin": (people.make_admin, 200),
    "handler": (lambda: Staff().handler, 302),
    "lead": (lambda: Staff().lead, 302),
    "privacy": (people.make_privacy, 302),
    "editor": (people.make_editor, 302),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", [URL, RESULTS])
def test_quality_managers_auditors_and_administrators_read_it(
    who: str, address: str, browse: Browse
) -> None:
    make, status = WHO[who]
    client = browse(make())
    assert client.get(reverse(address)).status_code == status
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse(URL) in home) is (status == 200)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_renders_in_every_language(language: str, browse: Browse) -> None:
    from wagtail.users.models import UserProfile

    quality = people.make_quality()
    UserProfile.objects.create(user=quality, preferred_language=language)
    Team.objects.create(name="Shop")
    assert "Shop" in browse(quality).get(reverse(URL)).content.decode()


def test_few_and_many_cost_the_same_and_pages_follow_each_other(
    browse: Browse, django_assert_num_queries: Any
) -> None:
    client = browse(people.make_quality())
    Category.objects.create(code="first", name="First", team=people.make_team())
    client.get(reverse(URL))
    with django_assert_num_queries(13):
        client.get(reverse(URL))
    for number in range(35):
        Category.objects.create(code=f"c{number}", name=f"N{number}", team=people.make_team())
    with django_assert_num_queries(13):
        client.get(reverse(URL))
    assert len(shown(client)) == 30
    assert len(shown(client, p=2)) == 7


def test_cases_leave_nothing_in_it(staff: Staff) -> None:
    make_case("open")
    before = ConfigurationChange.objects.count()
    make_case("closed")
    assert ConfigurationChange.objects.count() - before <= 1  # the kind of remedy of the factory
    assert not ConfigurationChange.objects.filter(model__endswith=".case").exists()
