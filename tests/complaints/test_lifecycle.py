"""Every state × every action, against a list written by hand."""

from __future__ import annotations

import hashlib
import inspect
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.utils import timezone

from complaints import lifecycle, states
from complaints.access import Actor, is_open_to_action
from complaints.actions.performing import EFFECTS, available_actions
from complaints.events import broken_links
from complaints.fitting import Facts
from complaints.lifecycle import (
    ACTIONS,
    Action,
    ComplaintWish,
    ConsentPurpose,
    Finding,
    Kind,
    LinkKind,
    Objectivity,
    Outcome,
    Refused,
    Role,
    ScopeReason,
    State,
    perform,
)
from complaints.models import Case, CaseLink, Involvement, Message
from conduct.models import Organisation
from tests.factories import (
    ASSESSMENT,
    Staff,
    act,
    make_case,
    make_category,
    proposal,
    submit,
    walk_to,
)
from tests.people import make_handler, make_lead, make_team

ALWAYS = {"reply", "note", "new_key", "translate", "hold", "mark_sensitive", "redact"}
WHILE_OPEN = {
    "assign",
    "change_kind",
    "declare_conflict",
    "hand_over",
    "link",
    "name_staff",
    "restrict_contact",
    "set_confidential",
    "set_promises",
    "withdraw",
} | ALWAYS
#: Before the answer is out, what it is about can still be put together and its time be made longer.
UNANSWERED = {"extend", "merge", "recategorise", "update"}

#: What may happen to a complaint in each state. Written by hand from the design, not derived.
EXPECTED: dict[str, set[str]] = {
    "received": {"moderate", "acknowledge", "resolve_early", "merge"} | WHILE_OPEN,
    "open": {
        "acknowledge",
        "assess",
        "investigate",
        "ask",
        "propose",
        "put_right",
        "resolve_early",
    }
    | UNANSWERED
    | WHILE_OPEN,
    "investigating": {"ask", "propose"} | UNANSWERED | WHILE_OPEN,
    # The time stands still: it need not be made longer.
    "waiting": (UNANSWERED - {"extend"}) | WHILE_OPEN,
    "deciding": {"approve", "return"} | UNANSWERED | WHILE_OPEN,
    "answered": {
        "accept",
        "reject",
        "request_review",
        "deliver_remedy",
        "verify_remedy",
        "close",
        "recategorise",
    }
    | WHILE_OPEN,
    "putting_right": {"deliver_remedy", "verify_remedy", "close", "recategorise"} | WHILE_OPEN,
    "reviewing": {"ask", "propose"} | UNANSWERED | WHILE_OPEN,
    "referred": {"update", "recategorise"} | WHILE_OPEN,
    "closed": {"reopen"} | ALWAYS,
}


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    assert set(EFFECTS) == set(ACTIONS)


#: What needs more than a state: a case like this, and where the action is then possible.
EXPECTED_OF_SPECIAL: dict[str, set[str]] = {
    "release": {"received"},
    "confirm_complaint": set(State) - {"closed"},
    "decline_complaint": {"received", "open"},
    "check_authority": set(State),
    "record_told": set(State),
    "withdraw_permission": set(State),
    "unlink": set(State),
    "split": set(State) - {"received", "answered", "putting_right", "referred", "closed"},
    "unmerge": {"closed"},
    "record_named": set(State),
    "review_restriction": set(State),
    "record_outreach": set(State),
    "release_hold": set(State),
    "redact_file": set(State),
}


def possible_actions(case: Case) -> set[str]:
    """Asked one by one, as before an action, and all at once, as for the buttons of a page."""
    alone = {name for name, action in ACTIONS.items() if is_open_to_action(case, action)}
    facts = Facts(case)
    assert alone == {n for n, action in ACTIONS.items() if is_open_to_action(case, action, facts)}
    return alone


