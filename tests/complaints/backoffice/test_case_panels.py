"""Limits on contact, staff complained about, outreach, holds, and the promise as it was then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from complaints.backoffice import people_panel
from complaints.backoffice.people_panel import everybody, named_in
from complaints.models import Case, ContactRestriction, Involvement, Outreach
from conduct.models import Edition, EditionPromise, Promise
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db


def page(browse: Browse, user: Any, case: Case) -> str:
    url = reverse("conduct_complaints_admin:case", args=[case.reference])
    return str(browse(user).get(url).content.decode())


def restrict(case: Case, by: Any, **fields: Any) -> ContactRestriction:
    today = timezone.localdate()
    fields = {
        "person_hash": case.complainant.email_hash,
        "measure": "written",
        "reason": "Shouted at colleagues.",
        "starts_on": today,
        "ends_on": today + timedelta(days=30),
        "review_on": today + timedelta(days=10),
    } | fields
    return ContactRestriction.objects.create(case=case, decided_by=by, **fields)


def test_a_limit_on_contact_shows_on_every_case_of_the_person(browse: Browse, staff: Staff) -> None:
    case, other = make_case(), make_case(email="KIM@example.com")
    stranger = make_case(email="lee@example.com")
    restrict(case, staff.lead)
    for one in (case, other):
        words = page(browse, staff.handler, one)
        assert "In writing only" in words
        assert "Shouted at colleagues." in words
    assert f"Decided in {case.reference}" in page(browse, staff.handler, other)
    assert "Contact is limited" not in page(browse, staff.handler, stranger)
    assert "Contact is limited" not in page(browse, people.make_quality(), case)


def test_where_a_limit_was_decided_is_said_to_who_may_see_that_case(
    browse: Browse, staff: Staff
) -> None:
    case, other = make_case(), make_case()
    restrict(case, staff.lead)
    act(case, "set_confidential", staff.lead, confidential=True, reason="Staff")
    words = page(browse, staff.handler, other)
    assert "Contact is limited" in words
    assert case.reference not in words
    assert f"Decided in {case.reference}" in page(browse, staff.lead, other)


@pytest.mark.parametrize(
    "over", [{"lifted_at": timezone.now()}, {"starts_on": "2020-01-01", "ends_on": "2020-02-01"}]
)
def test_a_limit_that_is_over_is_not_shown(
    over: dict[str, Any], browse: Browse, staff: Staff
) -> None:
    case = make_case()
    restrict(case, staff.lead, **over)
    assert "Contact is limited" not in page(browse, staff.handler, case)


def name(case: Case, user: Any, **fields: Any) -> None:
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at, **fields
    )


@pytest.mark.requirement("10002-D2")
def test_the_four_dates_of_who_is_complained_about(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    name(case, people.make_handler("minh"), informed_at=timezone.now(), account="I was at lunch.")
    [named] = named_in(case, staff.handler, everybody(case))
    assert [(step.code, step.at is not None) for step in named.steps] == [
        ("informed", True), ("supported", False), ("heard", False), ("result", False),
    ]  # fmt: skip
    words = page(browse, staff.handler, case)
    assert "Complained about" in words
    assert "I was at lunch." in words


#: The lead, the privacy officer and the people on the case; nobody else.
SEES_NAMED = {
    "handler of the case": True,
    "colleague in the team": False,
    "lead": True,
    "privacy": True,
    "admin": True,
    "quality": False,
    "auditor": False,
}


@pytest.mark.requirement("10002-D2")
@pytest.mark.parametrize("who", SEES_NAMED)
def test_who_is_complained_about_is_for_few(who: str, browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    name(case, people.make_handler("minh"))
    user = {
        "handler of the case": lambda: staff.handler,
        "colleague in the team": lambda: people.make_handler("colleague"),
        "lead": lambda: staff.lead,
        "privacy": people.make_privacy,
        "admin": people.make_admin,
        "quality": people.make_quality,
        "auditor": people.make_auditor,
    }[who]()
    assert ("Minh" in page(browse, user, case)) is SEES_NAMED[who]


@pytest.mark.requirement("10002-D2")
def test_who_is_complained_about_never_reads_it(staff: Staff) -> None:
    case = make_case("investigating")
    minh = people.make_admin("minh")
    name(case, minh)
    assert named_in(case, minh, everybody(case)) == []


#: account -> whether a case can be said to be about them.
CAN_BE_NAMED = {
    "handler": True,
    "editor": True,
    "admin": True,
    "right of their own": True,
    "worked on it": True,
    "customer": False,
    "customer who complains": False,
    "left": False,
}


@pytest.mark.requirement("10002-D2")
def test_a_case_is_about_staff_and_no_account_of_the_website(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating", email="complains@example.org")
    accounts = {
        "handler": staff.handler,
        "editor": people.make_editor(),
        "admin": people.make_admin(),
        "right of their own": people.make_user("own"),
        "worked on it": people.make_user("former"),
        "customer": people.make_user("customer"),
        "customer who complains": people.make_user("complains"),
        "left": people.make_handler("left", is_active=False),
    }
    right = Permission.objects.get(codename="audit_case")
    accounts["right of their own"].user_permissions.add(right)
    # Twice staff, offered once.
    staff.handler.groups.add(Group.objects.get(name="Quality managers"))
    for who, part in (("worked on it", "proposer"), ("customer who complains", "conflict")):
        case.involvements.create(user=accounts[who], part=part, since=case.received_at)
    url = reverse("conduct_complaints_admin:action", args=[case.reference, "name_staff"])
    offered = list(browse(staff.lead).get(url).context["form"].fields["colleague"].queryset)
    assert {who: user in offered for who, user in accounts.items()} == CAN_BE_NAMED
    assert len(offered) == len(set(offered))


def test_outreach_and_a_hold_show(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    Outreach.objects.create(
        case=case, who="The neighbours Smith", created_at=timezone.now(), done_at=timezone.now(),
        reached=4, result="Called the Smiths",
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(legal_hold=True)
    words = page(browse, staff.handler, case)
    for expected in ("The neighbours Smith", "Called the Smiths", "4 people reached", "On hold"):
        assert expected in words
    words = page(browse, people.make_quality(), case)
    assert "4 people reached" in words
    assert "Smith" not in words


def test_the_load_counts_what_the_viewer_may_see(browse: Browse, staff: Staff) -> None:
    case, other = make_case("investigating"), make_case("investigating")
    assert "2 open cases" in page(browse, staff.lead, case)
    privacy = people.make_privacy()
    name(other, privacy)
    assert "1 open case<" in page(browse, privacy, case)


@pytest.mark.parametrize(("counted", "says"), [(2, True), (1, False)])
def test_a_load_that_is_too_long_to_count_is_not_told(
    counted: int, says: bool, browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _other = make_case("investigating"), make_case("investigating")
    monkeypatch.setattr(people_panel, "COUNTED", counted)
    assert ("open case" in page(browse, staff.lead, case)) is says


def edition(case: Case, statement: str) -> Edition:
    made = Edition.objects.create(
        series="0e3a4f4e-7f62-4d2b-8df1-3f1f54d8a001", site=case.site, kind="code", number=4,
        source_language="en", effective_from=timezone.now(), digest="x",
    )  # fmt: skip
    EditionPromise.objects.create(
        edition=made, code="D1", topic="delivery", remedy_how="on_claim", operator="at_least",
        texts={
            "en": {"statement": statement, "limits": "Islands 5 days.", "remedy": "Postage back."},
            "ko": {"statement": "사흘"},
        },
    )  # fmt: skip
    return made


def test_the_promise_is_shown_in_the_words_of_then(browse: Browse, staff: Staff) -> None:
    case = make_case()
    promise = Promise.objects.create(code="D1", statement="We deliver within 5 days.")
    case.issues.update(promise=promise)
    today = page(browse, staff.handler, case)
    assert "We deliver within 5 days." in today
    assert "these are the words of today" in today
    then = edition(case, "We deliver within 3 days.")
    Case.objects.filter(pk=case.pk).update(code_edition=then)
    words = page(browse, staff.handler, case)
    assert "We deliver within 3 days." in words
    assert "We deliver within 5 days." not in words
    for expected in (
        "Islands 5 days.", "Postage back.", "Code of conduct, edition 4",
        "The words have changed since.",
    ):  # fmt: skip
        assert expected in words


def test_numbers_and_addresses_keep_their_direction_on_every_screen(
    browse: Browse, staff: Staff
) -> None:
    case = make_case(
        complainant={
            "name": "Kim", "email": "kim@example.com", "phone": "+44 1632 960684",
            "postal_address": "22 Weir Lane",
        }
    )  # fmt: skip
    words = page(browse, staff.handler, case)
    assert '<dd dir="ltr">+44 1632 960684</dd>' in words
    assert '<dd dir="ltr">kim@example.com</dd>' in words
    assert '<dd dir="auto">22 Weir Lane</dd>' in words


def published(kind: str, number: int, days_ago: int, statement: str = "") -> Edition:
    """An edition of the site's code or policy that came into force some days ago."""
    made = Edition.objects.create(
        series=f"0e3a4f4e-7f62-4d2b-8df1-3f1f54d8a0{'11' if kind == 'code' else '12'}",
        site=Site.objects.get(is_default_site=True), kind=kind, number=number, digest="x",
        source_language="en", effective_from=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip
    if statement:
        EditionPromise.objects.create(
            edition=made, code="D1", topic="delivery", remedy_how="on_claim", operator="at_least",
            texts={"en": {"statement": statement, "limits": "", "remedy": ""}},
        )  # fmt: skip
    return made


@pytest.mark.requirement("10002-5.3")
def test_a_changed_policy_leaves_old_cases_with_the_old_one(browse: Browse, staff: Staff) -> None:
    published("policy", 1, days_ago=100)
    old = make_case()
    published("policy", 2, days_ago=0)
    new = make_case()
    assert "Complaints policy, edition 1" in page(browse, staff.handler, old)
    assert "Complaints policy, edition 2" in page(browse, staff.handler, new)


@pytest.mark.requirement("10001-8.4")
def test_a_promise_is_judged_by_the_code_of_the_day_it_happened(
    browse: Browse, staff: Staff
) -> None:
    published("code", 1, days_ago=100, statement="We deliver within 3 days.")
    published("code", 2, days_ago=5, statement="We deliver within 5 days.")
    promise = Promise.objects.create(code="D1", statement="We deliver within 5 days.")
    happened_on = timezone.localdate() - timedelta(days=30)
    case = make_case(details={"happened_on": happened_on}, promise=promise)
    assert case.code_edition is not None
    assert case.happened_edition is not None
    assert (case.happened_edition.number, case.code_edition.number) == (1, 2)
    words = page(browse, staff.handler, case)
    assert "When it happened: code of conduct, edition 1" in words
    assert "We deliver within 3 days." in words
    assert "As edition 1 of the code of conduct had it when it happened." in words


def test_without_a_day_of_the_problem_the_code_at_receipt_counts(
    browse: Browse, staff: Staff
) -> None:
    published("code", 1, days_ago=5, statement="We deliver within 5 days.")
    promise = Promise.objects.create(code="D1", statement="We deliver within 5 days.")
    case = make_case(promise=promise)
    assert case.happened_edition is None
    assert "As edition 1 of the code of conduct had it when the case came in." in page(
        browse, staff.handler, case
    )
