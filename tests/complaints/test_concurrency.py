"""Two people at once: one acts, the other is told; nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from random import Random
from time import monotonic
from typing import Any

import pytest
from django.db import close_old_connections, connections
from wagtail.models import Site

from complaints.access import Actor
from complaints.events import broken_links
from complaints.intake.receiving import receive
from complaints.intake.submission import Submission
from complaints.lifecycle import Refused, State, perform
from complaints.models import Case, CaseLink, Message
from tests.factories import Staff, make_case, make_category, proposal
from tests.people import make_handler

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_transactions")]


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs together, each on its own connection; their results or exceptions, in order."""
    results: list[Any] = [None] * len(jobs)
    barrier = threading.Barrier(len(jobs))

    def run(place: int, job: Callable[[], Any]) -> None:
        close_old_connections()
        try:
            barrier.wait(timeout=20)
            results[place] = job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_handlers_act_at_once_and_the_second_is_told() -> None:
    case = make_case(State.INVESTIGATING)
    staff, other = Staff(), make_handler("handler2")
    users, seen = [staff.handler, other], case.version

    def propose(user: Any) -> str:
        mine = Case.objects.get(pk=case.pk)
        perform(mine, "propose", actor=Actor.staff(user), data=proposal(mine), seen_version=seen)
        return "done"

    results = at_once(*(lambda user=user: propose(user) for user in users))

    refusals = [r for r in results if isinstance(r, Refused)]
    assert sorted(map(str, results)) == sorted(["done", str(refusals[0])])
    assert refusals[0].code == "changed"
    case.refresh_from_db()
    assert (case.state, case.decisions.count(), case.version) == (State.DECIDING, 1, seen + 1)
    assert list(broken_links([case])) == []


def test_notes_of_many_people_at_once_are_all_kept_in_one_chain() -> None:
    case = make_case(State.OPEN)
    user = Staff().handler
    before = case.events.count()

    def note(number: int) -> None:
        mine = Case.objects.get(pk=case.pk)
        perform(mine, "note", actor=Actor.staff(user), data={"text": f"Note {number}"})

    results = at_once(*(lambda n=n: note(n) for n in range(6)))

    assert results == [None] * 6
    assert case.messages.filter(purpose=Message.Purpose.NOTE).count() == 6
    assert case.events.count() == before + 6
    assert list(broken_links([case])) == []


def test_the_same_form_sent_several_times_at_once_makes_one_case() -> None:
    category, site = make_category(), Site.objects.get(is_default_site=True)

    def send() -> tuple[str, str, bool]:
        receipt = receive(
            Submission(
                site=site,
                language="en",
                description="The parcel stood in the rain.",
                complainant={"name": "Kim", "email": "kim@example.com"},
                category=category,
                token_id="one-and-the-same-token",
            )
        )
        return receipt.case.reference, receipt.key, receipt.created

    results = at_once(*[send] * 5)

    assert len({(reference, key) for reference, key, _created in results}) == 1
    assert sorted(created for *_both, created in results) == [False] * 4 + [True]
    assert Case.objects.count() == 1
    case = Case.objects.get()
    assert (case.notices.count(), case.messages.count(), case.events.count()) == (1, 1, 2)


#: `SECONDS=60` for the whole minute.
SECONDS = float(os.environ.get("SECONDS", "8"))


@pytest.mark.postgresql
def test_twenty_people_at_the_same_cases_do_each_thing_once_or_are_refused_with_words() -> None:
    """For some seconds, on a database where they really run beside each other."""
    cases = [make_case(State.OPEN) for _ in range(4)]
    users = [make_handler(f"h{n}") for n in range(10)] * 2
    before = {case.pk: case.events.count() for case in cases}
    end = monotonic() + SECONDS
    words: list[str] = []

    def work(number: int, user: Any) -> list[tuple[int, str]]:
        random, done = Random(number), []
        while monotonic() < end:
            case = Case.objects.get(pk=random.choice(cases).pk)
            action = random.choice(["note", "update", "link", "set_confidential", "hold", "ask"])
            data = {
                "text": "Words.",
                "reason": "A reason.",
                "other": random.choice(cases).reference,
                "link_kind": "related",
            }
            try:
                perform(case, action, actor=Actor.staff(user), data=data, seen_version=case.version)
                done.append((case.pk, action))
            except Refused as refused:
                words.append(str(refused).strip())
        return done

    results = at_once(*(lambda n=n, u=u: work(n, u) for n, u in enumerate(users)))

    assert [r for r in results if not isinstance(r, list)] == []
    done = [row for result in results for row in result]
    assert len(done) > len(users), "they got somewhere"
    assert words, "some were refused"
    assert all(words)
    for case in cases:
        case.refresh_from_db()
        mine = [action for pk, action in done if pk == case.pk]
        assert case.events.count() - before[case.pk] == len(mine)
    assert list(broken_links(cases)) == []
    pairs = [frozenset((link.case_id, link.other_id)) for link in CaseLink.objects.all()]
    assert len(pairs) == len(set(pairs)), "no pair is linked twice"
