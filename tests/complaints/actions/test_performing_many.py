"""One action on many cases costs less than as many actions, and leaves what those would leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.access import Actor
from complaints.actions.keeping_changes import Loaded, show_in
from complaints.actions.performing_many import Wish, perform_on_many
from complaints.backoffice.bulk import doing as bulk_doing
from complaints.backoffice.bulk.doing import Bulk
from complaints.events import broken_links
from complaints.lifecycle import ACTIONS, Priority, Refused, State, perform
from complaints.models import Case, Event, HandlingSettings, Involvement, Notice
from complaints.notices.gathering import staff_mails_gathered
from tests import people
from tests.factories import Staff, act, make_case, make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Staff:
    made = Staff()
    assert made.handler
    assert made.lead
    return made


def columns(case: Case) -> dict[str, tuple[type, Any]]:
    names = [field.attname for field in Case._meta.concrete_fields]
    return {name: (type(vars(case)[name]), vars(case)[name]) for name in names}


def assign(staff: Staff, user: Any = None) -> Wish:
    person = user or staff.handler
    return Wish(ACTIONS["assign"], Actor.staff(staff.lead), lambda case: {"handler": person})


def seen(*cases: Case) -> dict[int, int | None]:
    return {case.pk: case.version for case in cases}


def test_after_an_action_a_case_is_what_was_stored(staff: Staff) -> None:
    """Without being read again: every column, and of the type that reading gives."""
    case = make_case(State.RECEIVED)
    category = make_category()
    for user, action, data in (
        (staff.handler, "moderate", {"result": "accept", "category": category}),
        (staff.handler, "assess", {"severity": "4", "complexity": "low", "impact": "high"}),
        (staff.lead, "assign", {"handler": staff.handler}),
        (staff.handler, "set_confidential", {"confidential": True, "reason": "Our staff"}),
        (staff.handler, "investigate", {"plan": "Ask the driver."}),
        (staff.handler, "ask", {"text": "Which day?"}),
        (None, "withdraw", {}),
    ):
        act(case, action, user, **data)
        assert columns(case) == columns(Case.objects.get(pk=case.pk)), action


def test_only_what_an_action_changed_is_written(staff: Staff) -> None:
    case = make_case(State.OPEN)
    with CaptureQueriesContext(connection) as caught:
        act(case, "assign", staff.lead, handler=staff.handler)
    (update,) = (
        query["sql"] for query in caught if query["sql"].startswith('UPDATE "conduct_complaints_c')
    )
    written = update.partition(" SET ")[2].partition(" WHERE ")[0]
    assert sorted(part.split('"')[1] for part in written.split(", ")) == [
        "changed_at",
        "handler_id",
        "version",
    ]


def test_every_kind_of_change_is_noticed(staff: Staff) -> None:
    case = make_case(State.OPEN)
    kept = Loaded(case)
    assert kept.changes() == {}
    case.priority, case.severity = Priority.HIGH, 5
    case.handler, case.handler = staff.handler, None
    case.place = F("subject")
    case.product = str(case.product)
    assert set(kept.changes()) == {"priority", "severity", "place"}
    kept.save()
    stored, shown = Case.objects.get(pk=case.pk), Case(pk=case.pk)
    assert (stored.priority, stored.severity, stored.place) == ("high", 5, case.subject)
    show_in(shown, case)
    assert columns(shown) == columns(stored)


def test_what_was_left_out_of_a_case_is_not_written(staff: Staff) -> None:
    case = Case.objects.defer("description", "place").get(pk=make_case(State.OPEN).pk)
    kept = Loaded(case)
    case.cause = "Rain"
    assert kept.changes() == {"cause": "Rain"}
    assert {"description", "place"} <= case.get_deferred_fields()


def test_many_leave_what_one_by_one_leaves(staff: Staff) -> None:
    alone, first, second = (make_case(State.OPEN) for _number in range(3))
    now = timezone.now()
    act(alone, "assign", staff.lead, now=now, handler=staff.handler)
    wish = Wish(
        ACTIONS["assign"], Actor.staff(staff.lead), lambda case: {"handler": staff.handler}, now
    )
    perform_on_many([first, second], wish, seen_versions=seen(first, second))

    def left(case: Case) -> Any:
        event = case.events.order_by("-number").first()
        assert event is not None
        stored = Case.objects.get(pk=case.pk)
        parts = case.involvements.order_by("part").values_list("part", "user", "since")
        return (
            (stored.handler, stored.version, stored.changed_at, stored.state),
            (event.number, event.at, event.action, event.actor, event.data, event.from_state),
            list(parts),
        )

    assert left(first) == left(second) == left(alone)
    assert columns(first) == columns(Case.objects.get(pk=first.pk))
    assert not list(broken_links())


def test_each_is_checked_for_itself(staff: Staff) -> None:
    other = people.make_handler("other")
    fine, closed, stale, named, barred = (
        make_case(state) for state in (State.OPEN, State.CLOSED, *[State.OPEN] * 3)
    )
    now = timezone.now()
    for case, user in ((named, other), (barred, staff.lead)):
        Involvement.objects.create(case=case, user=user, part="conflict", since=now)
    versions = seen(fine, closed, named, barred) | {stale.pk: stale.version - 1}
    everyone = [fine, closed, stale, named, barred]
    results = perform_on_many(everyone, assign(staff, other), seen_versions=versions)
    codes = {pk: getattr(result, "code", "done") for pk, result in results.items()}
    assert codes == {
        fine.pk: "done",
        closed.pk: "not_possible",
        stale.pk: "changed",
        named.pk: "missing",
        barred.pk: "conflict",
    }
    assert isinstance(results[named.pk], Refused)
    assert list(Case.objects.filter(handler=other)) == [fine]
    assert not list(broken_links())


class _Breaks(dict[str, Any]):
    """Values that are taken so many times; then the process is killed, as it were."""

    times = 3

    def keys(self) -> Any:
        self.times -= 1
        if self.times < 0:
            raise KeyboardInterrupt
        return super().keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())


def test_killed_in_the_middle_a_second_run_does_the_rest(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_doing, "TOGETHER", 2)
    cases = [make_case(State.OPEN) for _number in range(5)]
    versions = {case.pk: case.version for case in cases}
    lead, values = Actor.staff(staff.lead), {"handler": staff.handler}
    broken = Bulk(ACTIONS["assign"], lead, _Breaks(values), "0" * 32)
    with pytest.raises(KeyboardInterrupt):
        broken.do_all([Case.objects.get(pk=case.pk) for case in cases], versions)
    assert Case.objects.filter(handler=staff.handler).count() == 2, "the first two, not the third"
    (told,) = Notice.objects.filter(template="staff_assigned_many")
    assert told.to_user == staff.handler
    assert [case.reference in told.text for case in cases] == [True, True, False, False, False]
    again = Bulk(ACTIONS["assign"], lead, values, "0" * 32)
    done = again.do_all([Case.objects.get(pk=case.pk) for case in cases], versions)
    assert [one.words for one in done] == ["Done."] * 5
    assert Case.objects.filter(handler=staff.handler).count() == 5
    assert Event.objects.filter(action="assign").count() == 5
    assert not list(broken_links())


def test_each_of_many_costs_a_savepoint_and_no_more(staff: Staff) -> None:
    site, costs = make_case(State.OPEN).site, []
    HandlingSettings.for_site(site)  # read once for all
    for number in (2, 5):
        cases = [make_case(State.OPEN) for _number in range(number)]
        for case in cases:
            case.site = site
        wish = assign(staff)
        with staff_mails_gathered(), CaptureQueriesContext(connection) as caught:
            results = perform_on_many(cases, wish, seen_versions=seen(*cases))
        assert [type(results[case.pk]) for case in cases] == [Event] * number
        # It is set and released.
        costs.append(len(caught) - 2 * number)
    assert costs == [16, 16]


def test_what_one_case_costs(staff: Staff) -> None:
    case = Case.objects.select_related("site").get(pk=make_case(State.OPEN).pk)
    actor, data = Actor.staff(staff.lead), {"handler": staff.handler}
    with CaptureQueriesContext(connection) as caught:
        perform(case, "assign", actor=actor, data=data, seen_version=case.version)
    assert len(caught) == 22
