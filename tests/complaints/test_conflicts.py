"""Colleagues whom a complaint names."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from complaints.conflicts import people_named_in
from complaints.lifecycle import State
from complaints.models import Case, Involvement
from tests.factories import Staff, act, make_case, submit
from tests.people import make_editor, make_handler

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nguyễn Thị Lan", True),
        ("the clerk, Ms NGUYEN THI LAN!", True),
        ("Nguyễn", True),
        ("Lan at the counter", False),
        ("", False),
        ("  ", False),
        ("Nguyenberg", False),
    ],
)
def test_a_name_is_found_however_it_is_written(words: str, found: bool) -> None:
    user = make_handler("lan", first_name="Thị Lan", last_name="Nguyễn")

    assert (user in people_named_in(words)) == found


@pytest.mark.requirement("10002-4.7")
def test_who_is_named_never_sees_the_case_and_whoever_works_on_it_does() -> None:
    named = make_handler("named", first_name="Ana", last_name="Moreno")
    staff, third = Staff(), make_handler("third")
    assert staff.lead

    case = submit(details={"staff_named": "Mrs. Moréno at the counter"}).case

    assert case.involvements.get(user=named).part == Involvement.Part.NAMED
    assert case not in Case.objects.visible_to(named)
    assert case in Case.objects.visible_to(staff.lead)
    assert case not in Case.objects.visible_to(third)


@pytest.mark.requirement("10002-4.7")
def test_whoever_assesses_is_shown_a_colleague_whose_whole_name_stands_in_the_words(
    client: Client,
) -> None:
    named = make_handler("eva", first_name="Éva", last_name="Kovács")
    make_handler("young", first_name="", last_name="Driver")
    case, staff = make_case(State.OPEN, description="Eva Kovacs, the driver, shouted."), Staff()
    client.force_login(staff.lead)
    url = reverse("conduct_complaints_admin:action", args=[case.reference, "assess"])
    note = reverse("conduct_complaints_admin:action", args=[case.reference, "name_staff"])

    page = client.get(url).content.decode()
    assert f'<a href="{note}?colleague={named.pk}">Éva Kovács</a>' in page
    assert page.count("?colleague=") == 1

    form = client.get(f"{note}?colleague={named.pk}").context["form"]
    assert str(form["colleague"].value()) == str(named.pk)
    act(case, "name_staff", staff.lead, colleague=named, reason="The driver.")
    assert "?colleague=" not in client.get(url).content.decode()


def test_only_staff_who_handle_cases_are_looked_for() -> None:
    editor = make_editor()
    editor.last_name = "Moreno"
    editor.save()

    assert people_named_in("Moreno") == []


def test_a_confidential_case_is_not_left_alone_by_a_conflict() -> None:
    case, staff = make_case(State.OPEN), Staff()
    act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "set_confidential", staff.handler, confidential=True, reason="About a colleague")
    case.involvements.filter(user=staff.lead).delete()

    act(case, "declare_conflict", staff.handler, reason="My sister")

    assert case in Case.objects.visible_to(staff.lead)
