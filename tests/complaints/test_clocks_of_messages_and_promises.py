"""When the complainant hears from us next, what was promised, and who is told when it is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.models import Site

from complaints.automation import run_clocks
from complaints.clock_words import explain, worth_telling
from complaints.deadlines import Clocks, recompute_due
from complaints.lifecycle import Objectivity, State
from complaints.models import Case, Clock, ClockName, HandlingSettings, Notice
from tests.factories import Staff, act, make_case, make_remedy_kind, proposal
from tests.people import make_handler, make_privacy, make_quality

pytestmark = pytest.mark.django_db
#: A Monday; ten working days later is Monday 15 June.
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def informing(case: Case) -> list[Clock]:
    return list(case.clocks.filter(name=ClockName.UPDATE))


def runs(case: Case) -> list[tuple[date, bool]]:
    """The last day of each, and whether it still runs."""
    return [(clock.due_at.date(), clock.stopped_at is None) for clock in informing(case)]


def promised(case: Case, *due_on: date | None) -> list[Clock]:
    """Answer with one remedy for each of these days."""
    staff, kind = Staff(), make_remedy_kind()
    remedies = [{"kind": kind, "amount": 20, "due_on": day} for day in due_on]
    act(case, "propose", staff.handler, now=MONDAY, **proposal(case, remedies=remedies))
    act(case, "approve", staff.lead, now=MONDAY, checklist=list(Objectivity))
    return list(case.clocks.filter(name=ClockName.REMEDY))


def told(case: Case, prefix: str) -> list[tuple[str, str]]:
    notices = case.notices.filter(template__startswith=prefix).order_by("template", "pk")
    return [(n.template.removeprefix(prefix), n.to_user.username) for n in notices if n.to_user]


@pytest.mark.requirement("10002-4.15")
def test_each_message_to_the_complainant_starts_the_time_until_the_next_anew():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    assert runs(case) == [(date(2026, 6, 15), True)]
    assert case.due_at == informing(case)[0].due_at

    act(case, "note", Staff().handler, now=MONDAY + 2 * DAY, text="Rang the depot.")
    assert runs(case) == [(date(2026, 6, 15), True)]
    act(case, "update", Staff().handler, now=MONDAY + 3 * DAY, text="We have asked the depot.")

    assert runs(case) == [(date(2026, 6, 15), False), (date(2026, 6, 18), True)]
    assert case.due_at == informing(case)[1].due_at


def test_a_question_starts_it_anew_and_it_stands_still_until_the_reply():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    act(case, "ask", Staff().handler, now=MONDAY + DAY, text="Which day?")
    asked = informing(case)[-1]
    assert (asked.run, asked.paused_at) == (2, MONDAY + DAY)
    assert [entry.what for entry in informing(case)[0].entries.all()] == ["start", "stop"]

    act(case, "reply", now=MONDAY + 4 * DAY, text="Tuesday")

    assert runs(case)[-1] == (date(2026, 6, 19), True)  # 16 June and the three days it stood still
    assert case.due_at == informing(case)[-1].due_at


@pytest.mark.parametrize("action", ["answer", "withdraw"])
def test_who_has_the_answer_or_asked_for_none_waits_for_no_message(action):
    case = make_case(State.INVESTIGATING, now=MONDAY)
    if action == "answer":
        promised(case)
    else:
        act(case, "withdraw", now=MONDAY)
    assert [clock.stopped_at for clock in informing(case)] == [MONDAY]


def test_a_review_is_told_of_and_the_next_message_is_due_again():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    promised(case)
    act(case, "request_review", now=MONDAY + DAY)
    assert runs(case) == [(date(2026, 6, 15), False), (date(2026, 6, 16), True)]


def test_who_has_to_be_rung_has_heard_nothing_before_somebody_rang():
    phone = {"name": "Kim", "phone": "+44 1632 960 1", "reply_by": "phone"}
    staff = Staff()
    case = make_case(State.OPEN, now=MONDAY, complainant=phone)
    assert informing(case) == []  # Not even that it arrived: that clock still runs.
    act(case, "acknowledge", staff.handler, now=MONDAY, how="Rang Kim.")
    act(case, "update", staff.handler, now=MONDAY + DAY, text="We have asked the depot.")
    assert runs(case) == [(date(2026, 6, 15), True)]

    act(case, "record_told", staff.handler, now=MONDAY + 2 * DAY, how="Rang Kim again.")

    assert runs(case)[-1] == (date(2026, 6, 17), True)


def test_a_new_key_says_nothing_of_how_it_goes():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    act(case, "new_key", Staff().handler, now=MONDAY + DAY, reason="Knew the order number.")
    assert runs(case) == [(date(2026, 6, 15), True)]


@pytest.mark.requirement("10002-7.9")
def test_every_promise_has_a_clock_until_it_is_verified_and_nothing_stops_it():
    case, staff = make_case(State.INVESTIGATING, now=MONDAY), Staff()
    sunday = date(2026, 6, 14)
    first, second = promised(case, sunday, None)
    # The day that was told, a working day or not; where none was told, the organisation's time.
    assert [clock.due_at.date() for clock in (first, second)] == [sunday, date(2026, 6, 29)]
    assert case.due_at == first.due_at
    act(case, "accept", now=MONDAY)

    act(case, "deliver_remedy", staff.handler, now=MONDAY, remedy=first.remedy, proof="Slip 7")
    first.refresh_from_db()
    assert first.stopped_at is None
    act(case, "verify_remedy", staff.lead, now=MONDAY + DAY, remedy=first.remedy)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stopped_at, second.stopped_at) == (MONDAY + DAY, None)
    assert case.due_at == second.due_at


def test_what_was_promised_before_a_withdrawal_is_owed_again_on_reopening():
    case, staff = make_case(State.INVESTIGATING, now=MONDAY), Staff()
    (clock,) = promised(case, date(2026, 6, 19))
    act(case, "withdraw", now=MONDAY + DAY)
    act(case, "reopen", staff.lead, now=MONDAY + 2 * DAY, reason="They wrote again.")
    old, new = case.clocks.filter(name=ClockName.REMEDY)
    assert (old.pk, old.stopped_at, new.stopped_at) == (clock.pk, MONDAY + DAY, None)
    assert new.due_at == clock.due_at


def test_a_promise_of_before_gets_its_clock_with_the_next_thing_that_is_done():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    promised(case, date(2026, 6, 19))
    case.clocks.filter(name=ClockName.REMEDY).delete()
    act(case, "note", Staff().handler, now=MONDAY + DAY, text="Rang the bank.")
    clock = case.clocks.get(name=ClockName.REMEDY)
    assert (clock.due_at.date(), case.due_at) == (date(2026, 6, 19), clock.due_at)


def test_both_recompute_from_their_ledger():
    case, staff = make_case(State.INVESTIGATING, now=MONDAY), Staff()
    act(case, "ask", staff.handler, now=MONDAY + DAY, text="Which day?")
    act(case, "reply", now=MONDAY + 4 * DAY, text="Tuesday")
    promised(case, date(2026, 6, 14), None)
    calendar = Clocks(case).calendar
    clocks = list(case.clocks.all())
    assert {clock.name for clock in clocks} >= {ClockName.UPDATE, ClockName.REMEDY}
    assert [recompute_due(c, calendar) for c in clocks] == [c.due_at for c in clocks]


def test_the_ledger_in_words_names_the_day_that_was_promised():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    (clock,) = promised(case, date(2026, 6, 14))
    assert explain(clock) == [
        "1 June 2026: the time began. What was promised is due on 14 June 2026."
    ]


def test_messages_that_were_sent_in_time_are_not_told_of_one_by_one():
    case, handler = make_case(State.INVESTIGATING, now=MONDAY), Staff().handler
    for days in (2, 4, 60):
        act(case, "update", handler, now=MONDAY + days * DAY, text="We are on it.")
    shown = [clock for clock in worth_telling(case.clocks.all()) if clock.name == "update"]
    assert [clock.run for clock in shown] == [3, 4]  # the late one, and the one that runs


# Who is told


@pytest.mark.requirement("10002-4.15", "SEC-TIME")
def test_the_handler_the_lead_and_the_head_are_told_one_after_the_other_and_each_once():
    case = make_case(State.INVESTIGATING, now=MONDAY)
    make_quality()
    (clock,) = informing(case)
    three_quarters = clock.started_at + (clock.due_at - clock.started_at) * 3 / 4
    moments = [
        (three_quarters - MINUTE, (0, 0, 0)),
        (three_quarters + MINUTE, (1, 0, 0)),
        (clock.due_at + MINUTE, (0, 1, 0)),
        (clock.due_at + DAY - MINUTE, (0, 0, 0)),
        (clock.due_at + DAY, (0, 0, 1)),
        (clock.due_at + DAY + MINUTE, (0, 0, 0)),
    ]
    for moment, expected in moments:
        counts = run_clocks(moment)
        assert (counts.due_soon, counts.overdue, counts.escalated) == expected, moment
    assert told(case, "staff_due_soon:") == [("update", "handler")]
    assert told(case, "staff_overdue:") == [("update", "lead")]
    assert told(case, "staff_escalated:") == [("update", "quality")]


def test_a_weekend_is_no_working_day_for_the_head_either():
    case, _quality = make_case(State.INVESTIGATING, now=MONDAY + 4 * DAY), make_quality()
    (clock,) = informing(case)
    assert clock.due_at.isoweekday() == 5
    assert run_clocks(clock.due_at + 2 * DAY).escalated == 0
    assert run_clocks(clock.due_at + 3 * DAY).escalated == 1


def test_every_promise_of_a_case_warns_for_itself_and_its_owner_too():
    case, owner = make_case(State.INVESTIGATING, now=MONDAY), make_handler("owner")
    promised(case, date(2026, 6, 10), date(2026, 6, 11))
    case.remedies.filter(due_on=date(2026, 6, 10)).update(owner=owner)
    run_clocks(datetime(2026, 6, 10, 12, tzinfo=UTC))
    run_clocks(datetime(2026, 6, 11, 18, tzinfo=UTC))
    assert told(case, "staff_due_soon:") == [
        ("remedy:1", "handler"),
        ("remedy:1", "owner"),
        ("remedy:2", "handler"),
    ]
    assert told(case, "staff_overdue:") == [("remedy:1", "lead"), ("remedy:2", "lead")]


def test_the_named_head_is_told_instead_of_the_quality_managers():
    case, _quality, head = make_case(State.OPEN, now=MONDAY), make_quality(), make_quality("head")
    settings = HandlingSettings.for_site(Site.objects.get(is_default_site=True))
    settings.head_of_function = head
    settings.save()
    run_clocks(MONDAY + 17 * DAY)
    assert told(case, "staff_escalated:") == [("update", "head")]


def test_of_a_confidential_case_only_somebody_is_told_who_may_see_it():
    staff = Staff()
    case, _quality, _privacy = make_case(State.OPEN, now=MONDAY), make_quality(), make_privacy()
    act(case, "set_confidential", staff.lead, now=MONDAY, confidential=True, reason="About staff.")
    run_clocks(MONDAY + 17 * DAY)
    assert told(case, "staff_escalated:") == [("update", "privacy")]


def test_the_mail_to_the_head_names_what_is_late_and_nothing_else():
    case, _quality = make_case(State.OPEN, now=MONDAY), make_quality()
    run_clocks(MONDAY + 17 * DAY)
    notice = Notice.objects.get(template="staff_escalated:update")
    assert notice.subject == f"{case.reference}: something is still not done"
    assert f"The next message to the complainant of case {case.reference} was due" in notice.text
