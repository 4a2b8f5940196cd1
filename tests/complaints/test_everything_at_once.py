"""Any action by anybody and the clocks, at the same moment, on the same few cases."""

from __future__ import annotations

from random import Random
from time import monotonic
from typing import Any

import pytest
from django.utils import timezone

from complaints.actions.performing import available_actions
from complaints.automation import run_clocks
from complaints.events import broken_links
from complaints.lifecycle import Refused, Role, State, perform
from complaints.models import Case
from tests.complaints.test_concurrency import SECONDS, at_once
from tests.complaints.test_random_handling import House
from tests.factories import make_case

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_transactions"),
    pytest.mark.postgresql,
]
PEOPLE = 16


def test_each_thing_is_done_once_or_refused_with_words() -> None:
    house = House()
    house.cases += [make_case(state) for state in (State.OPEN, State.INVESTIGATING, State.DECIDING)]
    known = [case.pk for case in house.cases]
    before = {case.pk: done_by_people(case) for case in house.cases}
    end = monotonic() + SECONDS
    words: list[str] = []

    def work(number: int) -> list[tuple[int, str]]:
        random, done = Random(number), []
        while monotonic() < end:
            case = Case.objects.get(pk=random.choice(known))
            actor = house.actor(random.choice([*sorted(house.people), "complainant"]))
            # What the case page offers; a moment later it may be something else.
            names = [action.name for action in available_actions(case, actor)]
            if not names:
                continue
            action = random.choice(names)
            data = house.data(case, action, random)
            try:
                perform(case, action, actor=actor, data=data, seen_version=case.version)
                done.append((case.pk, action))
            except Refused as refused:
                words.append(str(refused).strip())
        return done

    def keep_time() -> list[tuple[int, str]]:
        while monotonic() < end:
            assert run_clocks(timezone.now()).failed == 0
        return []

    results: list[Any] = at_once(*(lambda n=n: work(n) for n in range(PEOPLE)), keep_time)

    assert [result for result in results if not isinstance(result, list)] == []
    done = [one for result in results for one in result]
    assert len(done) > PEOPLE
    assert words
    assert all(words)
    for case in house.cases:
        mine = [action for pk, action in done if pk == case.pk]
        # The case that goes on says that another was joined with it.
        joined = case.events.filter(action="merge").exclude(to_state="closed").count()
        assert done_by_people(case) - before[case.pk] == len(mine) + joined
    assert list(broken_links()) == []
    numbers = [list(case.events.values_list("number", flat=True)) for case in Case.objects.all()]
    assert all(sorted(row) == list(range(1, len(row) + 1)) for row in numbers)


def done_by_people(case: Case) -> int:
    return case.events.exclude(actor_role=Role.SYSTEM).count()
