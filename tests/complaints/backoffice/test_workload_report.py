"""How much everybody has, who is away, and who has learnt what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.users.models import UserProfile

from complaints.analysis.forecast import Expected
from complaints.analysis.workload import WEEKS, Load, workload
from complaints.models import Absence, Case, Competence, Involvement
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case, make_category

pytestmark = pytest.mark.django_db

WORKLOAD = "conduct_complaints_admin:workload"
COMPETENCE = "conduct_complaints_admin:competence"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def loads(client: Any) -> dict[str, Load]:
    rows = client.get(reverse(WORKLOAD)).context["people"]
    return {person.name or "nobody": person.row.load for person in rows}


@pytest.mark.requirement("10002-4.3")
def test_every_handler_and_nobody_with_what_is_open_overdue_soon_and_waiting(
    browse: Browse, staff: Staff
) -> None:
    now = timezone.now()
    late, soon, waiting = (
        make_case("investigating"),
        make_case("investigating"),
        make_case("waiting"),
    )
    make_case("closed")
    make_case()
    Case.objects.filter(pk=late.pk).update(due_at=now - timedelta(days=1))
    Case.objects.filter(pk=soon.pk).update(due_at=now + timedelta(days=2))
    Case.objects.filter(pk=waiting.pk).update(due_at=now + timedelta(days=30))
    page = browse(people.make_quality()).get(reverse(WORKLOAD))
    found = {person.name or "nobody": person for person in page.context["people"]}
    assert list(found) == ["Handler", "Lead", "nobody"]
    assert found["Handler"].row.load == Load(open=3, overdue=1, due_this_week=1, waiting=1)
    assert found["Lead"].row.load == Load()
    assert found["nobody"].row.load.open == 1
    assert found["Handler"].row.teams == ("Customer care",)
    assert [(str(row.team), row.load.open) for row in page.context["work"].teams] == [
        ("Customer care", 4)
    ]
    # The way to these cases.
    for person in page.context["people"]:
        listed = browse(staff.lead).get(person.url)
        assert listed.status_code == 200
    assert len(browse(staff.lead).get(found["Handler"].url).context["object_list"]) == 3


@pytest.mark.requirement("10002-4.3")
def test_what_arrived_and_was_closed_week_by_week(staff: Staff) -> None:
    now = timezone.localtime()
    make_case(now=now - timedelta(weeks=2))
    make_case("closed", now=now - timedelta(weeks=1))
    make_case(now=now - timedelta(weeks=WEEKS + 1))
    work = workload(Case.objects.all(), teams=None, now=now)
    assert len(work.weeks) == WEEKS
    assert work.weeks[-1].monday <= now.date() < work.weeks[-1].monday + timedelta(weeks=1)
    assert [(w.arrived, w.closed) for w in work.weeks[-3:]] == [(1, 0), (1, 1), (0, 0)]
    assert sum(w.arrived for w in work.weeks) == 2


@pytest.mark.requirement("10002-4.3")
def test_the_next_weeks_are_told_from_the_last_ones(browse: Browse, staff: Staff) -> None:
    now = timezone.localtime()
    quality = browse(people.make_quality())
    assert "after four full weeks" in quality.get(reverse(WORKLOAD)).content.decode()
    for weeks in range(1, 6):
        for _case in range(2):
            make_case(now=now - timedelta(weeks=weeks))
    monday = timezone.localdate() - timedelta(days=now.weekday()) + timedelta(weeks=1)
    Absence.objects.create(
        user=staff.handler, first_day=monday, last_day=monday + timedelta(days=4)
    )
    assert staff.lead
    page = quality.get(reverse(WORKLOAD))
    told = page.context["work"].forecast
    assert told.arriving == Expected(2, 0, 4)
    assert (told.closing.likely, told.open_now, told.open_ahead.likely) == (0, 10, 18)
    assert (told.people, told.grows) == (1, True)
    said = " ".join(strip_tags(page.content.decode()).split())
    assert "New cases next week: probably 2 (from 0 to 4 in four of five weeks)." in said
    assert "Open: 10 now, in four weeks probably 18 (from 14 to 22)." in said
    assert "1 person of the teams is there next week." in said
    assert "Cases come in and none is closed." in said


def test_who_is_away_now_and_next_and_who_stands_in(browse: Browse, staff: Staff) -> None:
    today = timezone.localdate()
    for user, first, last, deputy in (
        (staff.handler, -1, 3, staff.lead),
        (staff.lead, 10, 12, None),
        (staff.handler, -20, -10, None),
        (people.make_handler("other", team=people.make_team("Billing")), 0, 1, None),
    ):
        Absence.objects.create(
            user=user, deputy=deputy, first_day=today + timedelta(days=first),
            last_day=today + timedelta(days=last),
        )  # fmt: skip
    shown = browse(staff.lead).get(reverse(WORKLOAD)).context
    assert [(name, deputy) for _row, name, deputy in shown["absences"]] == [
        ("Handler", "Lead"), ("Lead", ""),
    ]  # fmt: skip
    away = {person.name: person.row.absence is not None for person in shown["people"]}
    assert away == {"Handler": True, "Lead": False}
    everybody = browse(people.make_quality()).get(reverse(WORKLOAD)).context["absences"]
    assert [name for _row, name, _deputy in everybody] == ["Handler", "Other", "Lead"]


def test_a_lead_counts_their_own_teams_and_nobody_counts_a_case_about_themselves(
    browse: Browse, staff: Staff
) -> None:
    billing = people.make_team("Billing")
    boss = people.make_lead("boss", team=billing)
    case = make_case("investigating")
    assert loads(browse(boss)) == {"Boss": Load()}
    assert loads(browse(staff.lead))["Handler"].open == 1
    Involvement.objects.create(
        case=case, user=staff.lead, part=Involvement.Part.NAMED, since=case.received_at
    )
    assert loads(browse(staff.lead))["Handler"].open == 0
    # Confidential ones count for who is on them only.
    act(
        make_case("investigating"), "set_confidential", staff.handler, confidential=True, reason="X"
    )
    assert loads(browse(people.make_quality()))["Handler"].open == 1


@pytest.mark.requirement("10002-4.14")
def test_who_has_learnt_what_until_when_and_what_nobody_is_trained_for(
    browse: Browse, staff: Staff
) -> None:
    today = timezone.localdate()
    parent = make_category("money", needs_training=True)
    make_category("refund", parent=parent)
    safety = make_category("safety", needs_training=True)
    make_category("plain")
    for subject, category, since, until in (
        ("Ending", safety, -400, -1),
        ("Soon", parent, -10, 60),
        ("Long", parent, -10, 61),
        ("Unending", parent, -10, None),
        ("Later", safety, 5, None),
    ):
        Competence.objects.create(
            user=staff.handler, subject=subject, category=category,
            gained_on=today + timedelta(days=since),
            expires_on=None if until is None else today + timedelta(days=until),
        )  # fmt: skip
    Competence.objects.create(
        user=staff.handler, subject="Welsh", sort="language", category=safety, gained_on=today
    )
    client = browse(staff.lead)
    context = client.get(reverse(COMPETENCE)).context
    assert {row.competence.subject: row.tone for _name, row in context["rows"]} == {
        "Ending": "over", "Later": "later", "Long": "valid", "Soon": "soon", "Unending": "valid",
        "Welsh": "valid",
    }  # fmt: skip
    assert (context["soon"], [str(c) for c in context["untrained"]]) == (1, ["Safety"])
    other = people.make_lead("boss", team=people.make_team("Billing"))
    assert browse(other).get(reverse(COMPETENCE)).context["rows"] == []
    Competence.objects.create(user=staff.handler, subject="All", gained_on=today)
    assert client.get(reverse(COMPETENCE)).context["untrained"] == []


WHO: dict[str, tuple[Callable[[], Any], int]] = {
    "lead": (lambda: Staff().lead, 200),
    "quality": (people.make_quality, 200),
    "admin": (people.make_admin, 200),
    "handler": (lambda: Staff().handler, 302),
    "auditor": (people.make_auditor, 302),
    "privacy": (people.make_privacy, 302),
    "editor": (people.make_editor, 302),
    "inactive": (lambda: people.make_lead("gone", is_active=False), 302),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", [WORKLOAD, COMPETENCE])
def test_leads_quality_managers_and_administrators_read_it(
    who: str, address: str, browse: Browse
) -> None:
    make, status = WHO[who]
    client = browse(make())
    assert client.get(reverse(address)).status_code == status
    if who != "inactive":
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse(address) in home) is (status == 200)


def test_no_complainant_stands_in_it(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    page = browse(staff.lead).get(reverse(WORKLOAD)).content.decode()
    for personal in ("Kim", "kim@example.com", "parcel", case.reference):
        assert personal not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_renders_in_every_language(language: str, browse: Browse, staff: Staff) -> None:
    UserProfile.objects.create(user=staff.lead, preferred_language=language)
    make_case("investigating")
    client = browse(staff.lead)
    assert client.get(reverse(WORKLOAD)).status_code == 200
    assert client.get(reverse(COMPETENCE)).status_code == 200


def test_few_and_many_cost_the_same(
    browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    today = timezone.localdate()

    def more(number: int) -> None:
        team = people.make_team(f"Team {number}")
        user = people.make_handler(f"h{number}", team=team)
        Absence.objects.create(user=user, first_day=today, last_day=today, deputy=staff.lead)
        Competence.objects.create(
            user=user, subject="X", gained_on=today, category=make_category(f"c{number}")
        )
        make_case(category=make_category(f"c{number}"))
        Case.objects.filter(handler=None).update(handler=user, team=team)

    more(0)
    client = browse(people.make_quality())
    client.get(reverse(WORKLOAD))
    with django_assert_num_queries(20):
        client.get(reverse(WORKLOAD))
    with django_assert_num_queries(12):
        client.get(reverse(COMPETENCE))
    for number in range(1, 8):
        more(number)
    with django_assert_num_queries(20):
        client.get(reverse(WORKLOAD))
    with django_assert_num_queries(12):
        client.get(reverse(COMPETENCE))
