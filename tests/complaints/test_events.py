"""The chain of events."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from complaints.events import broken_links, install_triggers, remove_triggers
from complaints.lifecycle import State
from complaints.models import Event
from tests.factories import WORDS, make_case


@pytest.mark.django_db
@pytest.mark.requirement("SEC-AUDIT")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conduct_complaints_event SET action = 'note'",
        "DELETE FROM conduct_complaints_event",
    ],
)
def test_the_database_refuses_to_change_an_event(statement: str) -> None:
    make_case()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert set(Event.objects.values_list("action", flat=True)) == {"receive", "acknowledge"}


@pytest.mark.django_db
def test_the_model_refuses_too() -> None:
    event = make_case().events.first()

    with pytest.raises(TypeError, match="can't be changed"):
        event.save()
    with pytest.raises(TypeError, match="can't be deleted"):
        event.delete()


def tamper(sql: str) -> None:
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    install_triggers(connection)


@pytest.mark.django_db
@pytest.mark.requirement("SEC-AUDIT")
@pytest.mark.parametrize(
    ("sql", "number", "why"),
    [
        (
            "UPDATE conduct_complaints_event SET action = 'note' WHERE number = 2",
            2,
            "its content was changed",
        ),
        ("DELETE FROM conduct_complaints_event WHERE number = 2", 3, "event 2 is missing"),
        (
            "UPDATE conduct_complaints_case SET state = 'closed'",
            3,
            "the case is in another state than its events say",
        ),
    ],
)
def test_tampering_is_found(sql: str, number: int, why: str) -> None:
    case = make_case(State.OPEN)
    assert list(broken_links()) == []

    tamper(sql)

    (broken,) = broken_links()
    assert (broken.reference, broken.number, broken.why) == (case.reference, number, why)


@pytest.mark.django_db
def test_events_hold_no_personal_data() -> None:
    case = make_case(State.CLOSED)

    stored = "".join(str(row) for row in case.events.values_list("data", "action"))

    for personal in ("Kim", "kim@example.com", WORDS[:20], "It rained", "Bank slip", "shelter"):
        assert personal not in stored
