"""What happens by itself, as `manage.py run_clocks` does it, and the proof of the events."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints import automation
from complaints.automation import run_clocks
from complaints.events import install_triggers, remove_triggers
from complaints.lifecycle import Objectivity, Outcome, State
from complaints.models import Case, Clock, ClockName, Event, Notice
from tests.factories import Staff, act, make_case, proposal, submit
from tests.people import make_quality

pytestmark = pytest.mark.django_db
#: A Monday; with the default working week 20 working days later is Monday 30 November.
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def answered(*, now: datetime = NOW, owed: bool = False, **fields: object) -> Case:
    staff = Staff()
    case = make_case("investigating", now=now, **fields)
    remedies = {} if owed else {"remedies": []}
    act(case, "propose", staff.handler, now=now, **proposal(case, **remedies))
    act(case, "approve", staff.lead, now=now, checklist=list(Objectivity))
    sent(now)
    return case


def sent(now: datetime) -> None:
    """The mail server took everything."""
    Notice.objects.filter(state=Notice.State.WAITING).update(
        state=Notice.State.SENT, sent_at=now, next_try_at=None, secret=""
    )


def silence(case: Case) -> Clock:
    return case.clocks.get(name=ClockName.SILENCE)


def half(clock: Clock) -> datetime:
    return clock.started_at + (clock.due_at - clock.started_at) / 2


def templates(case: Case) -> list[str]:
    return list(case.notices.order_by("pk").values_list("template", flat=True))


# The silence rule


@pytest.mark.requirement("10002-7.9", "GDPR-22")
def test_silence_is_reminded_at_half_of_the_time_and_closed_when_it_is_over():
    case = answered()
    clock = silence(case)
    assert run_clocks(half(clock) - MINUTE).reminded == 0
    assert run_clocks(half(clock) + MINUTE).reminded == 1
    sent(half(clock) + MINUTE)
    assert run_clocks(clock.due_at - MINUTE).closed == 0
    assert run_clocks(clock.due_at + MINUTE).closed == 1
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.UPHELD)
    last = case.events.last()
    assert (last.action, last.actor_role) == ("close", "system")
    assert templates(case)[-2:] == ["silence_reminder", "closed"]


@pytest.mark.requirement("10002-7.9")
def test_nothing_is_done_twice():
    case = answered()
    clock = silence(case)
    for moment in (half(clock) + MINUTE, clock.due_at + MINUTE):
        first, second = run_clocks(moment), run_clocks(moment + MINUTE)
        sent(moment)
        assert first.reminded + second.reminded == (moment < clock.due_at)
    run_clocks(clock.due_at + DAY)
    run_clocks(clock.due_at + DAY + MINUTE)
    assert templates(case).count("silence_reminder") == 1
    assert templates(case).count("closed") == 1


def test_the_reminder_says_until_when_and_that_silence_settles_it():
    case = answered(language="de")
    clock = silence(case)
    run_clocks(half(clock) + MINUTE)
    text = case.notices.get(template="silence_reminder").text
    assert "30. November 2026" in text
    assert "2. November 2026" in text


@pytest.mark.requirement("10002-7.9")
def test_a_case_is_never_closed_without_a_reminder_that_left_time_to_reply():
    case = answered()
    late = silence(case).due_at + DAY
    counts = run_clocks(late)
    assert (counts.reminded, counts.closed) == (1, 0)
    sent(late)
    assert run_clocks(late + 6 * DAY).closed == 0
    assert run_clocks(late + 7 * DAY).closed == 1


def test_a_reminder_that_could_not_be_sent_leaves_the_case_to_its_handler():
    case = answered()
    clock = silence(case)
    run_clocks(half(clock) + MINUTE)
    case.notices.filter(template="silence_reminder").update(state=Notice.State.FAILED)
    assert run_clocks(clock.due_at + MINUTE).left_to_staff == 1
    assert run_clocks(clock.due_at + DAY).left_to_staff == 0
    case.refresh_from_db()
    assert case.state == State.ANSWERED
    assert case.notices.get(template="staff_silence").to_user == case.handler


def test_a_person_without_e_mail_is_not_closed_by_silence():
    case = answered(email="")
    clock = silence(case)
    run_clocks(half(clock) + MINUTE)
    counts = run_clocks(clock.due_at + 30 * DAY)
    assert (counts.closed, counts.left_to_staff) == (0, 1)


@pytest.mark.requirement("10002-7.9")
def test_what_is_owed_stays_owed_and_the_handler_is_told_once():
    case = answered(owed=True)
    clock = silence(case)
    run_clocks(half(clock) + MINUTE)
    sent(half(clock) + MINUTE)
    assert run_clocks(clock.due_at + MINUTE).left_to_staff == 1
    assert run_clocks(clock.due_at + DAY).left_to_staff == 0
    case.refresh_from_db()
    assert case.state == State.ANSWERED
    staff = Staff()
    (remedy,) = case.remedies.all()
    act(case, "deliver_remedy", staff.handler, remedy=remedy, proof="Bank slip 7")
    act(case, "verify_remedy", staff.lead, remedy=remedy)
    assert run_clocks(clock.due_at + 2 * DAY).closed == 1


@pytest.mark.parametrize("action", ["reject", "accept", "request_review"])
def test_whoever_says_something_is_not_silent(action):
    case = answered(owed=True)
    clock = silence(case)
    run_clocks(half(clock) + MINUTE)
    sent(half(clock) + MINUTE)
    act(case, action, now=half(clock) + DAY)
    state = case.state
    counts = run_clocks(clock.due_at + 30 * DAY)
    case.refresh_from_db()
    assert (counts.closed, counts.left_to_staff, case.state) == (0, 0, state)


# Warnings


@pytest.mark.requirement("SEC-TIME")
def test_the_handler_is_warned_at_three_quarters_and_the_lead_at_the_end_each_once():
    staff = Staff()
    case = make_case("investigating", now=NOW)
    clock = case.clocks.get(name=ClockName.ANSWER)
    three_quarters = clock.started_at + (clock.due_at - clock.started_at) * 3 / 4
    # Said meanwhile how it goes, so that the next message is not due before the answer.
    act(case, "update", staff.handler, now=three_quarters - 2 * MINUTE, text="We are on it.")
    assert run_clocks(three_quarters - MINUTE).due_soon == 0
    assert run_clocks(three_quarters + MINUTE).due_soon == 1
    assert run_clocks(three_quarters + DAY).due_soon == 0
    assert run_clocks(clock.due_at - MINUTE).overdue == 0
    assert run_clocks(clock.due_at + MINUTE).overdue == 1
    assert run_clocks(clock.due_at + DAY).overdue == 0
    told = {n.template: n.to_user for n in case.notices.exclude(to_user=None).order_by("pk")[1:]}
    assert told == {"staff_due_soon:answer": staff.handler, "staff_overdue:answer": staff.lead}


def test_every_clock_and_every_run_of_it_warns_for_itself():
    lead = Staff().lead
    case = make_case("open", now=NOW, complainant={"name": "Kim", "phone": "+44 1632 960 1"})
    run_clocks(NOW + 60 * DAY)
    assert sorted(case.notices.filter(to_user=lead).values_list("template", flat=True)) == [
        "staff_overdue:acknowledge",
        "staff_overdue:answer",
    ]


def test_a_paused_clock_warns_nobody():
    make_case("waiting", now=NOW)
    counts = run_clocks(NOW + 60 * DAY)
    assert (counts.due_soon, counts.overdue) == (0, 0)


@pytest.mark.requirement("SEC-TIME")
def test_overdue_is_seen_although_nothing_ran():
    case = make_case("open", now=NOW)
    later = NOW + 60 * DAY
    assert list(Case.objects.overdue(later)) == [case]
    assert automation.last_run() is None
    run_clocks(later)
    assert automation.last_run() == later


def test_leads_are_warned_where_nobody_handles_the_case_or_may():
    staff = Staff()
    lead = staff.lead
    case = make_case("investigating", now=NOW)
    case.involvements.create(user=staff.handler, part="named", since=NOW)
    clock = case.clocks.get(name=ClockName.ANSWER)
    run_clocks(clock.due_at - MINUTE)
    assert case.notices.get(template="staff_due_soon:answer").to_user == lead


def test_one_case_that_fails_does_not_keep_the_others_waiting():
    broken, sound = answered(), answered()
    # No such language: its reminder can't be written.
    Case.objects.filter(pk=broken.pk).update(language="xx")
    counts = run_clocks(half(silence(sound)) + MINUTE)
    assert (counts.reminded, counts.failed) == (1, 1)
    assert templates(sound)[-1] == "silence_reminder"


def test_looking_takes_the_same_queries_for_one_case_and_for_thirty():
    counts = []
    run_clocks(NOW)  # What is looked at once an hour only.
    for number in (1, 29):
        for _ in range(number):
            submit(now=NOW)
        sent(NOW)
        with CaptureQueriesContext(connection) as queries:
            run_clocks(NOW + MINUTE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL plans by its statistics")
def test_looking_reads_indexes_and_never_a_whole_table():
    for find in (
        automation.clocks_to_remind,
        automation.clocks_to_close,
        automation.clocks_left_to_staff,
        automation.clocks_due_soon,
        automation.clocks_overdue,
        automation.clocks_to_escalate,
    ):
        plan = find(NOW).explain()
        assert "SCAN" not in plan, (find.__name__, plan)


def test_run_clocks_prints_one_line_of_counts():
    make_case("open", now=timezone.now() - 60 * DAY)
    Staff().lead  # noqa: B018 - made on first use
    make_quality()
    sent(timezone.now())
    out = StringIO()
    call_command("run_clocks", stdout=out)
    assert out.getvalue() == (
        "sent 0, reminded 0, closed 0, left_to_staff 0, due_soon 0, overdue 2, "
        "escalated 2, handed_over 0, digests 0, followers 0, scanned 0, indexed 0, failed 0\n"
    )


@pytest.mark.requirement("SEC-MAIL")
def test_run_clocks_sends_what_waited(mailoutbox):
    case = submit().case
    assert mailoutbox == []
    out = StringIO()
    call_command("run_clocks", stdout=out)
    assert out.getvalue().startswith("sent 1,")
    assert [mail.subject for mail in mailoutbox] == [case.notices.get().subject]


def test_two_machines_at_once_do_everything_once(real_transactions):
    case = answered(owed=True)
    overdue = make_case("open", now=NOW)
    make_quality()
    sent(NOW)
    start = threading.Barrier(3)
    failed: list[int] = []

    def machine() -> None:
        start.wait()
        try:
            failed.append(run_clocks(NOW + 60 * DAY).failed)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=machine) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [0, 0, 0]
    assert templates(case).count("silence_reminder") == 1
    assert templates(case).count("staff_silence") == 1
    assert sorted(name for name in templates(overdue) if name.startswith("staff_")) == [
        "staff_escalated:answer",
        "staff_escalated:update",
        "staff_overdue:answer",
        "staff_overdue:update",
    ]
    assert templates(case).count("staff_escalated:remedy:1") == 1


# The chain of events


def verify() -> str:
    out = StringIO()
    call_command("verify_events", stdout=out)
    return out.getvalue()


def tamper(sql: str) -> None:
    """As somebody with full rights on the database would."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    install_triggers(connection)


