"""Random people do random things at random times, and nothing that must hold is ever broken.

A state machine of hypothesis: it draws who does what to which case and how much time passes, and
shrinks what breaks a rule to the few steps that do. Short in every run, long in the slow one.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from complaints.access import Actor, is_open_to_action, sees_personal_data
from complaints.automation import run_clocks
from complaints.deadlines import KEPT_INFORMED, OURS, recompute_due
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
from complaints.models import NEVER, Case, CaseLink, ClockName, Involvement, Notice
from complaints.working_calendar import WorkingCalendar
from tests.factories import (
    ASSESSMENT,
    Staff,
    make_category,
    make_remedy_kind,
    proposal,
    submit,
    walk_to,
)
from tests.people import (
    make_auditor,
    make_editor,
    make_handler,
    make_lead,
    make_privacy,
    make_quality,
    make_team,
)

pytestmark = pytest.mark.django_db
ADMIN = "conduct_complaints_admin"
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
#: What is chosen within one step; the steps themselves are hypothesis' to choose and to shrink.
SEEDS = st.integers(0, 2**32)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: Nobody but these acts; the others only look.
ACTORS = ("handler", "handler2", "lead", "lead2", "far", "privacy", "complainant", "system")
#: What is done before hypothesis draws anything.
ALWAYS = {"propose", "assign", "approve"}
STAFF = ("handler", "handler2", "lead", "lead2", "far", "quality", "auditor", "privacy", "editor")
OVERSEERS = frozenset({"quality", "auditor"})


def make_people() -> dict[str, Any]:
    staff = Staff()
    return {
        "handler": staff.handler,
        "handler2": make_handler("handler2"),
        "lead": staff.lead,
        "lead2": make_lead("lead2"),
        "far": make_handler("far", team=make_team("Far away")),
        "quality": make_quality(),
        "auditor": make_auditor(),
        "privacy": make_privacy(),
        "editor": make_editor(),
    }


def may_see(name: str, user: Any, case: Case) -> bool:
    """Written by hand from the design: not what the code says."""
    parts = set(case.involvements.filter(user=user).values_list("part", flat=True))
    if name == "editor" or parts & {"named", "conflict"}:
        return False
    if name == "privacy" or parts or case.handler_id == user.pk:
        return True
    if case.confidential:
        return False
    if name in OVERSEERS or case.team is None:
        return True
    return (case.team.name == "Far away") == (name == "far")


class House:
    """The people, three cases of two customers, and a clock that only goes forward."""

    def __init__(self) -> None:
        self.now = START
        self.people = make_people()
        self.cases = [
            submit(now=START).case,
            submit(now=START, email="lee@example.com", name="Lee").case,
            submit(now=START, kind=Kind.SUGGESTION).case,
        ]
        # One is well on its way, so that a short run gets to answers, too.
        walk_to(self.cases[0], State.INVESTIGATING, now=START)
        self.refused: list[str] = []

    def actor(self, who: str) -> Actor:
        if who == "complainant":
            return Actor.complainant()
        if who == "system":
            return Actor.system()
        return Actor.staff(self.people[who])

    def data(self, case: Case, action: str, random: Random) -> dict[str, Any]:
        """Plausible values for everything any action needs, now and then with something missing."""
        choose = random.choice
        finding = choose([Finding.UPHELD, Finding.NOT_UPHELD])
        values: dict[str, Any] = proposal(case, finding) | ASSESSMENT | {
            "result": choose(["accept", "accept", "out_of_scope", "duplicate"]),
            "scope_reason": choose(["employment", "too_old"]),
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
            "confidential": choose([False, True]),
            "condition": choose(["claims", "none"]),
            "words": choose(["parcel", "left in the rain", "nowhere to be found"]),
            "why": "health",
            "original": choose(["keep", "remove"]),
            "file": None,
            "kind": choose([Kind.COMPLAINT, Kind.QUESTION]),
            "both_sides": "Both were asked.",
            "others": choose([*Others, ""]),
            "checklist": list(Objectivity),
            "remedy": case.remedies.order_by("pk").first(),
            "proof": "Slip 7.",
            "agreed": True,
            "lesson": "A shelter.",
            "issue": case.issues.first(),
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
        if random.random() < 0.1:
            del values[choose(sorted(values))]
        return values

    def act(self, case: Case, action: str, who: str, random: Random) -> bool:
        """Whether it was done; refused with words, nothing at all has changed."""
        before = (case.state, case.version, case.events.count(), case.messages.count())
        data = self.data(case, action, random)
        try:
            perform(case, action, actor=self.actor(who), data=data, now=self.now)
        except Refused as refused:
            self.refused.append(str(refused))
            case = Case.objects.get(pk=case.pk)
            assert (case.state, case.version, case.events.count(), case.messages.count()) == before
            return False
        row = ACTIONS[action]
        assert before[0] in row.sources
        assert case.state == before[0] or case.state in row.targets
        assert (case.version, case.events.count()) == (before[1] + 1, before[2] + 1)
        if user := self.people.get(who):
            # Whoever is barred never did anything.
            parts = case.involvements.filter(user=user, part__in=Involvement.BARRED)
            assert not parts.exists() or action in {"declare_conflict", "name_staff"}
        return True


class Handling(RuleBasedStateMachine):
    """`house` is made anew for each run and rolled back after it."""

    done: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.touched: Case | None = None

    @initialize()
    def begin(self) -> None:
        """One case is answered already, or a short run would never get to the end of any."""
        self.house = House()
        for seed in range(6):
            self.step_forward(0, 1, Random(seed))

    def teardown(self) -> None:
        try:
            if hasattr(self, "house"):
                self.check_all()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    def case(self, number: int) -> Case:
        return Case.objects.get(pk=self.house.cases[number].pk)

    # What people do

    @rule(number=st.integers(0, 2), hours=st.sampled_from([1, 5, 30]), seed=SEEDS)
    def go_on(self, number: int, hours: int, seed: int) -> None:
        """A step forward by who may; several, or else nothing is ever answered."""
        random = Random(seed)
        for _step in range(4):
            self.step_forward(number, hours, random)

    def step_forward(self, number: int, hours: int, random: Random) -> None:
        self.house.now += timedelta(hours=hours)
        case = self.touched = self.case(number)
        possible = [(name, who) for name, who in FORWARD if is_open_to_action(case, ACTIONS[name])]
        if possible:
            name, who = random.choice(possible)
            self.note(name, self.house.act(case, name, who, random))

    @rule(
        number=st.integers(0, 2),
        who=st.sampled_from(ACTORS),
        hours=st.sampled_from([1, 30, 200]),
        seed=SEEDS,
    )
    def do_what_the_state_allows(self, number: int, who: str, hours: int, seed: int) -> None:
        random = Random(seed)
        self.house.now += timedelta(hours=hours)
        case = self.touched = self.case(number)
        possible = [name for name, row in ACTIONS.items() if is_open_to_action(case, row)]
        name = random.choice(possible)
        self.note(name, self.house.act(case, name, who, random))

    @rule(
        number=st.integers(0, 2),
        who=st.sampled_from(ACTORS),
        name=st.sampled_from(sorted(ACTIONS)),
        seed=SEEDS,
    )
    def do_anything(self, number: int, who: str, name: str, seed: int) -> None:
        case = self.touched = self.case(number)
        self.note(name, self.house.act(case, name, who, Random(seed)))

    def note(self, name: str, done: bool) -> None:
        if done:
            type(self).done.add(name)

    @rule(days=st.sampled_from([1, 8, 30]))
    def let_time_pass(self, days: int) -> None:
        """What happens by itself: reminders, warnings, and the one thing that a machine closes."""
        self.house.now += timedelta(days=days)
        before = {case.pk: case.state for case in Case.objects.all()}
        assert run_clocks(self.house.now).failed == 0
        Notice.objects.filter(state="waiting").update(state="sent", sent_at=self.house.now)
        for case in Case.objects.all():
            if case.state != before[case.pk]:
                assert (before[case.pk], case.state) == (State.ANSWERED, State.CLOSED)
        self.touched = None

    # Who looks

    @rule(name=st.sampled_from(STAFF), number=st.integers(0, 2))
    def look(self, name: str, number: int) -> None:
        """The list, the address of the case, searches and the table: all or nothing of each."""
        user, case = self.house.people[name], self.case(number)
        allowed = may_see(name, user, case)
        reads = allowed and name not in OVERSEERS and sees_personal_data(user, case)
        client = Client()
        client.force_login(user)
        page = client.get(reverse(f"{ADMIN}:case", args=[case.reference]))
        if name == "editor":
            assert page.status_code in {302, 403, 404}
            return
        assert page.status_code == (200 if allowed else 404)
        list_url = reverse(f"{ADMIN}:list", args=["open" if case.is_open else "closed"])
        link = f"/cases/{case.reference}/"
        found = {query: link in client.get(list_url + query).content.decode()
                 for query in ("", f"?q={case.reference}", "?q=Kim", "?q=Lee")}  # fmt: skip
        who = "Lee" if number == 1 else "Kim"
        other = "Kim" if number == 1 else "Lee"
        expected = {"": allowed, f"?q={case.reference}": allowed, f"?q={who}": reads,
                    f"?q={other}": False}  # fmt: skip
        assert found == expected
        if name in {"handler", "handler2", "far", "quality", "auditor"}:
            table: Any = client.post(reverse(f"{ADMIN}:export_all"), {"purpose": "statistics"})
            assert (case.reference in b"".join(table.streaming_content).decode()) == allowed

    # What always holds

    @invariant()
    @precondition(lambda self: self.touched is not None)
    def clocks_fit_the_case(self) -> None:
        assert self.touched is not None
        check_clocks(Case.objects.get(pk=self.touched.pk))

    @invariant()
    @precondition(lambda self: self.touched is not None)
    def the_case_is_sound(self) -> None:
        assert self.touched is not None
        case = Case.objects.get(pk=self.touched.pk)
        assert case.state in State.values
        assert (case.state == State.CLOSED) == (case.closed_at is not None)
        assert bool(case.outcome) == (case.state == State.CLOSED)
        if case.handler is not None and case.state != State.CLOSED:
            barred = case.involvements.filter(user=case.handler, part__in=Involvement.BARRED)
            assert not barred.exists()

    def check_all(self) -> None:
        house = self.house
        assert [words for words in house.refused if not words.strip() or "%(" in words] == []
        cases = list(Case.objects.all())
        assert {case.pk for case in house.cases} <= {case.pk for case in cases}, "none is lost"
        assert list(broken_links(cases)) == []
        for case in cases:
            check_clocks(case)
            for decision in case.decisions.exclude(sent_at=None):
                assert decision.proposed_by != decision.approved_by
                earlier = case.decisions.filter(stage__lt=decision.stage)
                took_part = {d.approved_by for d in earlier} | {d.proposed_by for d in earlier}
                assert decision.approved_by not in took_part - {None}
            for name, user in house.people.items():
                seen = Case.objects.visible_to(user).filter(pk=case.pk).exists()
                assert seen == may_see(name, user, case), name


def check_clocks(case: Case) -> None:
    """Each recomputes to the same day; what should run runs once; the case is due at the first."""
    calendar = WorkingCalendar.for_site(case.site)
    clocks = list(case.clocks.prefetch_related("entries"))
    for clock in clocks:
        assert recompute_due(clock, calendar) == clock.due_at
    unstopped = [clock for clock in clocks if clock.stopped_at is None]
    informing = [clock for clock in unstopped if clock.name == ClockName.UPDATE]
    wanted = case.state in KEPT_INFORMED and case.acknowledged_at is not None
    assert len(informing) == wanted
    if case.state == State.CLOSED:
        assert unstopped == []
        assert case.due_at == NEVER
        return
    owed = case.remedies.filter(promised_at__isnull=False, verified_at=None)
    running = {clock.remedy_id for clock in unstopped if clock.remedy_id}
    assert running == set(owed.values_list("pk", flat=True))
    due = [c.due_at for c in unstopped if c.name in OURS and c.paused_at is None]
    assert case.due_at == min(due, default=NEVER)


def run(*, examples: int, steps: int) -> set[str]:
    Handling.done = set()
    run_state_machine_as_test(
        Handling,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Handling.done


def test_whatever_people_do_the_rules_hold() -> None:
    assert run(examples=3, steps=16) >= ALWAYS


@pytest.mark.slow
@pytest.mark.requirement("10002-4.7", "GDPR-32")
def test_whatever_people_do_for_long_the_rules_hold() -> None:
    done = run(examples=8, steps=40)
    # Which others they are is drawn.
    assert done >= ALWAYS
    assert len(done) >= 8
