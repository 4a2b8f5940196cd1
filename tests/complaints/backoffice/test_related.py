"""Cases beside a case: linked, of the same person, perhaps about the same; only visible ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.related import Linked, goes_on_and_linked, linked_cases
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


def joined(staff: Staff) -> tuple[Case, Case]:
    """The case that ended as a repeat, and the one that goes on; not yet linked."""
    case, other = make_case("open", description=WET), make_case("open", description=QUITE_OTHER)
    act(case, "merge", staff.handler, other=other.reference, reason="Sent twice.")
    return case, other


def card(browse: Browse, user: Any, case: Case) -> dict[str, str]:
    """The lists beside a case, by their headings."""
    said = page(browse, user, case).partition('id="related-heading"')[2].partition("</section>")[0]
    lists = (part.partition("</h3>") for part in said.split("<h3")[1:])
    return {head.rpartition("</svg>")[2].strip(): items for head, _end, items in lists}


@pytest.mark.requirement("SEC-DUP")
def test_what_was_joined_names_the_other_on_both_pages(browse: Browse, staff: Staff) -> None:
    case, other = joined(staff)
    closed, goes_on = card(browse, staff.handler, case), card(browse, staff.handler, other)
    assert f"/cases/{other.reference}/" in closed["Duplicate of another case"]
    assert QUITE_OTHER in closed["Duplicate of another case"]
    assert "Linked" not in closed
    assert "Duplicate of another case" not in goes_on
    assert f"/cases/{case.reference}/" in goes_on["Linked"]
    assert "<strong>Duplicate</strong>" in goes_on["Linked"]
    # There is no link to take away.
    assert "unlink" not in goes_on["Linked"]


def test_what_was_linked_before_it_was_joined_is_named_once(staff: Staff) -> None:
    case, other = make_case("open"), make_case("open")
    link(case, other)
    act(case, "merge", staff.handler, other=other.reference, reason="Sent twice.")
    assert goes_on_and_linked(case, staff.handler) == (other, [])
    assert goes_on_and_linked(other, staff.handler) == (None, [Linked(case, "Duplicate")])


def test_joined_cases_stand_before_those_linked_longer_ago(staff: Staff) -> None:
    related, leader = make_case(), make_case()
    case, other = joined(staff)
    link(other, related)
    link(other, leader, LinkKind.INCIDENT)
    assert [one.case for one in linked_cases(other, staff.handler)] == [case, leader, related]


@pytest.mark.requirement("SEC-DUP")
def test_a_joined_case_is_named_to_who_may_see_it_only(browse: Browse, staff: Staff) -> None:
    case, other = joined(staff)
    for shown, secret in ((case, other), (other, case)):
        viewer = named(secret, f"named in {secret.reference}")
        assert secret.reference not in page(browse, viewer, shown)
        assert goes_on_and_linked(shown, viewer) == (None, [])
        # That something could leak.
        assert secret.reference in page(browse, staff.handler, shown)


@pytest.mark.parametrize("role", ["quality", "auditor"])
def test_who_reads_no_words_reads_none_of_a_joined_case(role: str, staff: Staff) -> None:
    case, other = joined(staff)
    user = people.make_quality() if role == "quality" else people.make_auditor()
    assert {case, other} <= set(Case.objects.visible_to(user))
    assert goes_on_and_linked(case, user) == goes_on_and_linked(other, user) == (None, [])


@pytest.mark.parametrize("amount", [1, 30])
def test_joined_and_linked_cases_cost_two_queries(
    amount: int, staff: Staff, django_assert_num_queries: Any
) -> None:
    user = staff.handler
    case, other = joined(staff)
    for _number in range(amount):
        link(other, make_case())
        Case.objects.filter(pk=make_case().pk).update(duplicate_of=other)
    goes_on_and_linked(case, user)
    with django_assert_num_queries(2):
        assert goes_on_and_linked(case, user)[0] == other
    with django_assert_num_queries(2):
        assert len(linked_cases(other, user)) == 2 * amount + 1


def test_nothing_beside_it_costs_one_query(staff: Staff, django_assert_num_queries: Any) -> None:
    case, user = make_case(), staff.handler
    # The rights of the user are read once.
    goes_on_and_linked(case, user)
    with django_assert_num_queries(1):
        assert goes_on_and_linked(case, user) == (None, [])


def test_no_more_are_read_than_a_page_can_show(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = joined(staff)
    link(other, make_case())
    monkeypatch.setattr("complaints.backoffice.related.LINKS", 1)
    assert linked_cases(other, staff.handler) == [Linked(case, "Duplicate")]


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


def named(case: Case, name: str = "named") -> Any:
    user = people.make_admin(name)
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
