"""Cases beside a case: linked, of the same person, perhaps about the same; only visible ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.related import linked_cases
from complaints.backoffice.similar import similar_cases
from complaints.lifecycle import ACTIONS
from complaints.models import Case, CaseLink, Involvement
from complaints.states import LinkKind
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case, make_category

pytestmark = pytest.mark.django_db

WET = "The blue parcel with my grandmother's photographs stood in the rain beside the gate."
WET_AGAIN = "My grandmother's photographs: the parcel was left beside the gate in pouring rain!"
QUITE_OTHER = "You charged my account twice for the subscription in September."


def link(case: Case, other: Case, kind: str = LinkKind.RELATED) -> None:
    CaseLink.objects.create(case=case, other=other, kind=kind, at=timezone.now())


def suggested(case: Case, user: Any) -> list[tuple[str, list[str], bool]]:
    found = similar_cases(case, case.issues.all(), user)
    return [(one.case.reference, one.why, one.same_person) for one in found]


def page(browse: Browse, user: Any, case: Case) -> str:
    url = reverse("conduct_complaints_admin:case", args=[case.reference])
    return str(browse(user).get(url).content.decode())


@pytest.fixture
def others(staff: Staff) -> None:
    """Enough of other matters to tell a rare word from a common one."""
    for number in range(6):
        make_case(description=f"{QUITE_OTHER} {number}", email=f"o{number}@example.com")


def test_links_show_from_both_sides_and_who_leads_comes_first(staff: Staff) -> None:
    case, leader, related = make_case(), make_case(), make_case()
    link(case, related)
    link(case, leader, LinkKind.INCIDENT)
    assert [(one.case, str(one.how)) for one in linked_cases(case, staff.handler)] == [
        (leader, "Leads the incident"),
        (related, "Related"),
    ]
    assert [(one.case, str(one.how)) for one in linked_cases(leader, staff.handler)] == [
        (case, "Same incident; this case leads")
    ]


@pytest.mark.requirement("SEC-DUP")
def test_near_words_are_suggested_with_the_reason(others: None, staff: Staff) -> None:
    case = make_case(description=WET, email="kim@example.com")
    near = make_case(description=WET_AGAIN, email="lee@example.com")
    assert suggested(case, staff.handler) == [(near.reference, ["Near words"], False)]
    assert suggested(near, staff.handler) == [(case.reference, ["Near words"], False)]


@pytest.mark.requirement("SEC-DUP")
def test_the_same_person_with_near_words_may_have_written_twice(others: None, staff: Staff) -> None:
    case = make_case(description=WET, email="kim@example.com")
    again = make_case(description=WET_AGAIN, email="KIM@example.com")
    assert suggested(case, staff.handler) == [
        (again.reference, ["Same person", "Near words"], True)
    ]


def test_the_same_product_at_the_same_time_is_suggested(others: None, staff: Staff) -> None:
    case = make_case(description=WET, details={"product": "Night express"})
    same = make_case(
        description=QUITE_OTHER, details={"product": "night EXPRESS "}, email="lee@example.com"
    )
    assert suggested(case, staff.handler) == [
        (same.reference, ["Same product at the same time"], False)
    ]
    Case.objects.filter(pk=same.pk).update(received_at=timezone.now() - timedelta(days=20))
    assert suggested(case, staff.handler) == []


def test_near_words_in_chinese(others: None, staff: Staff) -> None:
    case = make_case(language="zh-hans", description="奶奶的照片在雨里被淋湿了，包裹放在大门旁边。")
    near = make_case(
        language="zh-hans",
        description="包裹被放在大门旁边，奶奶的照片全部淋湿。",
        email="l@example.com",
    )
    assert [reference for reference, _why, _same in suggested(case, staff.handler)] == [
        near.reference
    ]


def test_what_is_long_ago_is_another_matter(others: None, staff: Staff) -> None:
    case, old = make_case(description=WET), make_case(description=WET_AGAIN, email="l@example.com")
    assert suggested(case, staff.handler) != []
    Case.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=91))
    assert suggested(case, staff.handler) == []


def named(case: Case) -> Any:
    user = people.make_admin("named")
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at
    )
    return user


@pytest.mark.requirement("SEC-DUP")
def test_a_case_that_one_may_not_see_is_nowhere_beside_another(
    others: None, browse: Browse, staff: Staff
) -> None:
    case = make_case(description=WET)
    secret = make_case(description=WET_AGAIN)
    link(case, secret)
    viewer = named(secret)
    words = page(browse, viewer, case)
    assert secret.reference not in words
    assert suggested(case, viewer) == []
    # That something could leak: the handler sees it three times over.
    assert page(browse, staff.handler, case).count(f"/cases/{secret.reference}/") >= 2


def test_a_confidential_case_is_for_who_may_open_it(others: None, staff: Staff) -> None:
    case, secret = make_case(description=WET), make_case(description=WET_AGAIN)
    act(secret, "set_confidential", staff.lead, confidential=True, reason="Staff")
    link(case, secret)
    assert suggested(case, staff.handler) == []
    assert linked_cases(case, staff.handler) == []
    assert len(suggested(case, staff.lead)) == 1


def test_another_teams_cases_are_not_suggested(others: None, staff: Staff) -> None:
    case = make_case(description=WET)
    billing = make_category("billing", team=people.make_team("Billing"))
    foreign = make_case(description=WET_AGAIN, category=billing)
    link(case, foreign)
    assert suggested(case, staff.handler) == []
    assert linked_cases(case, staff.handler) == []


@pytest.mark.parametrize("role", ["quality", "auditor"])
def test_who_reads_no_words_gets_no_suggestion(
    role: str, others: None, browse: Browse, staff: Staff
) -> None:
    case, near = make_case(description=WET), make_case(description=WET_AGAIN)
    link(case, near)
    user = people.make_quality() if role == "quality" else people.make_auditor()
    assert near.reference not in page(browse, user, case)


@pytest.mark.skipif("link" not in ACTIONS, reason="the actions come with another branch")
def test_one_click_leads_to_linking_and_merging(others: None, browse: Browse, staff: Staff) -> None:
    case = make_case("open", description=WET)
    near = make_case(description=WET_AGAIN)
    words = page(browse, staff.handler, case)
    assert f"/cases/{case.reference}/link/?other={near.reference}" in words
    assert f"/cases/{case.reference}/merge/?other={near.reference}" in words


@pytest.mark.parametrize("amount", [1, 30])
def test_suggesting_costs_the_same_among_few_and_many(
    amount: int, staff: Staff, django_assert_num_queries: Any
) -> None:
    case = make_case(description=WET)
    for number in range(amount):
        make_case(description=WET_AGAIN, email=f"n{number}@example.com")
    issues, user = list(case.issues.all()), staff.handler
    similar_cases(case, issues, user)
    with django_assert_num_queries(3):
        similar_cases(case, issues, user)
