"""Invented cases: made in bulk, and all the same as lawful as if people had handled them."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.test import override_settings

from complaints.deadlines import OURS, recompute_due
from complaints.events import broken_links
from complaints.invented import words
from complaints.invented.case_rows import COLUMNS
from complaints.invented.histories import HISTORIES
from complaints.invented.making import Maker
from complaints.lifecycle import ACTIONS, Role, State
from complaints.models import (
    NEVER,
    Case,
    Clock,
    ClockEntry,
    Decision,
    Event,
    HandlingSettings,
    Holiday,
    Message,
)
from complaints.references import understand_reference
from complaints.working_calendar import WorkingCalendar
from tests import factories

NOW = datetime(2026, 6, 17, 12, tzinfo=ZoneInfo("UTC"))
NUMBER = 150


@pytest.fixture
def cases(db: None) -> list[Case]:
    for day in ("2026-05-25", "2025-12-25", "2025-12-26"):
        Holiday.objects.create(day=day, name="Holiday")
    Maker(now=NOW, seed=7).make(NUMBER)
    return list(Case.objects.order_by("pk"))


def edges() -> set[tuple[str, str, str]]:
    """(action, from, to) of the table of actions; how a case begins is not an action."""
    found = {("receive", "", State.RECEIVED.value)}
    for action in ACTIONS.values():
        for source in action.sources:
            found.update((action.name, source, to) for to in action.targets or (source,))
    return found


def test_every_history_follows_the_table_of_actions():
    for history in HISTORIES:
        before = ""
        for step in history.steps:
            assert (step.action, before, step.to) in edges()
            before = step.to


def test_their_events_chain(cases):
    assert list(broken_links()) == []
    # The proof could fail: an event under another case's number breaks it.
    case = cases[0]
    moved = Event.objects.filter(case=case).order_by("-number").first()
    moved.pk, moved.number = None, moved.number + 2
    moved.save()
    assert [broken.reference for broken in broken_links()] == [case.reference]


def test_every_event_is_an_edge_by_someone_who_may(cases):
    lawful = edges()
    for case in cases:
        events = list(case.events.order_by("number"))
        assert [e.at for e in events] == sorted(e.at for e in events)
        for before, event in pairwise([None, *events]):
            assert event is not None
            assert event.from_state == (before.to_state if before else "")
            assert (event.action, event.from_state, event.to_state) in lawful
            if event.action != "receive":
                assert Role(event.actor_role) in ACTIONS[event.action].who
        assert case.version == len(events)


def test_their_clocks_recompute(cases):
    calendar = WorkingCalendar.from_settings(HandlingSettings.for_site(cases[0].site))
    clocks = list(Clock.objects.prefetch_related("entries"))
    assert len(clocks) > 2 * NUMBER
    for clock in clocks:
        assert clock.due_at == recompute_due(clock, calendar)
        entries = list(clock.entries.all())
        assert [e.what for e in entries] == (["start", "stop"] if clock.stopped_at else ["start"])
        skipped = calendar.holidays_between(clock.started_at, clock.due_at)
        assert entries[0].detail == {
            "holidays": [day.isoformat() for day in skipped],
            "paused_days": 0,
        }
    assert ClockEntry.objects.exclude(detail__holidays=[]).exists()


def test_a_case_is_due_when_its_first_running_clock_is(cases):
    for case in cases:
        running = case.clocks.filter(name__in=OURS, stopped_at=None).values_list(
            "due_at", flat=True
        )
        assert case.due_at == (NEVER if case.state == State.CLOSED else min(running, default=NEVER))
    assert {case.due_at == NEVER for case in cases} == {True, False}


def test_moments_of_a_case_are_those_of_its_events(cases):
    steps = {
        "receive": "received_at",
        "moderate": "moderated_at",
        "acknowledge": "acknowledged_at",
        "assess": "assessed_at",
    }
    for case in cases:
        at = {event.action: event.at for event in case.events.all()}
        for action, column in steps.items():
            assert getattr(case, column) == at.get(action)
        assert case.changed_at == max(at.values())
        assert (case.closed_at is not None) == (case.state == State.CLOSED)


def test_words_are_kept_as_they_were_written(cases):
    assert all(case.original_is_intact for case in cases)
    originals = dict(Message.objects.filter(purpose="original").values_list("case", "body"))
    assert originals == {case.pk: case.description for case in cases}
    names = {name for names in words.NAMES.values() for name in names}
    assert {case.complainant.name for case in cases} <= names
    assert {case.complainant.email.split("@")[1] for case in cases} == {"example.com"}
    sent = Decision.objects.exclude(sent_at=None)
    assert set(sent.values_list("sent_text", flat=True)) == {words.ANSWER}


def test_no_word_needs_escaping():
    texts = [words.ANSWER, words.REASONS, words.PLAN, *words.REMARK.values()]
    for group in (*words.SENTENCES.values(), *words.NAMES.values()):
        texts.extend(group)
    assert [text for text in texts if set(text) & set("\t\n\r\\")] == []


def test_every_foreign_key_leads_somewhere(cases):
    checked = 0
    for model in COLUMNS:
        for field in model._meta.concrete_fields:
            related: type[Model] | None = field.related_model  # type: ignore[assignment]
            if field.many_to_one or field.one_to_one:
                assert related is not None
                filled = model._default_manager.exclude(**{f"{field.name}__isnull": True})
                lost = filled.exclude(**{f"{field.attname}__in": related._default_manager.all()})
                assert (model, field.name, lost.count()) == (model, field.name, 0)
                checked += filled.count()
    assert checked > 10 * NUMBER


def test_references_are_understood_and_never_twice(cases):
    references = [case.reference for case in cases]
    assert len(set(references)) == NUMBER
    assert [understand_reference(reference) for reference in references] == references


def test_a_reference_that_is_taken_is_passed_over(db):
    maker = Maker(now=NOW)
    first = maker.reference(1)
    maker.references.add(first)
    assert maker.reference(1) != first
    assert understand_reference(maker.reference(1)) == maker.reference(1)


def test_the_same_seed_makes_the_same_cases(cases):
    def told(some: list[Case]) -> list[Any]:
        return [(c.state, c.language, c.description, c.received_at, c.due_at) for c in some]

    Maker(now=NOW, seed=7).make(NUMBER)
    again = list(Case.objects.filter(pk__gt=cases[-1].pk).order_by("pk"))
    assert told(again) == told(cases)
    Maker(now=NOW, seed=8).make(NUMBER)
    other = list(Case.objects.filter(pk__gt=again[-1].pk).order_by("pk"))
    assert told(other) != told(cases)
    assert list(broken_links()) == []


def test_real_cases_can_come_after_invented_ones(cases):
    after = factories.submit().case
    assert after.pk > cases[-1].pk
    assert after.events.count() > 0
    # A second lot begins after the real ones.
    Maker(now=NOW, seed=7).make(3)
    assert Case.objects.filter(pk__gt=after.pk).count() == 3
    assert list(broken_links()) == []


def test_the_command_says_how_many_and_how_fast(db):
    out = StringIO()
    call_command("make_cases", 40, stdout=out)
    assert Case.objects.count() == 40
    assert out.getvalue().startswith("40 cases in ")
    with pytest.raises(CommandError, match="Say how many cases"):
        call_command("make_cases", 0)


@pytest.mark.postgresql
@pytest.mark.slow
def test_several_processes_make_one_lot(real_transactions):
    out = StringIO()
    call_command("make_cases", 4100, workers=2, stdout=out)
    assert Case.objects.count() == 4100
    assert Case.objects.values("reference").distinct().count() == 4100
    assert list(broken_links()) == []
    last = Event.objects.order_by("-pk").first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM conduct_complaints_event_id_seq")
        assert cursor.fetchone() == (last.pk,)
    assert factories.submit().case.pk > last.case_id


@pytest.mark.django_db
@override_settings(SETTINGS_MODULE="config.settings.production")
def test_no_invented_case_gets_among_real_ones() -> None:
    with pytest.raises(CommandError, match="not in production"):
        call_command("make_cases", "5")

    assert Case.objects.count() == 0
