"""Two people at once: one acts, the other is told; nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from random import Random
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.forms import modelform_factory
from django.utils import timezone
from wagtail.models import Site

from complaints.absences import hand_over
from complaints.access import Actor
from complaints.actions.performing_many import Wish, perform_on_many
from complaints.backoffice.ability import HandsOverMixin
from complaints.events import broken_links
from complaints.intake.receiving import receive
from complaints.intake.submission import Submission
from complaints.lifecycle import ACTIONS, Refused, State, perform
from complaints.models import (
    Absence,
    Case,
    CaseLink,
    ContactRestriction,
    Event,
    Message,
    Team,
)
from complaints.transfer.files import Table
from complaints.transfer.importing import Changed, carry_out, preview
from complaints.transfer.resources import TeamTable
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


def waiting_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        # Else a transaction sees what it saw the first time.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(cursor.fetchone()[0])


def while_held(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Run the second while the first has done its work and has not committed it yet."""
    done = threading.Event()

    def hold() -> Any:
        with transaction.atomic():
            result = first()
            done.set()
            end = monotonic() + 10
            while not waiting_for_a_lock() and monotonic() < end:
                sleep(0.05)
        return result

    def follow() -> Any:
        done.wait(20)
        return second()

    return at_once(hold, follow)


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
        # The case that goes on says that another was joined with it.
        joined = case.events.filter(action="merge").exclude(to_state=State.CLOSED).count()
        assert case.events.count() - before[case.pk] == len(mine) + joined
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

    results = while_held(
        lambda: unlink(one, seen[0], users[0]), lambda: unlink(other, seen[1], users[1])
    )

    refusals = [result for result in results if isinstance(result, Refused)]
    assert (len(refusals), results.count("done")) == (1, 1)
    assert "This case has changed." in str(refusals[0])
    assert Event.objects.filter(action="unlink").count() == 1
    assert not CaseLink.objects.exists()


@pytest.mark.postgresql
def test_what_a_lead_gives_to_somebody_else_meanwhile_is_not_handed_over() -> None:
    case, kept = make_case(State.INVESTIGATING), make_case(State.INVESTIGATING)
    staff, deputy, bob = Staff(), make_handler("deputy"), make_handler("bob")
    today = timezone.localdate()
    absence = Absence.objects.create(
        user=staff.handler, deputy=deputy, first_day=today, last_day=today
    )

    def give() -> str:
        perform(
            Case.objects.get(pk=kept.pk), "assign",
            actor=Actor.staff(staff.lead), data={"handler": bob},
        )  # fmt: skip
        return "given"

    assert staff.lead
    results = while_held(give, lambda: hand_over(absence, timezone.now()))

    assert results == ["given", 1]
    for row in (case, kept):
        row.refresh_from_db()
    assert (case.handler, kept.handler) == (deputy, bob)
    assert not kept.notices.filter(template__in=["new_contact", "staff_away"]).exists()


class Form:
    """As a view of Wagtail saves its form."""

    def __init__(self, form: Any) -> None:
        self.form = form

    def save_instance(self) -> Any:
        return self.form.save()


class Saved(HandsOverMixin, Form):
    pass


@pytest.mark.postgresql
def test_a_form_that_was_open_while_the_clocks_handed_over_does_not_do_it_again() -> None:
    case, staff = make_case(State.INVESTIGATING), Staff()
    today, _lead = timezone.localdate(), staff.lead
    absence = Absence.objects.create(user=staff.handler, first_day=today, last_day=today)
    stale = Absence.objects.get(pk=absence.pk)

    def save_the_form() -> Any:
        fields = {"user": stale.user_id, "first_day": today, "last_day": today, "deputy": ""}
        form = modelform_factory(Absence, fields=list(fields))(fields, instance=stale)
        assert form.is_valid(), form.errors
        return Saved(form).save_instance().handed_over_at is not None

    results = while_held(lambda: hand_over(absence, timezone.now()), save_the_form)

    assert results == [0, True]
    assert case.notices.filter(template="staff_away").count() == 1


@pytest.mark.postgresql
def test_one_person_is_limited_once_however_many_write_it_down() -> None:
    cases, user = [make_case(State.OPEN) for _ in range(2)], make_lead()
    data = {
        "until": timezone.localdate() + timedelta(days=30),
        "measure": "written", "reason": "Forty calls a day.", "text": "Please write to us.",
    }  # fmt: skip

    def limit(case: Case) -> str:
        perform(
            Case.objects.get(pk=case.pk), "restrict_contact", actor=Actor.staff(user), data=data
        )
        return "limited"

    results = while_held(lambda: limit(cases[0]), lambda: limit(cases[1]))

    assert results[0] == "limited"
    assert isinstance(results[1], Refused), results
    assert ContactRestriction.objects.count() == 1


@pytest.mark.postgresql
def test_a_file_that_is_imported_by_two_clicks_adds_its_rows_once() -> None:
    table = Table(("name_en",), (("Night shift",),), (2,), "")
    digest = preview(TeamTable, table).digest

    results = while_held(
        lambda: len(carry_out(TeamTable, table, digest=digest, user=None).new),
        lambda: carry_out(TeamTable, table, digest=digest, user=None),
    )

    assert results[0] == 1
    assert isinstance(results[1], Changed), results
    assert Team.objects.filter(name="Night shift").count() == 1


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