def give_everything(case: Case) -> None:
    """A link, a colleague it is about, a limit on contact, others to go to, a problem, a file."""
    handler, now = Staff().handler, case.received_at
    CaseLink.objects.create(case=case, other=submit().case, kind=LinkKind.RELATED, at=now)
    case.involvements.create(user=make_handler("named"), part=Involvement.Part.NAMED, since=now)
    case.contact_restrictions.create(
        measure="written",
        reason="Forty calls a day.",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=30),
        review_on=timezone.localdate() + timedelta(days=30),
        decided_by=handler,
    )
    case.outreach.create(who="The whole tour.", created_at=now)
    case.issues.create(number=2)
    case.attachments.create(name="slip.pdf", size=1, at=now)


def in_state(case: Case, state: str) -> Case:
    """Without walking there: what the table says of a state does not depend on the way."""
    case.state = state
    return case


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(State))
def test_table_allows_exactly_what_the_list_says(state: str) -> None:
    case = in_state(submit().case, state)

    assert possible_actions(case) == EXPECTED[state]


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(State))
def test_what_a_case_has_opens_more_actions(state: str) -> None:
    case = submit(
        complainant={"name": "Kim Min-ji", "phone": "+82 2 123", "reply_by": "phone"},
        representative={"name": "Lee", "email": "lee@example.com"},
    ).case
    case.consents.create(purpose=ConsentPurpose.STORY, given_at=case.received_at)
    give_everything(case)
    case.held, case.complaint_wish = True, ComplaintWish.ASKED
    case.legal_hold, case.outcome, case.duplicate_of = True, Outcome.DUPLICATE, submit().case

    more = {name for name, states in EXPECTED_OF_SPECIAL.items() if state in states}
    # Held as possible spam: nobody withdraws it before a person has looked. On hold already.
    less = {"withdraw", "hold"}
    assert possible_actions(in_state(case, state)) == (EXPECTED[state] | more) - less


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.COMPLAINT}))
@pytest.mark.parametrize("state", sorted(State))
def test_what_is_no_complaint_is_not_investigated_but_can_become_one(kind: str, state: str) -> None:
    case = in_state(submit(kind=kind).case, state)

    only_complaints = {"investigate", "put_right", "resolve_early", "request_review"}
    more = {"received": {"make_complaint"}, "open": {"make_complaint", "close"}}.get(state, set())
    assert possible_actions(case) == (EXPECTED[state] | more) - only_complaints


@pytest.mark.requirement("10002-7.2b", "GDPR-22")
def test_no_machine_rejects_anything_and_it_closes_by_the_silence_rule_alone() -> None:
    by_itself = {name for name, action in ACTIONS.items() if Role.SYSTEM in action.who}

    assert by_itself == {"acknowledge", "close", "hand_over", "new_key", "reply"}
    assert State.OPEN in ACTIONS["close"].sources, "so the next test is about something"


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.2b", "GDPR-22")
@pytest.mark.parametrize("kind", sorted(Kind))
@pytest.mark.parametrize("state", [State.RECEIVED, State.OPEN])
def test_no_machine_closes_what_nobody_answered(kind: str, state: str) -> None:
    case = make_case(state, kind=kind)

    with pytest.raises(Refused):
        perform(case, "close", actor=Actor.system())
    case.refresh_from_db()

    assert case.state == state


REACHABLE = sorted(set(State) - {State.REFERRED})


@pytest.mark.django_db
@pytest.mark.parametrize("state", REACHABLE)
def test_an_action_out_of_place_is_refused_and_changes_nothing(state: str) -> None:
    case = make_case(state)
    lead = Staff().lead
    version, events = case.version, case.events.count()

    for name in sorted(set(ACTIONS) - EXPECTED[state]):
        with pytest.raises(Refused) as refusal:
            perform(case, name, actor=Actor.staff(lead))
        assert refusal.value.code == "not_possible"
        assert str(case.get_state_display()) in str(refusal.value)
    case.refresh_from_db()

    assert (case.state, case.version, case.events.count()) == (state, version, events)


