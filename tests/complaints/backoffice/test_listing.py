"""The inbox: tabs, filters, search, order, pages, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.test.html import parse_html
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.listing import CaseListView
from complaints.lifecycle import Kind, Priority
from complaints.models import Case, Category, HandlingSettings
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case, make_category, submit

pytestmark = pytest.mark.django_db


def list_url(preset: str = "open", query: str = "") -> str:
    return reverse("conduct_complaints_admin:list", args=[preset]) + query


def listed(page: Any) -> list[str]:
    """The references in the rows of a page, in order."""
    rows = re.findall(r'href="/admin/cases/(C-[0-9A-Z-]{9})/"', page.content.decode())
    return list(dict.fromkeys(rows))


def test_each_tab_lists_its_cases(browse: Browse, staff: Staff) -> None:
    received = make_case()
    opened = make_case("open")
    mine = make_case("investigating")
    waits = make_case("deciding")
    closed = make_case("closed")
    late = make_case(now=timezone.now() - timedelta(days=60))
    elsewhere = make_case(category=make_category("billing", team=people.make_team("Billing")))
    act(elsewhere, "assign", people.make_admin(), handler=people.make_admin("boss"))
    client = browse(staff.handler)
    found = {tab: set(listed(client.get(list_url(tab)))) for tab in (
        "open", "moderate", "mine", "teams", "unassigned", "approval", "overdue", "confidential",
        "closed",
    )}  # fmt: skip
    names = {
        "received": received, "opened": opened, "mine": mine, "waits": waits, "closed": closed,
        "late": late,
    }  # fmt: skip
    refs = {name: case.reference for name, case in names.items()}
    everything_open = {refs[n] for n in ("received", "opened", "mine", "waits", "late")}
    assert found == {
        "open": everything_open,
        "moderate": {refs["received"], refs["late"]},
        "mine": {refs["mine"], refs["waits"]},
        "teams": everything_open,
        "unassigned": {refs["received"], refs["opened"], refs["late"]},
        "approval": {refs["waits"]},
        "overdue": {refs["late"]},
        "confidential": set(),
        "closed": {refs["closed"]},
    }


@pytest.mark.requirement("SEC-TIME")
def test_what_is_overdue_shows_although_nothing_ran(browse: Browse, staff: Staff) -> None:
    """No scheduler, no task: the words are computed from the due date when the page is read."""
    case = make_case()
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=14))
    page = browse(staff.handler).get(list_url("overdue")).content.decode()
    assert case.reference in page
    assert "10 working days overdue" in page
    assert 'class="conduct-row--overdue"' in page


@pytest.mark.requirement("10002-7.5")
def test_the_soonest_due_comes_first_and_priority_moves_a_case_up(
    browse: Browse, staff: Staff
) -> None:
    calm, urgent = make_case("open"), make_case("open")
    act(urgent, "assess", staff.handler, severity=5, complexity="low", impact="low", safety=True)
    page = browse(staff.handler).get(list_url())
    assert listed(page) == [urgent.reference, calm.reference]
    assert "Top" in page.content.decode()


def test_filters_narrow_the_list(browse: Browse, staff: Staff) -> None:
    make_case("open")
    wanted = make_case("open", kind=Kind.QUESTION, language="ko")
    category = Category.objects.get(code="delivery")
    client = browse(staff.handler)
    day = timezone.localdate().isoformat()
    for query, expected in {
        "?kind=question": [wanted.reference],
        "?language=ko&state=open": [wanted.reference],
        f"?category={category.pk}&kind=question": [wanted.reference],
        "?state=closed": [],
        f"?priority={Priority.TOP}": [],
        "?overdue=true": [],
        "?confidential=true": [],
        f"?kind=question&received_at_from={day}&received_at_to={day}": [wanted.reference],
        f"?handler={staff.handler.pk}": [],
    }.items():
        assert listed(client.get(list_url(query=query))) == expected, query


def test_filters_look_as_django_draws_them_and_escape_names(browse: Browse, staff: Staff) -> None:
    make_category("odd", name="<b>Odd</b>")
    form = browse(staff.handler).get(list_url(query="?kind=question")).context["filters"].form
    drawn = forms.CheckboxSelectMultiple(choices=form.fields["kind"].widget.choices)
    expected = drawn.render("kind", ["question"], {"id": "id_kind"})
    assert parse_html(str(form["kind"])) == parse_html(expected)
    assert "&lt;b&gt;Odd&lt;/b&gt;" in str(form["category"])


@pytest.mark.parametrize("typed", ["{reference}", "{lower}", "{bare}", " {spaced} "])
def test_a_reference_is_found_however_it_is_typed(typed: str, browse: Browse, staff: Staff) -> None:
    case, _other = make_case(), make_case()
    forms = {
        "reference": case.reference,
        "lower": case.reference.lower(),
        "bare": case.reference[2:].replace("-", ""),
        "spaced": case.reference.replace("-", " "),
    }
    page = browse(staff.handler).get(list_url(), {"q": typed.format(**forms)})
    assert listed(page) == [case.reference]


def test_the_beginning_of_a_reference_is_enough(browse: Browse, staff: Staff) -> None:
    case, _other = make_case(), make_case()
    page = browse(staff.handler).get(list_url(), {"q": case.reference[:9].lower()})
    assert listed(page) == [case.reference]


def test_an_exact_address_and_words_of_the_subject_are_found(browse: Browse, staff: Staff) -> None:
    case = make_case(email="Lan@Example.com", description="Gói hàng bị ướt")
    make_case()
    client = browse(staff.handler)
    assert listed(client.get(list_url(), {"q": "lan@example.com"})) == [case.reference]
    assert listed(client.get(list_url(), {"q": "hàng ướt"})) == [case.reference]
    assert listed(client.get(list_url(), {"q": "hàng khô"})) == []


def test_a_case_is_found_by_the_address_of_either_person(browse: Browse, staff: Staff) -> None:
    both = {"name": "Ms Adviser", "email": "adviser@example.com", "relation": "lawyer"}
    represented = submit(email="lan@example.com", representative=both)
    own = submit(email="adviser@example.com")
    client = browse(staff.handler)
    found = listed(client.get(list_url(), {"q": "Adviser@example.com"}))
    assert sorted(found) == sorted([represented.case.reference, own.case.reference])
    assert listed(client.get(list_url(), {"q": "nobody@example.com"})) == []


def test_pages_follow_each_other_without_gap_or_repetition(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CaseListView, "paginate_by", 3)
    for _number in range(7):
        submit()
    # The same due date for all: only the id tells them apart.
    Case.objects.update(due_at=datetime(2030, 1, 1, 17, tzinfo=UTC))
    references = list(Case.objects.order_by("pk").values_list("reference", flat=True))
    client = browse(staff.handler)
    for order, expected in (("due_at", references), ("-due_at", references[::-1])):
        pages, url = [], list_url(query=f"?ordering={order}")
        while url:
            page = client.get(url)
            pages.append(listed(page))
            last, url = page, follow(page, "next")
        assert pages == [expected[:3], expected[3:6], expected[6:]]
        back = client.get(follow(last, "prev"))
        assert listed(back) == expected[3:6]
        assert listed(client.get(follow(back, "prev"))) == expected[:3]
        assert follow(client.get(follow(back, "prev")), "prev") == ""


def follow(page: Any, side: str) -> str:
    found = re.search(rf'<li class="{side}">\s*<a href="([^"]+)"', page.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "after~due_at~x~1",
        "before~-due_at~2026-01-01~",
        "~~~",
        "after~due_at~2026-01-01T00:00:00~1",
        # Moments that no calendar has as UTC.
        "after~due_at~0001-01-01T00:00:00+14:00~1",
        "before~due_at~0001-01-01T00:00:00+00:01~1",
        "before~due_at~9999-12-31T23:59:59-14:00~1",
        "after~due_at~9999-12-31T23:59:59.999999-00:01~1",
        "after~due_at~10000-01-01T00:00:00+00:00~1",
        "after~due_at~2026-01-01T00:00:00+00:00~1.5",
        f"after~due_at~2026-01-01T00:00:00+00:00~{'9' * 5000}",
    ],
)
def test_a_mangled_page_address_shows_the_first_page(
    cursor: str, browse: Browse, staff: Staff
) -> None:
    case = make_case()
    assert listed(browse(staff.handler).get(list_url(), {"p": cursor})) == [case.reference]


@pytest.mark.parametrize(
    ("cursor", "is_after_all"),
    [
        ("after~due_at~0001-01-01T00:00:00+00:00~1", False),
        ("after~due_at~0001-01-01T00:00:00-14:00~1", False),
        ("after~due_at~9999-12-31T23:59:59.999999+00:00~1", True),
        ("after~due_at~9999-12-31T23:59:59+14:00~1", True),
        (f"after~due_at~2026-01-01T00:00:00+00:00~{10**30}", False),
        (f"after~due_at~2026-01-01T00:00:00+00:00~-{10**30}", False),
        (f"after~due_at~9999-12-31T23:59:59+00:00~{10**30}", True),
    ],
)
def test_a_page_address_at_the_edge_of_the_calendar_is_an_address(
    cursor: str, is_after_all: bool, browse: Browse, staff: Staff
) -> None:
    case = make_case()
    found = listed(browse(staff.handler).get(list_url(), {"p": cursor}))
    assert found == ([] if is_after_all else [case.reference])


def test_the_count_stops_at_a_limit(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        submit()
    client = browse(staff.handler)
    assert "3 cases ·" in client.get(list_url()).content.decode()
    monkeypatch.setattr("complaints.backoffice.paging.COUNT_LIMIT", 2)
    monkeypatch.setattr("complaints.backoffice.listing.COUNT_LIMIT", 2)
    assert "2+ cases ·" in client.get(list_url()).content.decode()
    monkeypatch.setattr("complaints.backoffice.listing.FILTERED_LIMIT", 1)
    narrowed = client.get(list_url(), {"kind": "complaint"}).content.decode()
    assert "1+ cases ·" in narrowed, "sooner where filters narrow it"


def test_tab_filters_and_order_come_back(browse: Browse, staff: Staff) -> None:
    early, late = make_case("open"), make_case("open")
    Case.objects.filter(pk=late.pk).update(received_at=timezone.now() + timedelta(hours=1))
    client = browse(staff.handler)
    client.get(
        list_url("unassigned", "?kind=complaint&confidential=&ordering=-received_at&q=parcel")
    )
    response = client.get(reverse("conduct_complaints_admin:index"))
    assert response["Location"] == list_url("unassigned", "?kind=complaint")
    assert listed(client.get(response["Location"])) == [late.reference, early.reference]
    # What was searched for may name a person: it is not kept.
    assert "parcel" not in str(Session.objects.get().get_decoded())


def test_an_empty_list_says_what_will_appear_there(browse: Browse, staff: Staff) -> None:
    client = browse(staff.handler)
    page = client.get(list_url("approval")).content.decode()
    assert "A proposed answer comes here until somebody else has read it." in page
    page = client.get(list_url("approval", "?kind=question")).content.decode()
    assert "No case in this list fits what you are looking for" in page


def test_an_unknown_tab_is_not_found(browse: Browse, staff: Staff) -> None:
    assert browse(staff.handler).get(list_url("nonsense")).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_row_and_for_thirty(
    rows: int, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        submit(name=f"Person {number}", email=f"p{number}@example.com")
    Case.objects.update(handler=staff.handler)
    client = browse(staff.handler)
    client.get(list_url())
    with django_assert_num_queries(22):
        page = client.get(list_url())
    assert len(listed(page)) == rows


@pytest.mark.requirement("10002-B")
def test_a_small_organisation_has_one_inbox_and_what_must_not_be_overlooked(
    browse: Browse, staff: Staff
) -> None:
    case = make_case()
    settings = HandlingSettings.for_site(case.site)
    settings.small_mode = True
    settings.save()

    tabs = browse(staff.handler).get(list_url()).context["tabs"]

    assert [tab.slug for tab, _key in tabs] == [
        "open", "moderate", "held", "tell", "overdue", "closed",
    ]  # fmt: skip
