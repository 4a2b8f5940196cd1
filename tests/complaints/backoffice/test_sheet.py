"""The case as one sheet, compared with the follow-up form of annex E, written down by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from complaints.backoffice.sheet import FIELDS, TABLES, TITLES
from complaints.models import Access, Case, Involvement
from tests import people
from tests.complaints.backoffice.conftest import Browse, checked_file
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

#: Table E1 of the design, by hand: what the form asks for, and the lines or the columns (table:
#: column) of the sheet that answer it.
TABLE_E1: dict[str, dict[str, list[str]]] = {
    "receipt": {
        "case reference": ["reference"],
        "date, time, zone": ["received_at", "stored_at", "time_zone"],
        "received by": ["received_by"],
        "channel": ["channel"],
        "language": ["language"],
        "policy, notice and profile versions": [
            "code_edition", "happened_edition", "policy_edition", "notice_version", "time_limits",
        ],
        "back-dating reason": ["back_dating_reason"],
    },
    "complainant": {
        "identity": ["complainant.name", "complainant.address_as"],
        "contact": [
            "complainant.email", "complainant.phone", "complainant.postal_address",
            "complainant.country", "other_contact",
        ],
        "type": ["complainant_type"],
        "representative": [
            "representative.name", "representative.relation", "answer_to_representative",
        ],
        "authority": [
            "representative.authority", "representative.authority_scope",
            "representative.authority_until",
        ],
        "support needs": [
            "complainant.support", "complainant.support_needs", "complainant.support_review_on",
        ],
        "contact rules": ["contact_rules", "complainant.reply_by", "complainant.contact_times"],
        "earlier cases": ["earlier_cases"],
    },
    "complaint": {
        "references": ["order_number", "elsewhere"],
        "referred by": ["elsewhere"],
        "date made by complainant": ["made_on"],
        "issues": [
            "issues: No.", "issues: Category", "issues: Description", "issues: Product",
            "issues: Place", "issues: Promise", "staff_named",
        ],
        "related or duplicate cases": ["related_cases"],
    },
    "problem": {
        "date of problem": ["happened_on", "happened_when"],
        "recurring or repeat flags": ["still_going_on", "happened_before", "earlier_contact"],
        "category families": ["categories"],
        "other and text": ["description"],
    },
    "assessment": {
        "severity": ["severity"],
        "safety": ["safety"],
        "complexity": ["complexity"],
        "impact": ["impact"],
        "immediate action needed, possible, done": [
            "immediate_needed", "immediate_possible", "immediate_done",
        ],
        "compensation likely": ["compensation"],
        "vulnerability": ["vulnerable"],
        "systemic": ["systemic"],
        "legal or media": ["legal_hold"],
        "priority proposed and set": ["proposed_priority", "priority"],
        "reason of override": ["override_reason"],
        "route": ["team", "handler"],
        "deadlines": ["deadlines"],
    },
    "investigation": {
        "plan": ["plan"],
        "questions, people asked with dates": ["people_asked"],
        "person complained about": ["complained_about"],
        "evidence list": ["evidence"],
        "standard that applied": ["standard"],
        "finding per issue": ["issues: Finding"],
        "provisional view": ["provisional_view"],
        "conflict declarations": ["conflicts"],
    },
    "resolution": {
        "remedy wanted": ["remedies_wanted", "remedy_wanted"],
        "actions": [
            "remedies: Remedy", "remedies: Value", "remedies: Authority", "remedies: Owner",
            "remedies: Due", "remedies: Delivered", "remedies: Proof", "remedies: Verified",
        ],
        "cause code": ["cause_kind", "cause"],
        "others affected": ["others_affected"],
        "decision per issue": ["outcome", "scope_reason"],
        "reasons": ["issues: Reasons"],
        "letter version, sent on": ["letters"],
        "external route given": ["external_route"],
        "reply of complainant and date": ["reply"],
    },
    "tracking": {
        "dated rows": ["steps: When"],
        "actor": ["steps: Who"],
        "step": ["steps: What"],
        "remark": ["steps: Remark"],
    },
}  # fmt: skip


def sheet_url(case: Case) -> str:
    return reverse("conduct_complaints_admin:print", args=[case.reference])


def sheet(browse: Browse, user: Any, case: Case) -> Any:
    return browse(user).get(sheet_url(case))


@pytest.mark.requirement("10002-E")
def test_the_sheet_has_every_field_of_the_form_in_its_order(browse: Browse, staff: Staff) -> None:
    case = make_case("answered")
    blocks = sheet(browse, staff.handler, case).context["blocks"]
    assert [block.slug for block in blocks] == list(TABLE_E1)
    tables = {TABLES[block.slug].__name__: block.heads for block in blocks if block.heads}
    columns = {f"{table}: {head}" for table, heads in tables.items() for head in heads}
    for block in blocks:
        names = {line.name for line in block.lines}
        wanted = {name for names in TABLE_E1[block.slug].values() for name in names}
        # Findings and reasons stand with the issues they are about.
        assert {name for name in wanted if ": " not in name} - names == set(), block.slug
        assert {name for name in wanted if ": " in name} - columns == set(), block.slug


@pytest.mark.requirement("10002-E")
def test_every_line_is_printed_filled_in_or_not(browse: Browse, staff: Staff) -> None:
    case = make_case()
    response = sheet(browse, staff.handler, case)
    page = response.content.decode()
    assert page.count("<dt>") == sum(len(names) for names in FIELDS.values())
    headings = [page.index(f"<h2>{n} {title}</h2>") for n, title in enumerate(TITLES.values(), 1)]
    assert headings == sorted(headings)
    assert response["Cache-Control"].startswith("private, no-store")


def test_what_happened_stands_on_the_sheet(browse: Browse, staff: Staff) -> None:
    case = make_case("open", language="ar", description="وصل الطرد متأخراً", files=[checked_file()])
    act(
        case, "assess", staff.handler, severity=2, complexity="low", impact="low",
        priority="top", reason="A wedding.",
    )  # fmt: skip
    act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "investigate", staff.handler, plan="Ask the depot.")
    act(case, "ask", staff.handler, text="متى؟")
    page = sheet(browse, staff.handler, case).content.decode()
    for words in (
        "Kim Min-ji", "kim@example.com", "A wedding.", "Ask the depot.", "receipt.pdf", "متى؟",
        '<dd lang="ar" dir="rtl">وصل الطرد متأخراً</dd>', "Started the investigation",
    ):  # fmt: skip
        assert words in page


@pytest.mark.requirement("GDPR-32")
def test_printing_is_logged_as_a_view_of_who_read_words(browse: Browse, staff: Staff) -> None:
    case = make_case()
    sheet(browse, people.make_quality(), case)
    assert not Access.objects.exists()
    sheet(browse, staff.handler, case)
    assert list(Access.objects.values_list("user", "what")) == [(staff.handler.pk, "view")]


def named(case: Case) -> Any:
    user = people.make_admin("named")
    Involvement.objects.create(
        case=case, user=user, part=Involvement.Part.NAMED, since=case.received_at
    )
    return user


#: Status, and whether names and words are on it.
WHO: dict[str, tuple[Callable[[Case], Any], int, bool]] = {
    "handler": (lambda case: Staff().handler, 200, True),
    "lead": (lambda case: Staff().lead, 200, True),
    "privacy": (lambda case: people.make_privacy(), 200, True),
    "quality": (lambda case: people.make_quality(), 200, False),
    "auditor": (lambda case: people.make_auditor(), 200, False),
    "other team": (lambda case: people.make_handler("o", team=people.make_team("B")), 404, False),
    "named admin": (named, 404, False),
    "editor": (lambda case: people.make_editor(), 302, False),
}


@pytest.mark.requirement("GDPR-32")
@pytest.mark.parametrize("who", WHO)
def test_names_and_words_are_printed_for_who_may_read_them(
    who: str, browse: Browse, staff: Staff
) -> None:
    case = make_case("closed", files=[checked_file()], details={"effect": "I could not sleep."})
    act(case, "note", staff.lead, text="Mrs Secret saw it.")
    minh = people.make_handler("minh")
    Involvement.objects.create(case=case, user=minh, part="named", since=case.received_at)
    make, status, words = WHO[who]
    response = sheet(browse, make(case), case)
    assert response.status_code == status
    page = response.content.decode()
    personal = (
        "Kim", "kim@example.com", "parcel", "could not sleep", "receipt.pdf", "We are sorry",
        "It rained", "Bank slip", "shelter", "Postage back",
    )  # fmt: skip
    on_it = [secret for secret in personal if secret in page]
    # What was answered and the note are in the conversation, not on the form.
    expected = [
        "Kim", "kim@example.com", "parcel", "could not sleep", "receipt.pdf", "It rained",
        "Bank slip", "shelter",
    ]  # fmt: skip
    assert on_it == (expected if words else [])
    if who in {"quality", "auditor"}:
        assert "not shown to you" in page
        assert "Minh" not in page


@pytest.mark.parametrize("amount", [1, 30])
def test_the_sheet_costs_the_same_with_one_message_and_with_thirty(
    amount: int, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    case = make_case("investigating")
    for number in range(amount):
        act(case, "note", staff.lead, text=f"Note {number}")
    client = browse(staff.handler)
    client.get(sheet_url(case))
    with django_assert_num_queries(30):
        client.get(sheet_url(case))
