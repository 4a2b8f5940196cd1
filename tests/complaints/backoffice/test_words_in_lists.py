"""Lists show the words of a case to whom its page shows them, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Case
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_bulk import REPORT, bulk_url, do, hidden, preview
from tests.complaints.backoffice.test_listing import list_url
from tests.factories import Staff, make_case, make_category

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GDPR-32")]

CASES = ("own", "other", "mine", "new")
#: person -> the cases they see: of the own team, of another, of another but theirs, of no team yet.
SEES = {
    "handler": {"own", "mine", "new"},
    "handler, quality": set(CASES),
    "handler, auditor": set(CASES),
    "lead, quality": set(CASES),
    "quality": set(CASES),
    "quality, privacy": set(CASES),
    "admin": set(CASES),
}
#: And those whose words they read.
READS = SEES | {
    "handler, quality": {"own", "mine", "new"},
    "handler, auditor": {"own", "mine", "new"},
    "lead, quality": {"own", "mine", "new"},
    "quality": set(),
}
GROUPS = {
    "handler": "Case handlers",
    "lead": "Team leads",
    "quality": "Quality managers",
    "auditor": "Auditors",
    "privacy": "Privacy officers",
}


def somebody(roles: str) -> Any:
    """A member of the customer care team with all of these roles."""
    if roles == "admin":
        return people.make_admin()
    user = people.make_user("somebody")
    user.groups.set(Group.objects.filter(name__in=[GROUPS[role] for role in roles.split(", ")]))
    people.join(user, people.make_team(), is_lead="lead" in roles)
    return get_user_model().objects.get(pk=user.pk)


def make_cases(user: Any) -> dict[str, Case]:
    """Old enough to press on the home page; each has a name and words that tell which it is."""
    other = make_category("billing", name="Billing", team=people.make_team("Billing"))
    categories = {"own": make_category(), "other": other, "mine": other, "new": None}
    cases = {
        name: make_case(
            now=timezone.now() - timedelta(days=70),
            category=categories[name],
            name=f"Name of {name}",
            email=f"{name}@example.com",
            description=f"Words of {name}",
        )
        for name in CASES
    }
    Case.objects.filter(pk=cases["mine"].pk).update(handler=user)
    return cases


def read(page: Any, what: str = "Words") -> set[str]:
    return set(re.findall(rf"{what} of (\w+)", page.content.decode()))


def shown(page: Any, cases: dict[str, Case]) -> set[str]:
    """The cases whose references stand on the page."""
    words = page.content.decode()
    return {name for name, case in cases.items() if case.reference in words}


def case_pages(client: Client, cases: dict[str, Case]) -> set[str]:
    """The cases whose own page shows their words."""
    url = "conduct_complaints_admin:case"
    return {
        name
        for name, case in cases.items()
        if name in read(client.get(reverse(url, args=[case.reference])))
    }


def bulk_preview(client: Client, cases: dict[str, Case]) -> Any:
    return preview(client, "note", *cases.values(), text="Hello")


def bulk_report(client: Client, cases: dict[str, Case]) -> Any:
    """Also of those that the preview said would be refused."""
    chosen = ",".join(f"{case.pk}:{case.version}" for case in cases.values())
    form = hidden(bulk_preview(client, cases)) | {"chosen": chosen, "step": "do"}
    return client.post(bulk_url("note"), form, follow=True)


Look = Callable[[Client, dict[str, Case]], Any]
PLACES: dict[str, Look] = {
    "inbox": lambda client, cases: client.get(list_url()),
    "results": lambda client, cases: client.get(list_url().rstrip("/") + "/results/"),
    "home page": lambda client, cases: client.get(reverse("wagtailadmin_home")),
    "bulk preview": bulk_preview,
    "bulk report": bulk_report,
}
#: Who does nothing with cases is offered nothing for many.
OFFERED = dict.fromkeys(SEES, tuple(PLACES)) | dict.fromkeys(
    ("quality", "quality, privacy"), ("inbox", "results", "home page")
)


@pytest.mark.parametrize("who", SEES)
def test_lists_show_the_words_of_those_cases_whose_page_shows_them(
    who: str, browse: Browse, staff: Staff
) -> None:
    user = somebody(who)
    cases = make_cases(user)
    client = browse(user)
    assert case_pages(client, {name: cases[name] for name in SEES[who]}) == READS[who]
    for place in OFFERED[who]:
        page = PLACES[place](client, cases)
        assert shown(page, cases) == SEES[who], place
        assert read(page) == READS[who], place


@pytest.mark.parametrize("who", SEES)
def test_the_inbox_names_the_people_of_those_cases_only(
    who: str, browse: Browse, staff: Staff
) -> None:
    user = somebody(who)
    make_cases(user)
    page = browse(user).get(list_url())
    assert read(page, "Name") == READS[who]
    nameless = SEES[who] - READS[who] if READS[who] else set()
    assert page.content.decode().count('dir="auto">–</td>') == len(nameless)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("address", "number"), [(list_url, 22), (lambda: reverse("wagtailadmin_home"), 46)]
)
def test_asking_row_by_row_costs_the_same_for_one_case_and_for_thirty(
    address: Callable[[], str],
    number: int,
    rows: int,
    browse: Browse,
    staff: Staff,
    django_assert_num_queries: Any,
) -> None:
    user = somebody("handler, quality")
    for _number in range(rows):
        make_case(now=timezone.now() - timedelta(days=70))
    client = browse(user)
    client.get(address())
    with django_assert_num_queries(number):
        client.get(address())


def test_the_report_costs_the_same_for_one_case_and_for_thirty(
    browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    client = browse(somebody("handler, quality"))
    for rows in (1, 30):
        do(client, preview(client, "note", *[make_case() for _n in range(rows)], text="Hi"), "note")
        with django_assert_num_queries(13):
            client.get(reverse(REPORT))
