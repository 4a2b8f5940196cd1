"""The same code for a charity of three and for a retailer with several sites (FW-OPEN, annex B)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from complaints import starter
from complaints.lifecycle import Outcome, State
from complaints.models import Case, Category, Cause, HandlingSettings, RemedyKind, Team
from conduct.models import Organisation
from tests import people
from tests.factories import ASSESSMENT, act, proposal, submit

pytestmark = pytest.mark.django_db


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answer(client: Client, step: str, site: Site, **data: Any) -> None:
    """One page of the setup guide; it must be accepted."""
    url = reverse("conduct_complaints_admin:setup_step", args=[step])
    page = client.post(f"{url}?site={site.pk}", data)
    errors = page.context["form"].errors if page.status_code == 200 else {}
    assert page.status_code == 302, errors


def all_of(kind: str) -> list[str]:
    return [entry.code for entry in starter.entries(kind)]


def set_up(client: Client, site: Site, *, name: str, size: str, zone: str, lead: Any) -> None:
    answer(client, "organisation", site, name_en=name, email="hello@example.org", phone="")
    answer(
        client, "rules", site, size=size, time_zone=zone, acknowledge_days=1, answer_days=11,
        currency="USD",
    )  # fmt: skip
    answer(client, "people", site, name=f"{name} team", members=[lead.pk], lead=lead.pk)
    answer(
        client, "lists", site, categories=all_of("categories"), remedies=all_of("remedies"),
        causes=all_of("causes"),
    )  # fmt: skip
    answer(client, "outside", site, external_body_name_en="Ombudsman of the country")


def default_site() -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.mark.requirement("FW-OPEN", "10002-B")
def test_a_charity_of_three_goes_from_setup_to_its_first_handled_case_with_default_data(
    django_capture_on_commit_callbacks: Any,
) -> None:
    admin = people.make_admin("amina")
    set_up(
        browser(admin), default_site(), name="Helping Hands", size="small",
        zone="Africa/Nairobi", lead=admin,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        case = submit(category=Category.objects.get(code="manner")).case
        assert str(case.team) == "Helping Hands team"
        act(case, "moderate", admin, result="accept", category=Category.objects.get(code="manner"))
        act(case, "assess", admin, **ASSESSMENT | {"severity": 2})
        act(case, "assign", admin, handler=admin)
        act(case, "investigate", admin)
        # Nobody else has to approve what is not serious: it goes out at once.
        act(case, "propose", admin, **proposal(case, "not_upheld", remedies=[]))
        assert case.state == State.ANSWERED
        act(case, "accept")
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.NOT_UPHELD)
    told = [message.subject for message in mail.outbox if message.to == ["kim@example.com"]]
    assert len(told) == 2  # received, and the answer: accepted, so no more words are needed
    assert any("Helping Hands" in message.body for message in mail.outbox)
    # But nobody approves their own answer where it is serious.
    second = submit(category=Category.objects.get(code="safety")).case
    act(second, "moderate", admin, result="accept", category=Category.objects.get(code="safety"))
    act(second, "assess", admin, **ASSESSMENT | {"severity": 4})
    act(second, "assign", admin, handler=admin)
    act(second, "investigate", admin, plan="Ask both.")
    both = {"both_sides": "Both were asked."}
    act(second, "propose", admin, **proposal(second, "not_upheld", remedies=[], **both))
    assert second.state == State.DECIDING


def make_retailer() -> tuple[Any, list[Site]]:
    """Three sites with rules of their own, two teams, and branches of the tree of categories."""
    admin = people.make_admin("root")
    root = default_site().root_page
    sites = [
        default_site(),
        Site.objects.create(hostname="shop.example.org", root_page=root, site_name="Shop"),
        Site.objects.create(hostname="b2b.example.org", root_page=root, site_name="Trade"),
    ]
    client = browser(admin)
    lead = people.make_user("lena")
    zones = ("Europe/Berlin", "Asia/Riyadh", "America/New_York")
    for site, zone in zip(sites, zones, strict=True):
        set_up(client, site, name="Everything", size="larger", zone=zone, lead=lead)
    return admin, sites


@pytest.mark.requirement("FW-OPEN")
def test_a_retailer_with_several_sites_and_teams_walks_the_whole_way_on_the_same_code() -> None:
    _admin, sites = make_retailer()
    first_team = Team.objects.get(name="Everything team")
    stores = people.make_team("Stores")
    branch = Category.objects.create(
        code="branch-12", name="Branch 12", team=stores,
        parent=Category.objects.get(code="reaching"),
    )  # fmt: skip
    handler = people.make_handler("hana", team=stores)
    boss = people.make_lead("boss", team=stores)
    for site in sites:
        case = submit(site=site, category=branch).case
        assert case.team == stores
        act(case, "moderate", handler, result="accept", category=branch)
        act(case, "assess", handler, **ASSESSMENT)
        act(case, "assign", boss, handler=handler)
        act(case, "investigate", handler)
        refund = {"kind": RemedyKind.objects.get(code="refund"), "description": "All", "amount": 9}
        cause = Cause.objects.get(code="process")
        extra = {"remedies": [refund], "cause_kind": cause, "prevention": "Longer hours."}
        act(case, "propose", handler, **proposal(case, **extra))
        # Larger: somebody else reads every answer.
        assert case.state == State.DECIDING
        act(case, "approve", boss)
        act(case, "accept")
        remedy = case.remedies.get()
        act(case, "deliver_remedy", handler, remedy=remedy, proof="Bank slip")
        act(case, "verify_remedy", boss, remedy=remedy)
        act(case, "close", handler, lesson="Open on Saturdays.")
        assert (case.state, case.outcome) == (State.CLOSED, Outcome.UPHELD)
        assert remedy.currency == "USD"
    # Each site counts in its own week and zone; the other team sees nothing of it.
    weeks = [HandlingSettings.for_site(site).working_weekdays for site in sites]
    assert weeks == ["12345", "12347", "12345"]
    assert {o.name for o in Organisation.objects.all()} == {"Everything"}
    assert first_team.memberships.get().user.username == "lena"
    lena = first_team.memberships.get().user
    assert not Case.objects.visible_to(type(lena).objects.get(pk=lena.pk)).exists()


@pytest.mark.requirement("FW-OPEN")
def test_the_same_moment_is_due_on_another_day_where_another_week_is_worked() -> None:
    _admin, sites = make_retailer()
    thursday = datetime.fromisoformat("2026-03-05T10:00:00+00:00")
    cases = [
        submit(site=site, category=Category.objects.get(code="other"), now=thursday).case
        for site in sites
    ]
    due = [case.clocks.get(name="answer").due_at for case in cases]
    # Eleven working days on: a Friday in Berlin and New York, a Sunday in Riyadh.
    assert [moment.date().isoformat() for moment in due] == [
        "2026-03-20", "2026-03-22", "2026-03-20",
    ]  # fmt: skip
