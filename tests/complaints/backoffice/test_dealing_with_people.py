"""What staff must mind about a person: needs, permission of a representative, spam, consents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.contact import contact_of
from complaints.intake.spam import SIGNS, Verdict
from complaints.lifecycle import State
from complaints.models import Case, Party
from tests import people
from tests.complaints.backoffice.conftest import Browse, checked_file
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db

NEEDS = "Large print letters only"
NOT_CHECKED = "Nobody has checked yet whether"


def page_at(client: Client, case: Case, action: str = "") -> str:
    arguments = [case.reference, action] if action else [case.reference]
    url = reverse(f"conduct_complaints_admin:{'action' if action else 'case'}", args=arguments)
    return client.get(url).content.decode()


#: Every action with which somebody writes to or calls the person, and a state that allows it.
CONTACTS = {
    "ask": State.OPEN, "update": State.OPEN, "propose": State.OPEN, "approve": State.DECIDING,
    "resolve_early": State.OPEN, "acknowledge": State.OPEN, "record_told": State.OPEN,
    "moderate": State.RECEIVED, "close": State.PUTTING_RIGHT, "reply": State.OPEN,
}  # fmt: skip


@pytest.mark.requirement("SEC-VULN")
@pytest.mark.requirement("10002-4.6")
@pytest.mark.parametrize("action", CONTACTS)
def test_needs_stand_wherever_somebody_writes_to_the_person(
    action: str, browse: Browse, staff: Staff
) -> None:
    person = {
        "name": "Kim", "phone": "+44 1", "reply_by": "phone", "contact_times": "After 17:00",
        "support_needs": NEEDS,
    }  # fmt: skip
    case = make_case(
        CONTACTS[action],
        language="ko",
        complainant=person,
        details={"urgent": True, "remedy_wanted": "The fare back"},
    )
    page = page_at(browse(staff.lead), case, action)
    box = page[page.index('<section class="conduct-contact"') :].split("</section>")[0]
    for words in (NEEDS, "Urgent or unsafe", "Telephone, in Korean", "After 17:00"):
        assert words in box
    assert "The fare back" in page
    # On the page of the case they are above all else.
    page = page_at(browse(staff.lead), case)
    assert page.index(NEEDS) < page.index('class="conduct-original"')


@pytest.mark.requirement("SEC-VULN")
@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "Ask whether this is still right"), (30, "Ask again by")],
)
def test_needs_are_asked_again_after_a_time(
    days: int, words: str, browse: Browse, staff: Staff
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    case = make_case(complainant={"name": "Kim", "support_needs": NEEDS, "support_review_on": day})
    assert words in page_at(browse(staff.handler), case)


@pytest.mark.requirement("SEC-VULN")
def test_needs_whose_permission_was_taken_back_are_gone(browse: Browse, staff: Staff) -> None:
    case = make_case(
        complainant={"name": "Kim", "support_needs": NEEDS}, consents=["survey", "support"]
    )
    page = page_at(browse(staff.handler), case)
    assert NEEDS in page
    assert "To keep what support they need" in page
    act(case, "withdraw_permission", staff.handler, purpose="support")
    page = page_at(browse(staff.handler), case)
    assert NEEDS not in page
    assert "taken back" in page


@pytest.mark.parametrize(
    ("party", "way"),
    [
        ({"email": "k@example.com"}, "E-mail"),
        ({"phone": "1"}, "Telephone"),
        ({"postal_address": "1 High Street"}, "Letter"),
        ({"email": "k@example.com", "phone": "1", "reply_by": "phone"}, "Telephone"),
        ({"email": "k@example.com", "reply_by": "post"}, "E-mail"),
        ({"email": "k@example.com", "reply_by": "online"}, "on the case page only"),
        ({}, "on the case page only"),
    ],
)
def test_the_way_that_they_want_shows_where_it_is_possible(party: dict[str, Any], way: str) -> None:
    case = make_case(complainant={"name": "Kim", **party})
    assert str(contact_of(case, timezone.localdate()).way) == way


def represented(**fields: Any) -> Case:
    return make_case(
        "open",
        representative={"name": "Ms Adviser", "email": "a@example.com", "authority": "sent"},
        details={"answer_to_representative": True},
        **fields,
    )


def test_an_unchecked_permission_warns_on_the_case_and_on_every_form(
    browse: Browse, staff: Staff
) -> None:
    from dataclasses import replace

    case = represented(files=[replace(checked_file("mandate.pdf"), is_authority=True)])
    client = browse(staff.handler)
    page = page_at(client, case)
    assert f"{NOT_CHECKED} \u2068Ms Adviser\u2069 may be told" in page
    assert "Sent, not checked yet" in page
    people_card = page[page.index('id="people-heading"') :].split("</section>")[0]
    assert "mandate.pdf" in people_card
    for action in ("ask", "update", "propose"):
        assert NOT_CHECKED in page_at(client, case, action)
    until = timezone.localdate() + timedelta(days=30)
    act(case, "check_authority", staff.handler, result="confirmed", scope="Letters", until=until)
    page = page_at(client, case)
    assert NOT_CHECKED not in page
    for words in ("Checked and in order", "Letters", "Result: In order: we may tell this person."):
        assert words in page


def test_who_may_not_read_words_reads_nothing_of_the_representative(
    browse: Browse, staff: Staff
) -> None:
    page = page_at(browse(people.make_quality()), represented())
    for words in (NOT_CHECKED, "Ms Adviser"):
        assert words not in page


def test_possible_spam_has_a_list_of_its_own_and_stays_among_all_open(
    browse: Browse, staff: Staff
) -> None:
    client = browse(staff.handler)

    def listed(preset: str) -> list[int]:
        url = reverse("conduct_complaints_admin:list", args=[preset])
        return [case.pk for case in client.get(url).context["object_list"]]

    url = reverse("conduct_complaints_admin:list", args=["held"])
    assert "Nothing looks like spam." in client.get(url).content.decode()
    code = next(iter(SIGNS))
    held = make_case(verdict=Verdict(signs=(code, "unknown_sign"), score=100))
    honest = make_case()
    assert (listed("held"), listed("moderate")) == ([held.pk], [honest.pk])
    assert set(listed("open")) == {held.pk, honest.pk}
    assert "Held as possible spam" in client.get(url).content.decode()
    page = page_at(client, held)
    for words in ("Held as possible spam", f"{SIGNS[code]}, unknown_sign", "No spam: release it"):
        assert words in page
    act(held, "release", staff.handler)
    assert listed("held") == []
    assert set(listed("moderate")) == {held.pk, honest.pk}


def test_the_new_details_show_and_a_link_fetches_nothing(browse: Browse, staff: Staff) -> None:
    details = {
        "enclosures": "The invoice of May", "evidence_link": "https://example.com/photo",
        "other_contact": "Her sister, +44 2", "back_dating_reason": "Told at the counter",
    }  # fmt: skip
    case = make_case(details=details, consents=["story"])
    Case.objects.filter(pk=case.pk).update(first_kind="suggestion", complaint_wish="asked")
    client = browse(staff.handler)
    page = page_at(client, case)
    for words in (*details.values(), "Received as", "Wants it handled as a complaint"):
        assert words in page, words
    assert 'href="https://example.com/photo"' not in page
    assert 'src="https://example.com/photo"' not in page
    hidden = page_at(browse(people.make_auditor()), case)
    for words in details.values():
        assert words not in hidden
    assert Party.objects.count() == 1
