"""The way that an assessment proposes, and that a person decides (7.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.analysis.priorities import Reprioritised, reprioritised
from complaints.lifecycle import Refused, Route, Scale
from complaints.models import Case, TeamMember
from complaints.routing import proposed_route
from tests.factories import ASSESSMENT, Staff, act, make_case, make_remedy_kind, submit

pytestmark = pytest.mark.django_db
MINOR = ASSESSMENT | {"severity": 1}


def assessed(case: Case, **values: object) -> Case:
    act(case, "assess", Staff().handler, **MINOR | values)
    return case


@pytest.mark.requirement("10002-7.5")
@pytest.mark.parametrize(
    ("values", "route", "reason"),
    [
        ({}, "early", "perhaps it can be settled with the person at once"),
        ({"severity": 3}, "investigate", "It is more than a minor matter."),
        ({"complexity": Scale.MEDIUM}, "investigate", "It is not simple."),
        ({"impact": Scale.MEDIUM}, "investigate", "It reaches others or costs more than a little."),
        ({"vulnerable": True}, "investigate", "The person needs special support."),
        ({"severity": 4}, "planned", "It is serious for the person."),
        ({"complexity": Scale.HIGH}, "planned", "It is complex."),
        ({"impact": Scale.HIGH}, "planned", "It reaches far."),
        ({"severity": 5}, "urgent", "It is critical for the person."),
        ({"safety": True}, "urgent", "Somebody’s safety is at risk."),
        ({"immediate_needed": True}, "urgent", "Something must be done at once."),
    ],
)
def test_what_was_sorted_proposes_a_way_and_says_why(values, route, reason):
    case = assessed(make_case("open"), **values)
    proposal = proposed_route(case, Staff().handler)
    assert (case.route, case.proposed_route, proposal.route) == (route, route, route)
    assert [words for words in proposal.reasons if reason in words] != []


def test_where_a_colleague_is_named_both_sides_are_heard_by_a_plan():
    case = assessed(make_case("open", details={"staff_named": "the man at the counter"}))
    assert case.route == Route.PLANNED
    act(case, "assign", Staff().lead, handler=Staff().handler)
    with pytest.raises(Refused, match="goes by a plan"):
        act(case, "investigate", Staff().handler)
    act(case, "investigate", Staff().handler, plan="Ask him, ask her.")
    assert case.state == "investigating"


def test_who_may_give_no_money_does_not_settle_at_once_what_asks_for_it():
    case, handler = make_case("open"), Staff().handler
    case.remedies_wanted.add(make_remedy_kind())
    assert assessed(case).route == Route.INVESTIGATE
    assert proposed_route(case, handler).reasons == (
        "What they want is more than you may give by yourself.",
    )
    TeamMember.objects.filter(user=handler).update(authority_limit=50)
    assert assessed(case).route == Route.EARLY
    assert proposed_route(case, handler).reasons == (
        "It is minor and simple, and you may give up to 50.00 EUR by yourself.",
    )


@pytest.mark.requirement("10002-7.5")
def test_another_way_needs_a_reason_that_is_kept():
    case = make_case("open")
    with pytest.raises(Refused, match="Say why the way differs"):
        assessed(case, route=Route.PLANNED)
    assessed(case, route=Route.PLANNED, reason="It happened twice.")
    assert (case.route, case.proposed_route) == (Route.PLANNED, Route.EARLY)
    assert case.messages.get(purpose="reason").body == "It happened twice."
    assert case.events.last().data["new"]["route"] == "planned"


def test_only_a_complaint_goes_a_way():
    assert assessed(make_case("open", kind="question")).route == ""


def test_the_form_shows_what_it_suggests_and_does_nothing_yet(client):
    case, handler = make_case("open"), Staff().handler
    client.force_login(handler)
    url = reverse("conduct_complaints_admin:action", args=[case.reference, "assess"])
    assert "What this suggests" not in client.get(url).content.decode()

    typed = {"severity": "4", "complexity": "low", "impact": "low", "suggest": "1"}
    page = client.post(url, typed).content.decode()

    assert "<strong>Investigate by a plan</strong>" in page
    assert "<li>It is serious for the person.</li>" in page
    case.refresh_from_db()
    assert case.assessed_at is None


def test_a_case_to_settle_at_once_offers_that_first(client):
    case, handler = assessed(make_case("open")), Staff().handler
    act(case, "assign", Staff().lead, handler=handler)
    client.force_login(handler)
    page = client.get(reverse("conduct_complaints_admin:case", args=[case.reference]))
    assert page.context["offers"].now[0].name == "resolve_early"


@pytest.mark.requirement("10002-7.5")
def test_a_priority_that_changed_after_the_assessment_counts_once_up_or_down():
    since, until = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    up, down, back, never = (make_case("open") for _ in range(4))
    submit()
    for case, severities in ((up, (1, 4, 5)), (down, (4, 1)), (back, (1, 4, 1)), (never, (1,))):
        for severity in severities:
            assessed(case, severity=severity)
    found = reprioritised(Case.objects.all(), since=since, until=until)
    assert found == Reprioritised(assessed=4, up=1, down=1)
    assert found.share == 50
    assert reprioritised(Case.objects.all(), since=until, until=until).share == 0
