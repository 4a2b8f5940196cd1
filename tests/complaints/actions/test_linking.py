"""Cases beside each other, joined, taken apart, and split (SEC-DUP)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from complaints.access import Actor
from complaints.deadlines import recompute_due
from complaints.events import broken_links
from complaints.intake.submission import Problem
from complaints.lifecycle import LinkKind, Outcome, Refused, State, perform
from complaints.models import Case, CaseLink
from complaints.working_calendar import WorkingCalendar
from tests.factories import Staff, act, make_case, make_category, submit, walk_to
from tests.people import make_handler, make_team

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def other(**fields: Any) -> Case:
    return walk_to(submit(**fields).case, State.OPEN)


@pytest.mark.requirement("SEC-DUP")
def test_a_link_is_seen_from_both_sides_and_unlinking_restores_both() -> None:
    case, second, staff = make_case(State.OPEN), other(email="lee@example.com"), Staff()
    before = [(c.state, c.messages.count(), c.notices.count()) for c in (case, second)]

    act(case, "link", staff.handler, other=second.reference, link_kind=LinkKind.INCIDENT)

    assert [link.kind for link in CaseLink.objects.of(second)] == [LinkKind.INCIDENT]
    act(second, "unlink", staff.handler, linked=CaseLink.objects.get())
    assert CaseLink.objects.count() == 0
    after = [(c.state, c.messages.count(), c.notices.count()) for c in (case, second)]
    assert after == before


def test_two_cases_are_linked_once_whichever_way() -> None:
    case, second, staff = make_case(State.OPEN), other(), Staff()
    act(case, "link", staff.handler, other=second.reference, link_kind=LinkKind.RELATED)

    with pytest.raises(Refused, match="linked already"):
        act(second, "link", staff.handler, other=case.reference, link_kind=LinkKind.INCIDENT)


@pytest.mark.parametrize("action", ["link", "merge"])
@pytest.mark.parametrize("which", ["itself", "nonsense", "of another team", "not to be seen"])
def test_only_another_case_that_one_may_see_can_be_meant(action: str, which: str) -> None:
    case, staff = make_case(State.OPEN), Staff()
    hidden = other()
    if which == "of another team":
        Case.objects.filter(pk=hidden.pk).update(team=make_team("Far away"))
    elif which == "not to be seen":
        hidden.involvements.create(user=staff.handler, part="named", since=NOW)
    meant = {"itself": case.reference, "nonsense": "C-0000-0000"}.get(which, hidden.reference)
    more = {"link_kind": LinkKind.RELATED} if action == "link" else {"reason": "The same."}

    with pytest.raises(Refused) as refusal:
        act(case, action, staff.handler, other=meant, **more)

    assert set(refusal.value.fields) == {"other"}
    assert str(refusal.value) == (
        "No other case has this reference. Look it up in the list of cases."
    )


@pytest.mark.requirement("SEC-DUP")
@pytest.mark.parametrize("state", ["received", "open", "investigating", "waiting", "deciding"])
def test_joining_can_be_undone_with_state_and_clocks_as_they_were(state: str) -> None:
    case, second, staff = make_case(state, now=NOW), other(), Staff()
    due = {clock.name: clock.due_at for clock in case.clocks.filter(stopped_at=None)}
    later = NOW + timedelta(hours=2)

    act(case, "merge", staff.handler, now=later, other=second.reference, reason="Sent twice.")
    assert (case.state, case.outcome, case.duplicate_of) == ("closed", Outcome.DUPLICATE, second)
    assert case.notices.filter(template="duplicate").count() == 1
    # What is written down meanwhile does not make it forget where it was.
    act(case, "note", staff.handler, now=later, text="He called.")

    act(case, "unmerge", staff.handler, now=later + timedelta(hours=1), reason="Two parcels.")
    assert (case.state, case.outcome, case.duplicate_of) == (state, "", None)
    assert {c.name: c.due_at for c in case.clocks.filter(stopped_at=None)} == due
    calendar = WorkingCalendar.for_site(case.site)
    assert [recompute_due(c, calendar) for c in case.clocks.all()] == [
        c.due_at for c in case.clocks.all()
    ]
    assert case.notices.filter(template="unmerged").count() == 1
    assert list(broken_links([case])) == []


def test_cases_of_two_people_are_never_joined() -> None:
    case, second = make_case(State.OPEN), other(email="lee@example.com", name="Lee")

    with pytest.raises(Refused, match="not of the same person"):
        act(case, "merge", Staff().handler, other=second.reference, reason="Same parcel van.")

    case.refresh_from_db()
    assert (case.state, case.duplicate_of) == (State.OPEN, None)


def test_a_case_is_not_joined_with_one_that_is_closed() -> None:
    case, second = make_case(State.OPEN), make_case(State.CLOSED)

    with pytest.raises(Refused, match="The other case is closed"):
        act(case, "merge", Staff().handler, other=second.reference, reason="The same.")


def test_what_was_closed_otherwise_is_not_taken_apart() -> None:
    with pytest.raises(Refused) as refusal:
        act(make_case(State.CLOSED), "unmerge", Staff().handler, reason="?")

    assert refusal.value.code == "not_possible"


def two_problems(**fields: Any) -> Case:
    problems = [
        Problem(category=make_category(), description="The parcel was wet."),
        Problem(category=make_category("staff"), description="The driver shouted."),
    ]
    return walk_to(submit(problems=problems, now=NOW, **fields).case, State.OPEN, now=NOW)


def test_a_problem_becomes_a_case_of_its_own_with_the_same_time_of_receipt() -> None:
    case, staff = two_problems(), Staff()
    shouted = case.issues.get(number=2)

    act(case, "split", staff.handler, issues=[shouted], reason="Another team looks at it.")

    new = Case.objects.exclude(pk=case.pk).get()
    assert [i.description for i in case.issues.all()] == ["The parcel was wet."]
    assert [(i.number, i.description) for i in new.issues.all()] == [(1, "The driver shouted.")]
    assert (new.state, new.received_at, new.language) == ("open", case.received_at, case.language)
    assert (new.complainant.email, new.complainant.pk == case.complainant.pk) == (
        "kim@example.com",
        False,
    )
    answer = {c: c.clocks.get(name="answer").due_at for c in (case, new)}
    assert answer[case] == answer[new] == new.due_at
    assert list(broken_links([case, new])) == []
    assert [link.other for link in CaseLink.objects.of(new)] == [case]


def test_the_person_gets_reference_and_key_of_the_new_case() -> None:
    case = two_problems()

    act(case, "split", Staff().handler, issues=[case.issues.get(number=2)], reason="Two teams.")

    notice = Case.objects.exclude(pk=case.pk).get().notices.get()
    assert (notice.template, notice.to.email) == ("split", "kim@example.com")
    assert notice.case.reference in notice.text
    assert notice.SECRET_MARK in notice.text
    assert len(notice.secret.replace("-", "")) >= 16


def test_who_is_barred_from_the_case_is_barred_from_its_part() -> None:
    case, named = two_problems(), make_handler("named")
    act(case, "name_staff", Staff().handler, colleague=named, reason="The driver's boss.")

    act(case, "split", Staff().handler, issues=[case.issues.get(number=2)], reason="Two teams.")

    assert list(Case.objects.visible_to(named)) == []


def test_one_problem_stays_and_what_was_answered_stays_together() -> None:
    case = two_problems()
    with pytest.raises(Refused, match="Leave at least one problem"):
        act(case, "split", Staff().handler, issues=list(case.issues.all()), reason="All.")

    with pytest.raises(Refused) as refusal:
        act(make_case(State.OPEN), "split", Staff().handler, reason="Nothing to split.")
    assert refusal.value.code == "not_possible"


def test_nobody_is_split_who_can_not_be_told() -> None:
    case = two_problems(name="", email="", complainant={"reply_by": "online"})

    with pytest.raises(Refused, match="no way to tell"):
        act(case, "split", Staff().handler, issues=[case.issues.get(number=2)], reason="Two.")

    assert Case.objects.count() == 1


def test_a_complainant_can_do_none_of_it() -> None:
    case = two_problems()
    for name in ("link", "merge", "split"):
        with pytest.raises(Refused) as refusal:
            perform(case, name, actor=Actor.complainant(), data={"reason": "x"})
        assert refusal.value.code == "not_allowed"


def test_whom_a_joined_case_is_about_does_not_judge_it_in_the_other_one() -> None:
    case, second, staff = make_case(State.OPEN), make_case(State.INVESTIGATING), Staff()
    act(case, "name_staff", staff.lead, colleague=staff.handler, reason="It is about her.")

    act(case, "merge", staff.lead, other=second.reference, reason="The same parcel.")

    second.refresh_from_db()
    assert second.handler is None
    assert Case.objects.visible_to(staff.handler).filter(pk=second.pk).count() == 0


def test_a_part_keeps_the_priority_the_pauses_and_the_day_that_was_told() -> None:
    case, staff = two_problems(), Staff()
    act(case, "assess", staff.handler, now=NOW, severity=4, complexity="low", impact="low")
    act(case, "ask", staff.handler, now=NOW, text="Which day?")
    act(case, "reply", now=NOW + timedelta(days=10), text="Monday.")
    due = case.clocks.get(name="answer").due_at

    act(case, "split", staff.handler, now=NOW + timedelta(days=11),
        issues=[case.issues.get(number=2)], reason="Two teams.")  # fmt: skip

    new = Case.objects.exclude(pk=case.pk).get()
    clock = new.clocks.get(name="answer")
    assert (new.priority, clock.due_at, new.due_at) == ("high", due, due)
    assert recompute_due(clock, WorkingCalendar.for_site(new.site)) == due
