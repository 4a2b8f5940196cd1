"""One action on many cases: as `perform` does it, with what is asked and written once for all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from complaints.access import Actor, read_barred
from complaints.actions.doing import Doing
from complaints.actions.keeping_changes import Loaded, show_in
from complaints.actions.performing import perform_action, take_effect
from complaints.events import START, append_events, last_links, next_event
from complaints.lifecycle import Action
from complaints.models import Case, Event, Involvement
from complaints.remembering import remembering
from complaints.search.indexing import keep_words_of

#: Held together in one transaction: more would keep others waiting for longer.
TOGETHER = 100
#: What an action reads of every case. Its effect must change no row of it but through the case.
READ_AHEAD = {"assign": ("issues__category__parent__parent",)}

logger = logging.getLogger(__name__)
#: An event, or why there is none.
Result = Event | Exception


@dataclass(frozen=True)
class Wish:
    """One action of one person on many cases."""

    action: Action
    actor: Actor
    data_for: Callable[[Case], Mapping[str, Any]]
    now: datetime = field(default_factory=timezone.now)


def perform_on_many(
    cases: Sequence[Case], wish: Wish, *, seen_versions: Mapping[int, int | None]
) -> dict[int, Result]:
    """By case: the event, or why it was refused, or what went wrong.

    All in one transaction: call it with at most `TOGETHER` cases. Who is refused or fails keeps
    no other from being done. Each case has its own checks, version and event, as with `perform`.
    """
    try:
        with transaction.atomic(), remembering():
            return _Many(wish).perform(cases, seen_versions)
    except Exception:
        # Whatever it was, it is looked for one by one.
        logger.warning("%s could not be done together", wish.action.name, exc_info=True)
        # In the order in which they are locked together, too.
        ordered = sorted(cases, key=lambda case: case.pk)
        return {case.pk: _alone(case, wish, seen_versions[case.pk]) for case in ordered}


def _alone(case: Case, wish: Wish, seen_version: int | None) -> Result:
    try:
        with transaction.atomic():
            return perform_action(
                case,
                wish.action,
                actor=wish.actor,
                data=wish.data_for(case),
                now=wish.now,
                seen_version=seen_version,
            )
    except Exception as error:  # noqa: BLE001 - the caller says it
        return error


@dataclass
class _Done:
    """An effect that is to be written."""

    doing: Doing
    loaded: Loaded
    from_state: str


@dataclass
class _Many:
    wish: Wish
    done: list[_Done] = field(default_factory=list)

    def perform(
        self, cases: Sequence[Case], seen_versions: Mapping[int, int | None]
    ) -> dict[int, Result]:
        results: dict[int, Result] = {}
        locked = self._lock(cases)
        for case in locked.values():
            try:
                # What an effect has written before it refuses is taken back.
                with transaction.atomic():
                    self._take_effect(case, seen_versions[case.pk])
            except Exception as error:  # noqa: BLE001 - the caller says it
                results[case.pk] = error
        results |= {event.case_id: event for event in self._write()}
        for case in cases:
            if isinstance(results.get(case.pk), Event):
                show_in(case, locked[case.pk])
            elif case.pk not in locked:
                results[case.pk] = Case.DoesNotExist()
        return results

    def _lock(self, cases: Sequence[Case]) -> dict[int, Case]:
        """In one order, so that two who do the same cases never wait for each other."""
        rows = Case.objects.locked().filter(pk__in=[case.pk for case in cases])
        ahead = READ_AHEAD.get(self.wish.action.name, ())
        locked = {case.pk: case for case in rows.order_by("pk").prefetch_related(*ahead)}
        for case in cases:
            if case.pk in locked:
                # With the settings it has read already.
                locked[case.pk].site = case.site
        read_barred(locked.values())
        return locked

    def _take_effect(self, case: Case, seen_version: int | None) -> None:
        loaded, from_state = Loaded(case), case.state
        doing = Doing(
            case=case,
            action=self.wish.action,
            actor=self.wish.actor,
            data=self.wish.data_for(case),
            now=self.wish.now,
            involved_later=[],
        )
        take_effect(doing, seen_version)
        self.done.append(_Done(doing, loaded, from_state))

    def _write(self) -> list[Event]:
        cases = [one.doing.case for one in self.done]
        involved = [row for one in self.done for row in one.doing.involved_later or ()]
        Involvement.objects.bulk_create(involved, ignore_conflicts=True)
        _save(one.loaded for one in self.done)
        keep_words_of([case.pk for case in cases])
        links = last_links([case.pk for case in cases])
        events = [
            next_event(
                one.doing.case,
                self.wish.action.name,
                after=links.get(one.doing.case.pk, START),
                actor=self.wish.actor,
                now=self.wish.now,
                from_state=one.from_state,
                data=one.doing.event_data,
            )
            for one in self.done
        ]
        append_events(events)
        for one in self.done:
            one.doing.call_after_commit()
        return events


def _save(loaded: Iterable[Loaded]) -> None:
    """One query for all cases of which the same has become the same."""
    alike: dict[tuple[tuple[str, Any], ...], list[Loaded]] = {}
    for one in loaded:
        changes = one.changes()
        del changes["version"]
        alike.setdefault(tuple(changes.items()), []).append(one)
    for changed, ones in alike.items():
        # Their rows are locked: nobody else counts on.
        values = {"version": F("version") + 1} | dict(changed)
        Case.objects.filter(pk__in=[one.case.pk for one in ones]).update(**values)
        for one in ones:
            one.read_back(dict(changed))