@pytest.mark.requirement("SEC-AUDIT")
def test_verify_events_counts_what_it_proved():
    make_case("answered")
    assert verify() == f"{Event.objects.count()} events are proven.\n"


@pytest.mark.requirement("SEC-AUDIT")
@pytest.mark.parametrize(
    ("sql", "number", "why"),
    [
        ("UPDATE conduct_complaints_event SET actor_role = 'system' WHERE number = 3", 3,
         "its content was changed"),
        ("UPDATE conduct_complaints_event SET at = '2020-01-01 00:00:00+00:00' WHERE number = 1", 1,
         "its content was changed"),
        ("DELETE FROM conduct_complaints_event WHERE number = 2", 3, "event 2 is missing"),
        ("DELETE FROM conduct_complaints_event WHERE number = 3", 2,
         "the case is in another state than its events say"),
        ("DELETE FROM conduct_complaints_event", 0, "it has no events"),
    ],
)  # fmt: skip
def test_verify_events_names_the_first_broken_link(sql, number, why):
    case = make_case("open")
    assert verify() == "3 events are proven.\n"
    tamper(sql)
    with pytest.raises(CommandError) as error:
        verify()
    assert str(error.value) == (
        f"The chain of events is broken at {case.reference}, event {number}: {why}."
    )
    assert error.value.returncode == 1


@pytest.mark.requirement("SEC-AUDIT")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE conduct_complaints_event SET action = 'note'",
        "DELETE FROM conduct_complaints_event",
    ],
)
def test_the_database_refuses_to_change_an_event(sql):
    make_case("open")
    before = list(Event.objects.values_list("pk", "hash"))
    with (
        pytest.raises(DatabaseError, match="events are append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert list(Event.objects.values_list("pk", "hash")) == before
