"""What an answer needs, and how much who may promise (7.6–7.8, annexes D and F)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints.access import Actor
from complaints.automation import run_clocks
from complaints.lifecycle import Finding, Objectivity, Others, Refused, State, perform
from complaints.models import NEVER, AuthorityLimit, Case, HandlingSettings, Involvement
from complaints.models.policy import DeliveryOfAnswer
from complaints.tracking.presenting import CaseView
from tests.factories import (
    ASSESSMENT,
    Staff,
    act,
    make_case,
    make_remedy_kind,
    proposal,
    submit,
    walk_to,
)
from tests.people import make_handler, make_lead

pytestmark = pytest.mark.django_db


def serious(state: str = State.INVESTIGATING) -> Any:
    case, staff = make_case(State.OPEN), Staff()
    act(case, "assess", staff.handler, **ASSESSMENT | {"severity": 4})
    act(case, "assign", staff.lead, handler=staff.handler)
    act(case, "investigate", staff.handler, plan="Ask the driver and the customer.")
    return walk_to(case, state)


def refused_for(case: Any, **data: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        act(case, "propose", Staff().handler, **data)
    case.refresh_from_db()
    assert (case.state, case.decisions.count()) == (State.INVESTIGATING, 0)
    return set(refusal.value.fields)


@pytest.mark.requirement("10002-7.6")
def test_a_serious_case_is_not_decided_without_plan_both_sides_and_every_finding() -> None:
    case = serious()
    issue = case.issues.get()
    whole = proposal(case, both_sides="The driver was asked on Monday.")

    assert refused_for(case, **whole | {"both_sides": " "}) == {"both_sides"}
    assert refused_for(case, **whole | {"findings": {issue.pk: (Finding.UPHELD, "")}}) == {
        "findings"
    }
    type(case).objects.filter(pk=case.pk).update(plan="")
    with pytest.raises(Refused, match="investigated by a plan first"):
        act(case, "propose", Staff().handler, **whole)
    type(case).objects.filter(pk=case.pk).update(plan="Ask the driver and the customer.")
    act(case, "propose", Staff().handler, **whole)
    assert case.decisions.get().both_sides == "The driver was asked on Monday."


@pytest.mark.requirement("10002-7.7")
def test_an_answer_says_what_changes_where_something_was_wrong() -> None:
    case = make_case(State.INVESTIGATING)

    assert refused_for(case, **proposal(case, prevention="")) == {"prevention"}
    assert refused_for(case, **proposal(case, cause="")) == {"cause"}
    act(case, "propose", Staff().handler,
        **proposal(case, Finding.NOT_UPHELD, prevention="", cause=""))  # fmt: skip
    assert case.state == State.DECIDING


@pytest.mark.requirement("10002-D1")
@pytest.mark.parametrize("confirmed", range(len(Objectivity) + 1))
def test_a_serious_answer_goes_out_only_with_every_point_confirmed(confirmed: int) -> None:
    case = serious()
    act(case, "propose", Staff().handler, **proposal(case, both_sides="Both were asked."))
    points = list(Objectivity)[:confirmed]

    if confirmed < len(Objectivity):
        with pytest.raises(Refused) as refusal:
            act(case, "approve", Staff().lead, checklist=points)
        assert set(refusal.value.fields) == {"checklist"}
        assert case.decisions.get().sent_at is None
    else:
        act(case, "approve", Staff().lead, checklist=points, check_notes="Compared with May.")
        decision = case.decisions.get()
        assert (decision.checked, decision.check_notes) == (True, "Compared with May.")


def test_an_ordinary_answer_goes_out_without_the_checklist() -> None:
    case = make_case(State.DECIDING)
    act(case, "approve", Staff().lead)
    assert (case.state, case.decisions.get().checked) == (State.ANSWERED, False)


# Others who were harmed too


@pytest.mark.requirement("10002-F2")
def test_where_others_are_affected_somebody_goes_to_them() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    words = proposal(case, others=Others.SOME, others_affected="All of tour 7 on Monday.")
    act(case, "propose", staff.handler, **words)
    assert case.outreach.count() == 0, "nothing is promised before it is approved"

    act(case, "approve", staff.lead)

    task = case.outreach.get()
    assert (task.who, task.owner) == ("All of tour 7 on Monday.", staff.handler)
    assert task.due_on > timezone.localdate()
    act(case, "record_outreach", staff.handler, outreach=task, result="Wrote to all.", reached=12)
    task.refresh_from_db()
    assert (task.reached, task.done_by, case.events.last().data["reached"]) == (
        12,
        staff.handler,
        12,
    )
    with pytest.raises(Refused) as refusal:
        act(case, "record_outreach", staff.handler, outreach=task, result="Again.")
    assert refusal.value.code == "not_possible"


@pytest.mark.requirement("10002-F2")
def test_nobody_else_needs_a_reason_and_no_task() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    assert refused_for(case, **proposal(case, others=Others.NONE, others_affected=" ")) == {
        "others_affected"
    }

    act(case, "propose", staff.handler, **proposal(case, others=Others.NONE))
    act(case, "approve", staff.lead)
    assert (case.outreach.count(), case.others_affected) == (0, "Nobody else on this tour.")


# Authority


def limit(role: str, amount: int, kind: str = "", currency: str = "EUR") -> None:
    AuthorityLimit.objects.create(
        role=role,
        remedy_kind=make_remedy_kind(kind) if kind else None,
        amount=amount,
        currency=currency,
    )


def own_authority(case: Any, amount: int) -> None:
    settings = HandlingSettings.for_site(case.site)
    settings.approval = DeliveryOfAnswer.SERIOUS_ONLY
    settings.save()
    case.team.memberships.filter(user=Staff().handler).update(authority_limit=amount)


@pytest.mark.requirement("10002-F1", "10002-5.4.4")
@pytest.mark.parametrize(
    ("own", "limits", "state"),
    [
        (0, [], "deciding"),
        (19, [], "deciding"),
        (20, [], "answered"),
        (0, [("handler", 20)], "answered"),
        (0, [("handler", 19)], "deciding"),
        (0, [("handler", 5), ("handler", 20, "refund")], "answered"),
        (0, [("handler", 50), ("handler", 5, "refund")], "deciding"),
        (0, [("handler", 50, "apology")], "deciding"),
        (0, [("handler", 50, "", "USD")], "deciding"),
        (0, [("lead", 50)], "deciding"),
    ],
)
def test_a_remedy_above_ones_limit_goes_to_an_approver(
    own: int, limits: list[Any], state: str
) -> None:
    case = make_case(State.INVESTIGATING)
    own_authority(case, own)
    for row in limits:
        limit(*row)

    act(case, "propose", Staff().handler, **proposal(case))

    assert case.state == state


@pytest.mark.requirement("10002-F1")
def test_several_remedies_count_together() -> None:
    case = make_case(State.INVESTIGATING)
    own_authority(case, 30)
    two = [{"kind": make_remedy_kind(), "amount": 20}, {"kind": make_remedy_kind("help"),
           "amount": 20}]  # fmt: skip

    act(case, "propose", Staff().handler, **proposal(case, remedies=two))

    assert (case.state, case.remedies.count()) == (State.DECIDING, 2)


def test_who_approves_has_a_limit_where_leads_have_one() -> None:
    case, other = make_case(State.DECIDING), make_lead("head")
    limit("lead", 10)
    case.team.memberships.update(authority_limit=0)
    case.team.memberships.filter(user=other).update(authority_limit=100)

    with pytest.raises(Refused, match="more than you may approve"):
        act(case, "approve", Staff().lead)
    act(case, "approve", other)

    assert case.state == State.ANSWERED


@pytest.mark.requirement("10002-5.4.4")
def test_on_the_spot_one_gives_what_one_may_and_proposes_the_rest() -> None:
    case, staff = make_case(State.OPEN), Staff()
    own_authority(case, 15)
    words = {"text": "We paid the postage back.", "agreed": True}

    with pytest.raises(Refused, match="more than you may give") as refusal:
        act(case, "resolve_early", staff.handler, **words, remedy_kind=make_remedy_kind(),
            amount=16)  # fmt: skip
    assert set(refusal.value.fields) == {"amount"}
    act(case, "resolve_early", staff.handler, **words, remedy_kind=make_remedy_kind(), amount=15)

    remedy = case.remedies.get()
    assert (case.state, remedy.amount, remedy.delivered_by) == ("closed", 15, staff.handler)


# A colleague it is about


@pytest.mark.requirement("10002-D2", "10002-4.7")
def test_a_colleague_is_informed_and_heard_before_the_answer_and_told_before_the_end() -> None:
    case, staff, named = make_case(State.INVESTIGATING), Staff(), make_handler("driver")
    act(case, "name_staff", staff.handler, colleague=named, reason="He drove the van.")
    part = case.involvements.get(part="named")
    data = proposal(case, Finding.NOT_UPHELD, remedies=[], both_sides="He says it was dry.")

    with pytest.raises(Refused, match="informed and heard before the answer"):
        act(case, "propose", staff.handler, **data)
    act(case, "record_named", staff.handler, named=part, step="informed")
    act(case, "record_named", staff.handler, named=part, step="supported")
    with pytest.raises(Refused) as refusal:
        act(case, "record_named", staff.handler, named=part, step="heard")
    assert set(refusal.value.fields) == {"account"}
    act(case, "record_named", staff.handler, named=part, step="heard", account="It was dry.")
    with pytest.raises(Refused, match="recorded already"):
        act(case, "record_named", staff.handler, named=part, step="informed")
    assert {k for k in ("both_sides",) if not data.get(k)} == set()
    act(case, "propose", staff.handler, **data)
    act(case, "approve", staff.lead)
    act(case, "accept")
    part.refresh_from_db()
    assert (part.account, part.told_at) == ("It was dry.", None)
    assert None not in (part.informed_at, part.supported_at, part.heard_at)


@pytest.mark.requirement("10002-D2")
def test_it_is_not_closed_before_the_colleague_knows_how_it_ended() -> None:
    case, staff = make_case(State.PUTTING_RIGHT), Staff()
    named = make_handler("driver")
    act(case, "name_staff", staff.handler, colleague=named, reason="He drove the van.")
    remedy = case.remedies.get()
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Slip")
    act(case, "verify_remedy", staff.lead, remedy=remedy)

    with pytest.raises(Refused, match="has to be told how it ended"):
        act(case, "close", staff.handler, lesson="Shelter")
    part = case.involvements.get(part="named")
    act(case, "record_named", staff.handler, named=part, step="result")
    act(case, "close", staff.handler, lesson="Shelter")

    assert case.state == State.CLOSED


def about_a_colleague() -> tuple[Case, Involvement]:
    """Answered, nothing promised, and the colleague not told yet."""
    case, staff, named = make_case(State.INVESTIGATING), Staff(), make_handler("driver")
    act(case, "name_staff", staff.handler, colleague=named, reason="He drove the van.")
    part = case.involvements.get(part="named")
    act(case, "record_named", staff.handler, named=part, step="informed")
    act(case, "record_named", staff.handler, named=part, step="heard", account="It was dry.")
    data = proposal(case, Finding.NOT_UPHELD, remedies=[], both_sides="He says it was dry.")
    act(case, "propose", staff.handler, **data)
    act(case, "approve", staff.lead)
    return case, part


@pytest.mark.requirement("10002-D2")
def test_an_accepted_answer_stands_and_the_case_stays_open_until_the_colleague_is_told() -> None:
    (case, part), staff = about_a_colleague(), Staff()

    act(case, "accept")

    left = case.clocks.get(name="remedy", stopped_at=None)
    assert (case.state, case.decisions.get().accepted_at is not None) == ("putting_right", True)
    assert (case.due_at, left.remedy) == (left.due_at, None)
    assert case.notices.filter(template="staff_reply", to_user=staff.handler).count() == 1
    with pytest.raises(Refused, match="has to be told how it ended"):
        act(case, "close", staff.handler)
    act(case, "record_named", staff.handler, named=part, step="result")
    assert case.due_at == NEVER
    act(case, "close", staff.handler)
    assert case.state == State.CLOSED


@pytest.mark.requirement("10002-D2")
def test_the_complainant_who_accepted_reads_nothing_of_the_colleague() -> None:
    case, _part = about_a_colleague()
    act(case, "accept")

    page = CaseView(case, now=case.changed_at)

    assert page.status == "The answer stands. We finish what is left to do on our side."
    assert page.next_step == (
        "Next: we finish what is left to do on our side. You need do nothing more."
    )
    assert "What we promised" not in [str(story.title) for story in page.dates]


@pytest.mark.requirement("10002-D2")
def test_silence_closes_nothing_either_before_the_colleague_is_told() -> None:
    case, _part = about_a_colleague()
    clock = case.clocks.get(name="silence")
    half = clock.started_at + (clock.due_at - clock.started_at) / 2
    for moment in (half + timedelta(minutes=1), clock.due_at + timedelta(minutes=1)):
        case.notices.filter(state="waiting").update(state="sent", sent_at=moment)
        counts = run_clocks(moment)
    assert (counts.closed, counts.left_to_staff) == (0, 1)


@pytest.mark.requirement("10002-4.7")
def test_who_is_named_loses_the_case_at_once() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()

    act(case, "name_staff", staff.lead, colleague=staff.handler, reason="It is about her.")

    assert case.handler is None
    assert type(case).objects.visible_to(staff.handler).count() == 0
    for name in ("note", "update", "propose"):
        with pytest.raises(Refused) as refusal:
            act(case, name, staff.handler, text="I was right.")
        assert refusal.value.code == "conflict"


@pytest.mark.requirement("10002-4.7")
def test_a_colleague_who_complains_does_not_handle_their_own_complaint() -> None:
    handler = Staff().handler

    case = submit(email=handler.email.upper()).case

    assert list(case.involvements.values_list("user", "part")) == [(handler.pk, "conflict")]
    assert type(case).objects.visible_to(handler).count() == 0


# Limits on contact


def restrict(case: Any, user: Any, **data: Any) -> None:
    until = timezone.localdate() + timedelta(days=60)
    words = {"reason": "Forty calls a day.", "text": "Please write to us from now on."}
    act(case, "restrict_contact", user, **{"measure": "written", "until": until} | words | data)


def test_a_limit_on_contact_has_an_end_a_review_and_a_way_to_object() -> None:
    case, staff = make_case(State.OPEN), Staff()

    restrict(case, staff.lead)

    limit_ = case.contact_restrictions.get()
    assert limit_.review_on <= limit_.ends_on <= timezone.localdate() + timedelta(days=60)
    notice = case.notices.get(template="restricted")
    assert "You can object at any time" in notice.text
    assert "You can always send a new complaint." in notice.text
    assert "Forty calls" not in notice.text


def test_a_limit_never_stops_a_new_complaint() -> None:
    case, staff = make_case(State.OPEN), Staff()
    restrict(case, staff.lead, measure="no_reply")

    again = submit().case
    act(again, "reply", text="And another thing.")

    assert (again.state, again.held, again.notices.filter(template="received").count()) == (
        "received", False, 1,
    )  # fmt: skip
    with pytest.raises(Refused, match="in force for this person already"):
        restrict(walk_to(again, State.OPEN), staff.lead)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_limit_ends_within_a_year(days: int) -> None:
    case = make_case(State.OPEN)
    with pytest.raises(Refused) as refusal:
        restrict(case, Staff().lead, until=timezone.localdate() + timedelta(days=days))
    assert set(refusal.value.fields) == {"until"}


def test_an_objection_is_looked_at_by_somebody_else() -> None:
    case, staff = make_case(State.OPEN), Staff()
    restrict(case, staff.lead)
    words = {"result": "lift", "appeal": "I am ill.", "reason": "True.", "text": "It has ended."}

    with pytest.raises(Refused, match="Somebody else"):
        act(case, "review_restriction", staff.lead, **words)
    act(case, "review_restriction", make_lead("lead2"), **words)

    limit_ = case.contact_restrictions.get()
    assert (limit_.appeal, limit_.lifted_by.username) == ("I am ill.", "lead2")
    assert "The limit on contact has ended." in case.notices.last().text


def test_a_handler_limits_nobody() -> None:
    case = make_case(State.OPEN)
    with pytest.raises(Refused) as refusal:
        restrict(case, Staff().handler)
    assert (refusal.value.code, case.contact_restrictions.count()) == ("not_allowed", 0)


# Holds and translations


@pytest.mark.parametrize(
    ("who", "allowed"), [("lead", True), ("privacy", True), ("handler", False)]
)
def test_leads_and_privacy_officers_hold_a_case(who: str, allowed: bool) -> None:
    from tests.people import make_privacy

    case, staff = make_case(State.CLOSED), Staff()
    user = make_privacy() if who == "privacy" else getattr(staff, who)

    if not allowed:
        with pytest.raises(Refused) as refusal:
            act(case, "hold", user, reason="Court.")
        assert refusal.value.code == "not_allowed"
        return
    act(case, "hold", user, reason="Court.")
    assert (case.legal_hold, case.events.last().actor_role) == (True, who)
    act(case, "release_hold", user, reason="Settled.")
    assert case.legal_hold is False


def test_a_privacy_officer_does_nothing_else_on_a_case() -> None:
    from tests.people import make_privacy

    case, privacy = make_case(State.OPEN), make_privacy()
    for name in ("assess", "note", "update", "assign", "withdraw"):
        with pytest.raises(Refused) as refusal:
            perform(case, name, actor=Actor.staff(privacy), data={"text": "x", "reason": "x"})
        assert refusal.value.code == "not_allowed"


@pytest.mark.requirement("I18N-4")
def test_a_translation_stands_beside_what_was_written_and_replaces_only_itself() -> None:
    case, staff = make_case(State.OPEN, language="ko", description="비에 젖었어요."), Staff()
    original = case.messages.get(purpose="original")

    act(case, "translate", staff.handler, message=original, language="en", text="It got wet.")
    act(case, "translate", staff.handler, message=original, language="en", text="It got soaked.")

    original.refresh_from_db()
    translation = original.translations.get()
    assert (original.body, case.description, case.original_is_intact) == (
        "비에 젖었어요.",
        "비에 젖었어요.",
        True,
    )
    assert (translation.text, translation.by_machine, translation.author) == (
        "It got soaked.",
        False,
        staff.handler,
    )
    with pytest.raises(Refused, match="the language it was written in"):
        act(case, "translate", staff.handler, message=original, language="ko", text="젖었어요.")


# The other doors to an end keep the same rules


@pytest.mark.requirement("10002-4.14")
def test_untrained_staff_end_nothing_on_the_spot_either() -> None:
    case = make_case(State.OPEN)
    category = case.issues.get().category
    category.needs_training = True
    category.save()

    with pytest.raises(Refused, match="You have no valid training"):
        act(case, "resolve_early", Staff().handler, text="Done.", agreed=True)


@pytest.mark.requirement("10002-D2")
def test_a_case_about_a_colleague_is_not_resolved_over_their_head() -> None:
    case, staff = make_case(State.OPEN), Staff()
    act(case, "name_staff", staff.handler, colleague=make_handler("driver"), reason="He drove.")

    with pytest.raises(Refused, match="informed and heard"):
        act(case, "resolve_early", staff.handler, text="Done.", agreed=True)


@pytest.mark.requirement("10002-F1")
@pytest.mark.parametrize(("amount", "state"), [(10, "putting_right"), (11, "open")])
def test_a_broken_promise_is_put_right_within_the_limit_of_who_does_it(
    amount: int, state: str
) -> None:
    case = make_case(State.OPEN, channel="staff")
    limit("lead", 10)
    case.team.memberships.update(authority_limit=0)
    words = {"cause": "Rain", "text": "We pay it back.", "remedy_kind": make_remedy_kind()}
    lead = Staff().lead
    case.team.memberships.update(authority_limit=0)

    if state == "open":
        with pytest.raises(Refused, match="more than you may approve"):
            act(case, "put_right", lead, **words, amount=amount)
    else:
        act(case, "put_right", lead, **words, amount=amount)
    case.refresh_from_db()
    assert case.state == state


def test_what_is_dangerous_goes_on_inside_when_it_is_withdrawn() -> None:
    case, staff = make_case(State.OPEN), Staff()
    act(case, "assess", staff.handler, **ASSESSMENT | {"safety": True})

    act(case, "withdraw", text="It is fine.")

    task = case.outreach.get()
    assert (case.state, task.done_at) == (State.CLOSED, None)
    assert "safety is at risk" in task.who
    calm = make_case(State.OPEN)
    act(calm, "withdraw", text="It is fine.")
    assert calm.outreach.count() == 0
