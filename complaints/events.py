"""The chain of events: append, prove, and make the database refuse changes (4.12, 8.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import OuterRef, Subquery

from complaints.access import Actor
from complaints.models import Case, Event

FIRST_HASH = "0" * 64


class Link(NamedTuple):
    """What the next event has to follow."""

    number: int
    hash: str


START = Link(0, FIRST_HASH)


def append_event(
    case: Case,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    from_state: str = "",
    data: Mapping[str, Any] | None = None,
    is_first: bool = False,
) -> Event:
    """Append one event to a case whose row the caller has locked. `data` must hold no personal
    data. `is_first`: the case has just been made."""
    last = START if is_first else _last_link(case)
    event = next_event(
        case, action, after=last, actor=actor, now=now, from_state=from_state, data=data
    )
    event.save()
    return event


def next_event(
    case: Case,
    action: str,
    *,
    after: Link,
    actor: Actor,
    now: datetime,
    from_state: str,
    data: Mapping[str, Any] | None,
) -> Event:
    """The event that follows; not stored yet."""
    return Event(
        case=case,
        number=after.number + 1,
        at=now,
        action=action,
        actor_role=actor.role,
        actor=actor.user,
        from_state=from_state,
        to_state=case.state,
        data=dict(data or {}),
        previous_hash=after.hash,
    )


def append_events(events: Collection[Event]) -> None:
    """Store events of several cases, whose rows the caller has locked, at once."""
    for event in events:
        event.hash = event.compute_hash()
    Event.objects.bulk_create(events)


def _last_link(case: Case) -> Link:
    last = case.events.order_by("-number").values_list("number", "hash").first()
    return Link(*last) if last else START


def last_links(cases: Collection[int]) -> dict[int, Link]:
    """Of each of these cases that has events the end of its chain; the caller has locked them."""
    last = Event.objects.filter(case=OuterRef("pk")).order_by("-number")
    ends = Case.objects.filter(pk__in=cases).order_by()
    rows = ends.values_list(
        "pk", Subquery(last.values("number")[:1]), Subquery(last.values("hash")[:1])
    )
    return {case: Link(number, hash_) for case, number, hash_ in rows if number}


@dataclass(frozen=True)
class BrokenLink:
    """The first event of a case that does not fit the chain, and why."""

    reference: str
    number: int
    why: str


def _verify_chain(events: Iterable[Event], reference: str) -> BrokenLink | None:
    previous, expected = FIRST_HASH, 1
    for event in events:
        if event.number != expected:
            return BrokenLink(reference, event.number, f"event {expected} is missing")
        if event.previous_hash != previous:
            return BrokenLink(reference, event.number, "it does not follow the event before it")
        if event.hash != event.compute_hash():
            return BrokenLink(reference, event.number, "its content was changed")
        previous, expected = event.hash, expected + 1
    return None


def broken_links(cases: Iterable[Case] | None = None) -> Iterator[BrokenLink]:
    """Walk the events of the given cases (all by default), yield each case's first broken link.

    A case without any event, or whose state is not the one its last event led to, is broken too.
    """
    for case in cases if cases is not None else Case.objects.order_by("pk").iterator(2000):
        events = list(case.events.order_by("number"))
        broken = _verify_chain(events, case.reference)
        if broken is None and not events:
            broken = BrokenLink(case.reference, 0, "it has no events")
        if broken is None and not _words_are_intact(case, events):
            broken = BrokenLink(case.reference, 1, "what was first written was changed")
        if broken is None and events[-1].to_state != case.state:
            broken = BrokenLink(
                case.reference,
                events[-1].number,
                "the case is in another state than its events say",
            )
        if broken:
            yield broken


def fingerprint(original_hash: str) -> str:
    """What the first event keeps of the words that came in: enough to tell that they were changed,
    nothing to read them from."""
    return hashlib.sha256(f"conduct-words:{original_hash}".encode()).hexdigest()[:32]


def _words_are_intact(case: Case, events: list[Event]) -> bool:
    """What the person wrote is what was received (4.9), even if the case's hash was forged too.

    Words that were blacked out are proven by the event that says so.
    """
    kept = events[0].data.get("words")
    if kept is not None and kept != fingerprint(case.original_hash):
        return False
    blacked = [e.data["words"] for e in events if e.action == "redact" and "words" in e.data]
    if blacked:
        return blacked[-1] == fingerprint(Case.hash_original(case.description))
    return case.original_is_intact


TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER IF NOT EXISTS complaints_event_no_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        """CREATE TRIGGER IF NOT EXISTS complaints_event_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION complaints_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
        RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
        END $$""",
        """CREATE OR REPLACE TRIGGER complaints_event_no_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION complaints_event_refuse()""",
    ),
}
DROP_TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS complaints_event_no_update",
        "DROP TRIGGER IF EXISTS complaints_event_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS complaints_event_no_change ON {table}",
        "DROP FUNCTION IF EXISTS complaints_event_refuse()",
    ),
}
EVENT_TABLE = "conduct_complaints_event"


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=connection.ops.quote_name(EVENT_TABLE)))


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse UPDATE and DELETE of events. Does nothing where they are already
    refused."""
    _run(connection, TRIGGERS.get(connection.vendor, ()))


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Undo `install_triggers`: for reversing the migration and for emptying a test database."""
    _run(connection, DROP_TRIGGERS.get(connection.vendor, ()))
