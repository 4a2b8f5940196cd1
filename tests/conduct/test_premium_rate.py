"""Calls to the numbers an organisation shows cost nothing extra (ISO 10002:2018, 4.8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from conduct import telephone
from conduct.models import Organisation
from conduct.telephone import Cost, cost_of

FREE, ORDINARY, SHARED, PREMIUM = Cost.FREE, Cost.ORDINARY, Cost.SHARED, Cost.PREMIUM
UNKNOWN, UNREADABLE = Cost.UNKNOWN, Cost.UNREADABLE
NUMBERS = [
    ("+44 20 7946 0000", ORDINARY),
    ("+44 909 123 4567", PREMIUM),
    ("+44 871 123 4567", PREMIUM),
    ("+44 800 123 4567", FREE),
    ("+49 30 123456", ORDINARY),
    ("+49 900 1234567", PREMIUM),
    ("+49 180 5 123456", SHARED),
    ("+49 800 1234567", FREE),
    ("+33 1 42 68 53 00", ORDINARY),
    ("+33 8 92 70 12 34", PREMIUM),
    ("+33 8 10 12 34 56", SHARED),
    ("+34 912 345 678", ORDINARY),
    ("+34 803 123 456", PREMIUM),
    ("+34 902 123 456", SHARED),
    ("+84 24 3825 4321", ORDINARY),
    ("+84 1900 545 454", PREMIUM),
    ("+84 1800 1091", FREE),
    ("+82 2 312 3456", ORDINARY),
    ("+82 60 600 1234", PREMIUM),
    ("+82 1588 1234", SHARED),
    ("+86 10 6552 9988", ORDINARY),
    ("+86 16812345", PREMIUM),
    ("+86 400 810 8888", SHARED),
    ("+1 202 555 0143", ORDINARY),
    ("+1 900 234 5678", PREMIUM),
    ("+1 800 234 5678", FREE),
    ("+971 4 234 5678", ORDINARY),
    ("+971 900 234 567", PREMIUM),
    ("+41 900 123 456", PREMIUM),
    ("+41 840 123 456", SHARED),
    ("+979 1 2345 6789", PREMIUM),
    # Written as people write and paste them.
    ("+٩٧١ ٩٠٠ ٢٣٤ ٥٦٧", PREMIUM),
    ("+٤٤ ٢٠ ٧٩٤٦ ٠٠٠٠", ORDINARY),
    ("＋４４　９０９　１２３　４５６７", PREMIUM),
    ("+44 (0)909 / 123-4567", PREMIUM),
    ("\u202a+44\u00a0909\u00a0123\u00a04567\u202c", PREMIUM),
    ("+44\u200b90\u200b91234567", PREMIUM),
    ("tel:+44-909-123-4567", PREMIUM),
    ("Mon–Fri +44 20 7946 0000", ORDINARY),
    ("+44 20 7946 0000 or +44 909 123 4567", PREMIUM),
    ("+44 909 123 4567, +44 20 7946 0000", PREMIUM),
    ("+44 20 7946 0000, 0909 123 4567", UNREADABLE),
    ("+44 20 7946 0000 ext. 12", ORDINARY),
    # Nobody can judge these.
    ("+44 1632 960 123", UNKNOWN),
    ("020 7946 0000", UNREADABLE),
    ("0900 1234567", UNREADABLE),
    ("110", UNREADABLE),
    ("+999 123 456", UNREADABLE),
    ("+44", UNREADABLE),
    ("call us", UNREADABLE),
    ("", UNREADABLE),
]


@pytest.mark.requirement("10002-4.8")
@pytest.mark.parametrize(("number", "cost"), NUMBERS)
def test_what_a_call_costs(number: str, cost: Cost) -> None:
    assert cost_of(number) == cost


@pytest.mark.parametrize(
    ("number", "region", "cost"),
    [
        ("0909 123 4567", "GB", PREMIUM),
        ("020 7946 0000", "GB", ORDINARY),
        ("1900 545 454", "VN", PREMIUM),
        ("٠٤ ٢٣٤ ٥٦٧٨", "AE", ORDINARY),
        ("+44 909 123 4567", "DE", PREMIUM),
    ],
)
def test_a_number_without_a_country_code_is_read_in_its_region(
    number: str, region: str, cost: Cost
) -> None:
    assert cost_of(number, region) == cost


@pytest.mark.requirement("10002-4.8")
@pytest.mark.parametrize(("number", "cost"), [(n, c) for n, c in NUMBERS if n])
def test_an_organisation_keeps_no_number_that_costs_extra(number: str, cost: Cost) -> None:
    organisation = Organisation(phone=number)
    try:
        organisation.clean()
        refused = None
    except ValidationError as error:
        refused = error.message_dict

    said = telephone.REFUSALS.get(cost)
    assert refused == ({"phone": [str(said)]} if said else None)


def test_no_number_needs_no_judgement() -> None:
    Organisation(phone="").clean()

    assert telephone.warning("") is None


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("+34 902 123 456", telephone.WARNINGS[SHARED]),
        ("+44 1632 960 123", telephone.WARNINGS[UNKNOWN]),
        ("+44 20 7946 0000", None),
    ],
)
@pytest.mark.django_db
def test_editors_are_told_what_may_cost_extra(
    organisation: Organisation, admin_client: Client, phone: str, said: Any
) -> None:
    organisation.phone = phone
    organisation.save()
    address = reverse("wagtailsettings:edit", args=["conduct", "organisation", _site().pk])

    page = admin_client.get(address).content.decode()

    shown = [words for words in telephone.WARNINGS.values() if str(words) in page]
    assert shown == ([said] if said else [])


@pytest.mark.requirement("10002-4.8")
@pytest.mark.django_db
def test_the_admin_refuses_a_premium_rate_number_in_words(
    organisation: Organisation, admin_client: Client
) -> None:
    address = reverse("wagtailsettings:edit", args=["conduct", "organisation", _site().pk])
    sent = {"phone": "+44 909 123 4567", "small_number_threshold": "10"}

    page = admin_client.post(address, sent).content.decode()

    organisation.refresh_from_db()
    assert organisation.phone == "+44 20 7946 0000"
    assert page.count("Calls to this number cost extra") >= 1


def _site() -> Site:
    return Site.objects.get(is_default_site=True)
