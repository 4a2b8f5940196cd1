"""Two people at once: one acts, the other is told; nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from random import Random
from time import monotonic
from typing import Any

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Site

from complaints.access import Actor
from complaints.actions.performing_many import Wish, perform_on_many
from complaints.events import broken_links
from complaints.intake.receiving import receive
from complaints.intake.submission import Submission
from complaints.lifecycle import ACTIONS, Refused, State, perform
from complaints.models import Case, CaseLink, Event, Message
from tests.factories import Staff, make_case, make_category, proposal
from tests.people import make_handler, make_lead

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
ACTIONS_TRIED = [
    "note", "update", "link", "unlink", "set_confidential", "hold", "ask", "merge", "unmerge",
]  # fmt: skip


@pytest.mark.postgresql
def test_twenty_people_at_the_same_cases_do_each_thing_once_or_are_refused_with_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """For some seconds, on a database where they really run beside each other."""
    cases = [make_case(State.OPEN) for _ in range(4)]
    users = [make_handler(f"h{n}") for n in range(9)] * 2
    leads = [make_lead("l1"), make_lead("l2")]
    before = {case.pk: case.events.count() for case in cases}
    end = monotonic() + SECONDS
    words: list[str] = []

    def data(case: Case, random: Random) -> dict[str, Any]:
        return {
            "text": "Words.",
            "reason": "A reason.",
            "other": random.choice(cases).reference,
            "link_kind": "related",
            "linked": CaseLink.objects.of(case).first(),
            "handler": random.choice(users),
            "confidential": random.choice([True, False]),
        }

    def work(number: int, user: Any) -> list[tuple[int, str]]:
        random, done = Random(number), []
        while monotonic() < end:
            case = Case.objects.get(pk=random.choice(cases).pk)
            action = random.choice(ACTIONS_TRIED)
            wanted = data(case, random)
            if action == "unlink" and wanted["linked"] is None:
                continue
            try:
                perform(
                    case, action, actor=Actor.staff(user), data=wanted, seen_version=case.version
                )
                done.append((case.pk, action))
            except Refused as refused:
                words.append(str(refused).strip())
        return done

    def work_on_all(lead: Any) -> list[tuple[int, str]]:
        """All cases at once, in the order of their last change: not that of the others."""
        done = []
        while monotonic() < end:
            chosen = list(Case.objects.order_by("-changed_at"))
            wish = Wish(ACTIONS["assign"], Actor.staff(lead), lambda case: data(case, Random()))
            seen = {case.pk: case.version for case in chosen}
            results = perform_on_many(chosen, wish, seen_versions=seen)
            done += [(pk, "assign") for pk, result in results.items() if isinstance(result, Event)]
            wrong = [r for r in results.values() if not isinstance(r, Event | Refused)]
            assert wrong == []
        return done

    results = at_once(
        *(lambda n=n, u=u: work(n, u) for n, u in enumerate(users)),
        *(lambda u=lead: work_on_all(u) for lead in leads),
    )

    assert [r for r in results if not isinstance(r, list)] == []
    done = [row for result in results for row in result]
    assert len(done) > len(users), "they got somewhere"
    assert words, "some were refused"
    assert all(words)
    assert "could not be done together" not in caplog.text
    for case in cases:
        case.refresh_from_db()
        mine = [action for pk, action in done if pk == case.pk]
        assert case.events.count() - before[case.pk] == len(mine)
    assert list(broken_links(cases)) == []
    pairs = [frozenset((link.case_id, link.other_id)) for link in CaseLink.objects.all()]
    assert len(pairs) == len(set(pairs)), "no pair is linked twice"


@pytest.mark.postgresql
def test_two_who_link_two_cases_crosswise_do_not_wait_for_each_other() -> None:
    one, other = make_case(State.OPEN), make_case(State.OPEN)
    users = [make_handler("h1"), make_handler("h2")]
    both_hold_theirs = threading.Barrier(2, timeout=20)

    def link(case: Case, with_: Case, user: Any) -> str:
        data = {"other": with_.reference, "link_kind": "related"}
        with transaction.atomic():
            Case.objects.locked().get(pk=case.pk)
            both_hold_theirs.wait()
            perform(case, "link", actor=Actor.staff(user), data=data)
        return "done"

    results = at_once(lambda: link(one, other, users[0]), lambda: link(other, one, users[1]))

    assert sorted(map(str, results)) == ["These two cases are linked already.", "done"]
    assert CaseLink.objects.count() == 1
    events = Event.objects.filter(action="link")
    assert [event.case_id for event in events] == [CaseLink.objects.get().case_id]


@pytest.mark.postgresql
def test_a_link_that_two_take_away_at_once_is_taken_away_once() -> None:
    one, other = make_case(State.OPEN), make_case(State.OPEN)
    users = [make_handler("h1"), make_handler("h2")]
    row = CaseLink.objects.create(case=one, other=other, kind="related", at=timezone.now())
    seen = [CaseLink.objects.get(pk=row.pk) for _ in users]

    def unlink(case: Case, chosen: CaseLink, user: Any) -> str:
        perform(case, "unlink", actor=Actor.staff(user), data={"linked": chosen})
        return "done"

    results = at_once(
        lambda: unlink(one, seen[0], users[0]), lambda: unlink(other, seen[1], users[1])
    )

    refusals = [result for result in results if isinstance(result, Refused)]
    assert (len(refusals), results.count("done")) == (1, 1)
    assert "This case has changed." in str(refusals[0])
    assert Event.objects.filter(action="unlink").count() == 1
    assert not CaseLink.objects.exists()


@pytest.mark.slow
def test_of_two_links_from_before_the_first_is_kept() -> None:
    case, other = make_case(State.OPEN), make_case(State.OPEN)
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([("conduct_complaints", "0016_day_of_receipt_in_the_order_of_lists")])
        links = [(case, other), (other, case)]
        rows = [
            CaseLink.objects.create(case=a, other=b, kind="related", at=timezone.now())
            for a, b in links
        ]
    finally:
        MigrationExecutor(connection).migrate(leaves)
    assert list(CaseLink.objects.all()) == rows[:1]
