"""A broken promise that staff find: everybody gets what it says, without a claim."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from complaints.breaches import Breach, Customer, record_breach
from complaints.events import broken_links
from complaints.lifecycle import Channel, State
from complaints.models import AuthorityLimit, Case, Remedy
from complaints.references import key_matches
from conduct.models import Promise
from tests.factories import Staff, act, make_category, make_remedy_kind
from tests.people import make_auditor, make_handler, make_lead

pytestmark = pytest.mark.django_db

THREE = [Customer(f"Customer {n}", f"customer{n}@example.com") for n in range(3)]


@pytest.fixture
def promise() -> Promise:
    return Promise.objects.create(code="D1", statement="We deliver in 3 days.", state="live")


@pytest.fixture
def breach(promise: Promise) -> Breach:
    return Breach(
        site=Site.objects.get(is_default_site=True),
        promise=promise,
        category=make_category(),
        happened="The van broke down; the parcels came two days late.",
        cause="No spare van",
        language="en",
        remedy_kind=make_remedy_kind(),
        words="We delivered late. We pay the postage back.",
        amount=Decimal(5),
        breach_id="one",
    )


@pytest.mark.requirement("10001-6.4f")
def test_a_breach_for_three_customers_makes_three_remedies(
    breach: Breach, django_capture_on_commit_callbacks
) -> None:
    lead = Staff().lead

    with django_capture_on_commit_callbacks(execute=True):
        cases = record_breach(breach, THREE, user=lead)

    assert Remedy.objects.filter(promised_at__isnull=False, amount=5).count() == 3
    assert {case.state for case in cases} == {State.PUTTING_RIGHT}
    assert {case.issues.get().promise for case in cases} == {breach.promise}
    assert {case.channel for case in cases} == {Channel.STAFF}
    assert sorted(m.to[0] for m in mail.outbox) == [c.email for c in THREE]
    assert list(broken_links(cases)) == []
    for message in mail.outbox:
        case = next(c for c in cases if c.reference in message.subject)
        key = message.body.split("Your key: ")[1][:19]
        assert key_matches(key, case.key_hash)


@pytest.mark.requirement("10001-6.4f")
def test_what_was_promised_is_delivered_and_verified_before_it_closes(breach: Breach) -> None:
    lead = Staff().lead
    (case,) = record_breach(breach, THREE[:1], user=lead)
    remedy = case.remedies.get()

    act(case, "deliver_remedy", lead, remedy=remedy, proof="Bank slip")
    act(case, "verify_remedy", lead, remedy=remedy)
    act(case, "close", lead, lesson="A spare van.")

    assert (case.state, case.outcome) == (State.CLOSED, "upheld")


def test_sent_twice_it_makes_nothing_twice(breach: Breach) -> None:
    lead = Staff().lead

    first = record_breach(breach, THREE, user=lead)
    second = record_breach(breach, THREE, user=lead)

    assert [c.pk for c in first] == [c.pk for c in second]
    assert Remedy.objects.count() == 3


def test_another_list_of_customers_is_no_repetition(breach: Breach) -> None:
    lead = Staff().lead
    record_breach(breach, THREE, user=lead)

    cases = record_breach(breach, [Customer("Kim", "kim@example.com"), THREE[2]], user=lead)

    assert [case.complainant.name for case in cases] == ["Kim", "Customer 2"]
    assert Remedy.objects.count() == 4


ADDRESS = "conduct_complaints_admin:breach"


def form_data(breach: Breach, **changes: str) -> dict[str, str]:
    return {
        "breach_id": "two",
        "promise": str(breach.promise.pk),
        "category": str(breach.category.pk),
        "happened": breach.happened,
        "cause": breach.cause,
        "customers": "Reed, Alex, alex@example.com\n\nKim, kim@example.com",
        "language": "en",
        "words": breach.words,
        "remedy_kind": str(breach.remedy_kind.pk),
        "amount": "5",
    } | changes


def test_a_lead_fills_in_one_form_for_all(client: Client, breach: Breach) -> None:
    client.force_login(make_lead())
    page = client.get(reverse(ADDRESS)).content.decode()
    assert "Put right a broken promise" in page
    assert "without having to claim it" in page

    response = client.post(reverse(ADDRESS), form_data(breach), follow=True)

    assert "2 customers get what we owe." in response.content.decode()
    names = Case.objects.values_list("complainant__name", flat=True)
    assert sorted(names) == ["Kim", "Reed, Alex"]


def test_a_line_without_an_address_is_named_and_everything_is_kept(
    client: Client, breach: Breach
) -> None:
    client.force_login(make_lead())

    response = client.post(reverse(ADDRESS), form_data(breach, customers="Kim at home"))

    page = response.content.decode()
    assert "no e-mail address after a comma: Kim at home" in page
    assert breach.words in page
    assert Case.objects.count() == 0


def test_a_name_that_is_far_too_long_does_not_stop_the_others(
    client: Client, breach: Breach
) -> None:
    client.force_login(make_lead())

    client.post(reverse(ADDRESS), form_data(breach, customers=f"{'K' * 300}, kim@example.com"))

    assert Case.objects.get().complainant.name == "K" * 200


@pytest.mark.parametrize("make", [make_handler, make_auditor])
def test_only_leads_may(client: Client, breach: Breach, make) -> None:
    client.force_login(make())

    response = client.post(reverse(ADDRESS), form_data(breach))

    assert response.status_code == 302  # Wagtail sends who lacks a right to the dashboard
    assert Case.objects.count() == 0


def test_leads_find_the_form_from_every_list_and_handlers_do_not(client: Client) -> None:
    found = {}
    for user in (make_lead(), make_handler()):
        client.force_login(user)
        page = client.get(reverse("conduct_complaints_admin:index"), follow=True)
        found[user.username] = reverse(ADDRESS) in page.content.decode()

    assert found == {"lead": True, "handler": False}


@pytest.mark.requirement("10002-5.4.4")
@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("", "Fill this in."),
        ("0", "Fill this in."),
        ("90000", "This is more than you may approve."),
    ],
)
def test_an_amount_that_may_not_be_promised_is_refused_in_the_form(
    client: Client, breach: Breach, amount: str, said: str
) -> None:
    AuthorityLimit.objects.create(role=AuthorityLimit.For.LEAD, amount=100, currency="EUR")
    client.force_login(make_lead())

    response = client.post(reverse(ADDRESS), form_data(breach, amount=amount))

    page = response.content.decode()
    assert (response.status_code, said in page, breach.words in page) == (200, True, True)
    assert Case.objects.count() == 0
