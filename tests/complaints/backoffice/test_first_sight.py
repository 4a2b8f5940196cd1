"""What is owed to whom by when, what has to be minded, and who else is on the case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.backoffice.presence import others_here
from complaints.kept_writing import keep
from complaints.models import Access, Case, Outreach
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, act, make_case

pytestmark = pytest.mark.django_db


def page(browse: Browse, user: Any, case: Case) -> Any:
    return browse(user).get(reverse("conduct_complaints_admin:case", args=[case.reference]))


def owed(browse: Browse, user: Any, case: Case) -> list[tuple[str, str, str, bool]]:
    things = page(browse, user, case).context["owed"]
    return [(str(one.what), one.to, one.whose, one.is_theirs) for one in things]


def test_a_new_case_owes_an_acknowledgement_and_an_answer_the_sooner_first(
    browse: Browse, staff: Staff
) -> None:
    case = make_case(complainant={"name": "Kim", "phone": "+66 2"})
    assert owed(browse, staff.handler, case) == [
        ("Acknowledgement", "Kim", "", False),
        ("Answer", "Kim", "", False),
    ]
    [first, _second] = page(browse, staff.handler, case).context["owed"]
    assert first.due.text == "Due in 1 working day"
    assert len(first.why) == 1


def test_while_a_question_waits_it_is_their_turn(browse: Browse, staff: Staff) -> None:
    case = make_case("waiting")
    assert owed(browse, staff.handler, case) == [("Their reply to our question", "us", "", True)]


def test_what_was_promised_is_owed_until_somebody_has_verified_it(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("deciding")
    remedy = case.remedies.get()
    remedy.due_on, remedy.owner = date(2020, 1, 1), staff.lead
    remedy.save()
    act(case, "approve", staff.lead)
    assert owed(browse, staff.handler, case) == [
        ("Refund, 20.00 EUR", "Kim Min-ji", "Lead", False),
        ("Reply of the complainant", "us", "", True),
    ]
    assert page(browse, staff.handler, case).context["owed"][0].due.is_overdue
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Slip")
    assert ("To be verified: Refund", "", "Handler", False) in owed(browse, staff.handler, case)
    act(case, "verify_remedy", staff.lead, remedy=remedy)
    assert owed(browse, staff.handler, case) == [("Reply of the complainant", "us", "", True)]


def test_others_who_are_affected_are_owed_too(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    Outreach.objects.create(
        case=case, who="All on that tour", created_at=timezone.now(), owner=staff.lead
    )
    assert owed(browse, staff.handler, case)[-1] == (
        "Outreach", "others who are affected", "Lead", False,
    )  # fmt: skip


def test_who_oversees_reads_what_is_owed_without_a_name(browse: Browse, staff: Staff) -> None:
    case = make_case("investigating")
    assert owed(browse, people.make_quality(), case) == [
        ("Next message to the complainant", "the complainant", "Handler", False),
        ("Answer", "the complainant", "Handler", False),
    ]


def test_a_closed_case_owes_nothing(browse: Browse, staff: Staff) -> None:
    case = make_case("closed")
    assert owed(browse, staff.handler, case) == []
    assert "Nothing is owed to anybody now." in page(browse, staff.handler, case).content.decode()


def test_support_needs_stand_on_top_once_and_stay(browse: Browse, staff: Staff) -> None:
    case = make_case(
        complainant={"name": "Kim", "email": "k@example.com", "support": ["large_print"]}
    )
    words = page(browse, staff.handler, case).content.decode()
    bar = words.index('class="conduct-needs"')
    assert bar < words.index('class="conduct-head"')
    assert words.count('conduct-need"') == 1
    assert "conduct-needs" not in page(browse, people.make_quality(), case).content.decode()


def test_colleagues_who_look_or_write_are_named(staff: Staff) -> None:
    case, now = make_case("open"), timezone.now()
    privacy = people.make_privacy()
    Access.objects.create(case=case, user=staff.lead, what="view", at=now - timedelta(minutes=3))
    Access.objects.create(case=case, user=privacy, what="view", at=now - timedelta(seconds=5))
    keep(case, people.make_admin(), "assess", [("severity", "3")])
    assert others_here(case, staff.handler, now) == [
        "Admin is writing: Assess",
        "Privacy is looking at this case",
        "Lead looked at this case 3 minutes ago",
    ]


def test_nobody_is_told_of_themselves_or_of_who_left(staff: Staff) -> None:
    case, now = make_case("open"), timezone.now()
    Access.objects.create(case=case, user=staff.handler, what="view", at=now)
    Access.objects.create(case=case, user=staff.lead, what="view", at=now - timedelta(minutes=16))
    Access.objects.create(case=make_case(), user=staff.lead, what="view", at=now)
    keep(case, staff.lead, "note", [("text", "Ask the depot")])
    later = now + timedelta(minutes=11)
    assert others_here(case, staff.handler, later) == []
    assert others_here(case, staff.lead, now) == ["Handler is looking at this case"]


def test_presence_costs_two_queries_however_many_are_here(
    staff: Staff, django_assert_num_queries: Any
) -> None:
    case, now = make_case("open"), timezone.now()
    for number in range(8):
        user = people.make_handler(f"h{number}")
        Access.objects.create(case=case, user=user, what="view", at=now)
        keep(case, user, "note", [("text", "x")])
    viewer = staff.handler
    with django_assert_num_queries(2):
        assert len(others_here(case, viewer, now)) == 5


def test_the_page_says_what_a_colleague_writes_but_not_the_words(
    browse: Browse, staff: Staff
) -> None:
    case = make_case("open")
    keep(case, staff.lead, "note", [("text", "My secret thought")])
    words = page(browse, staff.handler, case).content.decode()
    assert "Lead is writing: Keep internal note" in words
    assert "My secret thought" not in words