@pytest.mark.django_db
@pytest.mark.parametrize("state", REACHABLE)
def test_a_complainant_is_offered_only_their_own_actions(state: str) -> None:
    case = make_case(state)

    offered = {action.name for action in available_actions(case, Actor.complainant())}

    own = {"reply", "accept", "reject", "request_review", "withdraw", "reopen"}
    assert offered == EXPECTED[state] & own


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.9")
def test_the_whole_way_from_receipt_to_closing() -> None:
    case = make_case(State.CLOSED)

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.UPHELD)
    assert list(case.events.values_list("action", flat=True)) == [
        "receive",
        "acknowledge",
        "moderate",
        "assess",
        "assign",
        "investigate",
        "propose",
        "approve",
        "accept",
        "deliver_remedy",
        "verify_remedy",
        "close",
    ]
    assert list(broken_links([case])) == []


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.9")
def test_it_can_not_be_closed_before_a_remedy_is_delivered_and_verified() -> None:
    case, staff = make_case(State.PUTTING_RIGHT), Staff()
    remedy = case.remedies.get()

    with pytest.raises(Refused, match="not delivered and verified"):
        act(case, "close", staff.handler, lesson="Shelter")
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Slip")
    with pytest.raises(Refused, match="not delivered and verified"):
        act(case, "close", staff.handler, lesson="Shelter")
    act(case, "verify_remedy", staff.handler, remedy=remedy)
    act(case, "close", staff.handler, lesson="Shelter")

    assert case.state == State.CLOSED


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.9")
def test_a_rejected_answer_stays_open_and_says_what_remains() -> None:
    case, staff = make_case(State.ANSWERED), Staff()

    act(case, "reject", text="This is not what happened.")

    assert (case.state, case.contested) == (State.ANSWERED, True)
    assert case.notices.filter(template="routes").count() == 1
    remedy = case.remedies.get()
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Slip")
    act(case, "verify_remedy", staff.handler, remedy=remedy)
    with pytest.raises(Refused, match="was rejected"):
        act(case, "close", staff.handler, lesson="Shelter")


@pytest.mark.django_db
def test_who_proposed_can_not_approve() -> None:
    lead = make_lead()
    case = make_case(State.INVESTIGATING)
    act(case, "propose", lead, **proposal(case))

    with pytest.raises(Refused, match="Somebody else has to approve"):
        act(case, "approve", lead, checklist=list(Objectivity))

    assert case.decisions.get().sent_at is None


@pytest.mark.django_db
def test_a_handler_can_not_approve() -> None:
    case = make_case(State.DECIDING)
    other = make_handler("handler2")

    with pytest.raises(Refused) as refusal:
        act(case, "approve", other, checklist=list(Objectivity))

    assert refusal.value.code == "not_allowed"


@pytest.mark.django_db
def test_a_proposal_needs_a_finding_with_reasons_for_every_issue() -> None:
    case = make_case(State.INVESTIGATING)
    issue = case.issues.get()
    data = proposal(case) | {"findings": {issue.pk: (Finding.UPHELD, " ")}}

    with pytest.raises(Refused, match="Every issue needs a finding"):
        act(case, "propose", Staff().handler, **data)

    issue.refresh_from_db()
    assert (issue.finding, case.decisions.count()) == ("", 0)


@pytest.mark.django_db
def test_what_is_missing_is_said_all_at_once() -> None:
    case = make_case(State.OPEN)

    with pytest.raises(Refused) as refusal:
        act(case, "propose", Staff().handler)

    assert set(refusal.value.fields) == {"findings", "answer", "others_affected"}


@pytest.mark.django_db
def test_second_actor_is_told_the_case_has_changed() -> None:
    case = make_case(State.OPEN)
    handler, other = Staff().handler, make_handler("handler2")
    seen = case.version
    perform(case, "note", actor=Actor.staff(handler), data={"text": "Called."}, seen_version=seen)

    with pytest.raises(Refused) as refusal:
        perform(case, "note", actor=Actor.staff(other), data={"text": "Me too"}, seen_version=seen)

    assert refusal.value.code == "changed"
    assert "Handler wrote an internal note" in str(refusal.value)
    assert case.messages.filter(purpose=Message.Purpose.NOTE).count() == 1


