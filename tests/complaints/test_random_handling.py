"""Random people do random things at random times, and nothing that must hold is ever broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.access import Actor, is_open_to_action
from complaints.deadlines import recompute_due
from complaints.events import broken_links
from complaints.lifecycle import (
    ACTIONS,
    Finding,
    Kind,
    Objectivity,
    Others,
    Refused,
    State,
    perform,
)
from complaints.models import Case, CaseLink, Involvement
from complaints.working_calendar import WorkingCalendar
from tests.factories import ASSESSMENT, Staff, make_category, make_remedy_kind, proposal, submit
from tests.people import make_handler, make_lead, make_privacy, make_quality, make_team

pytestmark = pytest.mark.django_db
#: How a case gets from one state to the next.
FORWARD = (
    ("moderate", "handler"),
    ("assess", "handler"),
    ("assign", "lead"),
    ("investigate", "handler"),
    ("propose", "handler"),
    ("approve", "lead"),
    ("accept", "complainant"),
    ("deliver_remedy", "handler"),
    ("verify_remedy", "lead"),
    ("close", "handler"),
)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class House:
    """The people, three cases of two customers, and a clock that only goes forward."""

    def __init__(self, random: Random) -> None:
        self.random, self.now = random, START
        staff = Staff()
        self.people = {
            "handler": staff.handler,
            "handler2": make_handler("handler2"),
            "lead": staff.lead,
            "lead2": make_lead("lead2"),
            "far": make_handler("far", team=make_team("Far away")),
            "quality": make_quality(),
            "privacy": make_privacy(),
            "complainant": None,
            "system": None,
        }
        self.cases = [
            submit(now=START).case,
            submit(now=START, email="lee@example.com", name="Lee").case,
            submit(now=START, kind=Kind.SUGGESTION).case,
        ]
        self.refused: list[str] = []

    def actor(self, who: str) -> Actor:
        if who == "complainant":
            return Actor.complainant()
        if who == "system":
            return Actor.system()
        return Actor.staff(self.people[who])

    def data(self, case: Case, action: str) -> dict[str, Any]:
        """Plausible values for everything any action needs, now and then with something missing."""
        choose = self.random.choice
        issue = case.issues.first()
        finding = choose([Finding.UPHELD, Finding.NOT_UPHELD])
        values: dict[str, Any] = proposal(case, finding) | ASSESSMENT | {
            "result": choose(["accept", "accept", "out_of_scope", "duplicate"]),
            "scope_reason": "employment",
            "detail": "Please write to the works council.",
            "duplicate_of": choose(self.cases).reference,
            "category": make_category(),
            "severity": choose([1, 3, 4]),
            "handler": choose([self.people[w] for w in ("handler", "handler2", "lead", "far")]),
            "colleague": self.people["handler2"],
            "named": case.involvements.filter(part=Involvement.Part.NAMED).first(),
            "step": choose(["informed", "supported", "heard", "result"]),
            "account": "It was dry.",
            "plan": "Ask everybody.",
            "text": "Words.",
            "reason": "A reason.",
            "how": "By telephone.",
            "confidential": False,
            "kind": choose([Kind.COMPLAINT, Kind.QUESTION]),
            "both_sides": "Both were asked.",
            "others": choose([*Others, ""]),
            "checklist": list(Objectivity),
            "remedy": case.remedies.order_by("?").first(),
            "proof": "Slip 7.",
            "agreed": True,
            "lesson": "A shelter.",
            "issue": issue,
            "issues": list(case.issues.all()[:1]),
            "promise": None,
            "until": (self.now + timedelta(days=choose([10, 40, 60]))).date(),
            "measure": "written",
            "other": choose(self.cases).reference,
            "link_kind": "related",
            "linked": CaseLink.objects.of(case).first(),
            "message": case.messages.first(),
            "language": choose(["en", "ko"]),
            "outreach": case.outreach.first(),
            "purpose": "survey",
            "remedy_kind": make_remedy_kind(),
            "amount": choose([None, 5, 500]),
        }  # fmt: skip
        if action == "review_restriction":
            values["result"] = choose(["keep", "lift"])
        if action == "check_authority":
            values["result"] = "confirmed"
        if self.random.random() < 0.1:
            del values[choose(sorted(values))]
        return values

    def step(self) -> None:
        self.now += timedelta(hours=self.random.choice([1, 5, 30, 200]))
        case = Case.objects.get(pk=self.random.choice(self.cases).pk)
        possible = [name for name, action in ACTIONS.items() if is_open_to_action(case, action)]
        action, who = self.choose(possible)
        before = (case.state, case.version, case.events.count(), case.messages.count())
        try:
            perform(case, action, actor=self.actor(who), data=self.data(case, action), now=self.now)
        except Refused as refused:
            self.refused.append(str(refused))
            case = Case.objects.get(pk=case.pk)
            assert (case.state, case.version, case.events.count(), case.messages.count()) == before
            return
        self.check_step(case, action, who, before)

    def choose(self, possible: list[str]) -> tuple[str, str]:
        """Half of the time a step forward by who may; else what the state allows, or anything."""
        forward = [(name, who) for name, who in FORWARD if name in possible]
        if forward and self.random.random() < 0.5:
            return self.random.choice(forward)
        any_of = possible if self.random.random() < 0.9 else sorted(ACTIONS)
        return self.random.choice(any_of), self.random.choice(sorted(self.people))

    def check_step(self, case: Case, action: str, who: str, before: tuple[Any, ...]) -> None:
        row = ACTIONS[action]
        assert before[0] in row.sources
        assert case.state == before[0] or case.state in row.targets
        assert (case.version, case.events.count()) == (before[1] + 1, before[2] + 1)
        user = self.people[who]
        if user is not None:
            # Who acted saw the case before; whoever is barred never did anything.
            parts = case.involvements.filter(user=user, part__in=Involvement.BARRED)
            assert not parts.exists() or action in {"declare_conflict", "name_staff"}

    def check_all(self) -> None:
        assert [words for words in self.refused if not words.strip() or "%(" in words] == []
        cases = list(Case.objects.all())
        assert {case.pk for case in self.cases} <= {case.pk for case in cases}, "none is lost"
        assert list(broken_links(cases)) == []
        for case in cases:
            calendar = WorkingCalendar.for_site(case.site)
            for clock in case.clocks.all():
                assert recompute_due(clock, calendar) == clock.due_at
            assert (case.state == State.CLOSED) == (case.closed_at is not None)
            assert bool(case.outcome) == (case.state == State.CLOSED)
            handler = case.handler
            if handler is not None and case.state != State.CLOSED:
                barred = case.involvements.filter(user=handler, part__in=Involvement.BARRED)
                assert not barred.exists()
            for decision in case.decisions.exclude(sent_at=None):
                assert decision.proposed_by != decision.approved_by
            for name, user in self.people.items():
                if user is None:
                    continue
                sees = Case.objects.visible_to(user).filter(pk=case.pk).exists()
                barred = case.involvements.filter(user=user, part__in=Involvement.BARRED).exists()
                assert not (sees and barred), name


@pytest.mark.slow
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_whatever_people_do_the_rules_hold(seed: int) -> None:
    with transaction.atomic():
        house = House(Random(seed))
        for _ in range(40):
            house.step()
        house.check_all()
        transaction.set_rollback(True)


def test_the_random_people_do_get_somewhere() -> None:
    """So that the test above is about something: in a dozen runs they answer, close and link."""
    wanted = {"moderate", "assess", "assign", "propose", "approve", "accept", "close", "link"}
    seen: set[str] = set()
    for seed in range(12):
        with transaction.atomic():
            house = House(Random(seed))
            for _ in range(40):
                house.step()
            seen |= set(Case.objects.values_list("events__action", flat=True))
            transaction.set_rollback(True)
        if wanted <= seen:
            break
    assert wanted <= seen