@pytest.mark.django_db
def test_a_serious_case_needs_a_plan() -> None:
    case, staff = make_case(State.OPEN), Staff()
    act(case, "assess", staff.handler, **ASSESSMENT | {"severity": 4})
    act(case, "assign", staff.lead, handler=staff.handler)

    with pytest.raises(Refused, match="needs a plan"):
        act(case, "investigate", staff.handler)
    act(case, "investigate", staff.handler, plan="Ask the driver.")

    assert (case.state, case.plan) == (State.INVESTIGATING, "Ask the driver.")


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.5")
def test_assessment_proposes_a_priority_and_another_one_needs_a_reason() -> None:
    case, staff = make_case(State.OPEN), Staff()
    serious = ASSESSMENT | {"severity": 2, "safety": True}

    with pytest.raises(Refused, match="Say why the priority differs"):
        act(case, "assess", staff.handler, **serious, priority="normal")
    act(case, "assess", staff.handler, **serious)
    assert (case.priority, case.proposed_priority) == ("top", "top")

    act(case, "assess", staff.handler, **serious, priority="high", reason="It is safe now.")
    assert case.priority == "high"
    assert case.events.last().data["old"] == {"priority": "top"}


@pytest.mark.django_db
def test_declaring_a_conflict_takes_the_case_away() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    assert Case.objects.visible_to(staff.handler).filter(pk=case.pk).exists()

    act(case, "declare_conflict", staff.handler, reason="My brother.")

    assert case.handler is None
    assert not Case.objects.visible_to(staff.handler).filter(pk=case.pk).exists()
    with pytest.raises(Refused, match="can't work on this case"):
        act(case, "note", staff.handler, text="Still here")


@pytest.mark.django_db
def test_a_case_goes_only_to_somebody_who_may_have_it() -> None:
    case, staff = make_case(State.OPEN), Staff()
    stranger = make_handler("stranger", team=make_team("Another team"))
    away = make_handler("away", is_active=False)

    for user in (stranger, away):
        with pytest.raises(Refused) as refusal:
            act(case, "assign", staff.lead, handler=user)
        assert "handler" in refusal.value.fields


@pytest.mark.django_db
@pytest.mark.requirement("10002-4.7")
def test_a_review_goes_to_somebody_who_took_no_part() -> None:
    case, staff = make_case(State.REVIEWING), Staff()
    fresh = make_handler("fresh")

    with pytest.raises(Refused, match="took no part"):
        act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "assign", staff.lead, handler=fresh)

    assert case.involvements.filter(user=fresh, part=Involvement.Part.REVIEWER).count() == 1
    assert case.clocks.filter(name="review", stopped_at=None).count() == 1


@pytest.mark.django_db
@pytest.mark.requirement("HOC-1")
def test_out_of_scope_needs_the_right_route_and_keeps_the_record() -> None:
    case, staff = make_case(), Staff()
    organisation = Organisation.for_site(case.site)
    organisation.external_body_name = "Consumer Ombudsman"
    organisation.save()

    with pytest.raises(Refused, match="Choose why it is out of scope"):
        act(case, "moderate", staff.handler, result="out_of_scope")
    why = {"result": "out_of_scope", "scope_reason": ScopeReason.EMPLOYMENT}
    with pytest.raises(Refused, match="where the sender can go"):
        act(case, "moderate", staff.handler, **why)
    act(case, "moderate", staff.handler, **why, detail="The staff council.")

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.OUT_OF_SCOPE)
    letter = case.notices.get(template="out_of_scope").text
    assert ("The staff council." in letter, "Consumer Ombudsman" in letter) == (True, True)


@pytest.mark.django_db
def test_a_duplicate_names_the_case_it_repeats() -> None:
    first, second, staff = make_case(), make_case(), Staff()
    words = f"  {first.reference.lower().replace('-', ' ')} "

    with pytest.raises(Refused, match="No other case has this reference"):
        act(second, "moderate", staff.handler, result="duplicate", duplicate_of=second.reference)
    act(second, "moderate", staff.handler, result="duplicate", duplicate_of=words)

    assert second.duplicate_of == first


@pytest.mark.django_db
def test_a_reply_ends_the_waiting_and_goes_back_to_where_it_came_from() -> None:
    case = make_case(State.WAITING)

    act(case, "reply", text="It was Tuesday.")

    assert (case.state, case.came_from) == (State.INVESTIGATING, "")
    assert case.messages.last().body == "It was Tuesday."


@pytest.mark.django_db
def test_an_answer_that_was_sent_back_is_proposed_anew() -> None:
    case, staff = make_case(State.DECIDING), Staff()

    act(case, "return", staff.lead, reason="Say more about the rain.")
    assert case.state == State.INVESTIGATING
    act(case, "propose", staff.handler, **proposal(case))

    assert case.remedies.count() == 1
    assert [d.returned_at is not None for d in case.decisions.all()] == [True, False]


@pytest.mark.django_db
def test_a_question_is_answered_and_closed_without_the_whole_way() -> None:
    case, staff = submit(kind=Kind.QUESTION).case, Staff()
    act(case, "moderate", staff.handler, result="accept", category=make_category())

    act(case, "close", staff.handler, text="We open at nine.")

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.NOTED)
    assert case.answered_at is not None


@pytest.mark.django_db
def test_a_closed_case_is_reopened_with_a_new_clock_and_keeps_the_old() -> None:
    case = make_case(State.CLOSED)

    act(case, "reopen", reason="The refund did not arrive.")

    assert (case.state, case.outcome) == (State.INVESTIGATING, "")
    assert list(case.clocks.filter(name="answer").values_list("run", flat=True)) == [1, 2]


@pytest.mark.django_db
@pytest.mark.requirement("10002-7.8")
def test_the_answer_is_kept_exactly_as_sent() -> None:
    case = make_case(State.ANSWERED)
    decision = case.decisions.get()

    message = case.messages.get(purpose=Message.Purpose.ANSWER)

    assert message.body == decision.sent_text
    assert decision.sent_hash == hashlib.sha256(message.body.encode()).hexdigest()
    for part in ("It rained.", "We pay the postage back.", "Consumer Ombudsman", "legal rights"):
        assert part in decision.sent_text


def test_nothing_else_assigns_a_state(repository: Any) -> None:
    allowed = {"complaints/intake/receiving.py", "complaints/management/commands/make_cases.py"}
    writers = set()
    for app in ("conduct", "complaints", "feedback", "site"):
        for path in (repository / app).rglob("*.py"):
            name = path.relative_to(repository).as_posix()
            if "/migrations/" in name or name.startswith("complaints/actions/"):
                continue
            text = path.read_text()
            if "case.state =" in text.replace("case.state ==", ""):
                writers.add(name)

    assert writers - allowed == set()


ROOMS = sorted(Path(lifecycle.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("room", ROOMS, ids=[room.stem for room in ROOMS])
def test_the_table_reads_without_the_app(room: Path) -> None:
    """The table imports nothing of the app at import time."""
    imported = re.findall(r"^from (complaints\S*) import", room.read_text(), re.MULTILINE)

    assert set(imported) <= {
        "complaints.states",
        "complaints.lifecycle",
        "complaints.lifecycle.rows",
    }
    assert not re.search(r"^from complaints", inspect.getsource(states), re.MULTILINE)


def test_roles_of_the_table_are_known() -> None:
    assert {role for action in ACTIONS.values() for role in action.who} <= set(Role)


@pytest.mark.django_db
def test_withdrawing_ends_it_with_its_own_outcome() -> None:
    case = walk_to(submit().case, State.INVESTIGATING)

    act(case, "withdraw", text="I don't need it any more.")

    assert (case.state, case.outcome, case.due) == (State.CLOSED, Outcome.WITHDRAWN, None)


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_every_action_has_an_icon_that_wagtail_knows(action: Action) -> None:
    assert get_template(f"wagtailadmin/icons/{action.icon}.svg")
