"""What a case is found by follows every change of it, and nothing else is written."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from complaints.access import Actor
from complaints.automation import run_clocks
from complaints.intake.spam import Verdict
from complaints.invented.making import Maker
from complaints.lifecycle import perform
from complaints.models import Case, Issue, Message, SearchEntry
from complaints.search import analyser, indexing
from complaints.search.analyser import query_of
from complaints.search.finding import find
from complaints.search.texts import OF_CASE, OF_ISSUE, texts_of
from tests.factories import Staff, act, make_case, submit

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[int]:
    cases = find(Case.objects.all(), query_of(typed), ["pk"]).cases
    return sorted(cases.values_list("pk", flat=True))


def entries() -> dict[int, tuple[str, str]]:
    rows = SearchEntry.objects.values_list("case", "words", "digest")
    return {case: (words, digest) for case, words, digest in rows}


def test_a_case_is_found_as_soon_as_it_is_received() -> None:
    case, held = submit(description="Zebra").case, submit(
        description="Zebra", verdict=Verdict(signs=("forum_link",), score=9)
    ).case  # fmt: skip
    assert held.held
    assert found("zebra") == [case.pk, held.pk]


def test_every_action_that_says_something_adds_its_words(staff: Staff) -> None:
    case = make_case("investigating")
    act(case, "note", staff.handler, text="Alpaca")
    assert found("alpaca") == [case.pk]
    act(case, "ask", staff.handler, text="Badger?")
    assert found("badger") == [case.pk]
    act(case, "reply", text="Camel!")
    assert found("camel") == [case.pk]
    act(case, "set_confidential", staff.handler, confidential=True, reason="Dingo")
    assert found("dingo") == [case.pk]
    # What was there before is still there.
    assert found("alpaca camel rain") == [case.pk]


def test_words_that_left_a_case_find_it_no_more(staff: Staff) -> None:
    case, other = make_case("open", description="Zebra"), make_case("open")
    act(case, "note", staff.handler, text="Alpaca")
    # As a split does: what was said goes over to another case, and an issue is made there.
    Message.objects.filter(case=case, body="Alpaca").update(case=other)
    Issue.objects.create(case=other, number=2, description="Badger")
    act(case, "note", staff.handler, text="One")
    act(other, "note", staff.handler, text="Two")
    assert (found("alpaca"), found("badger"), found("zebra")) == ([other.pk], [other.pk], [case.pk])
    other.issues.filter(number=2).delete()
    act(other, "note", staff.handler, text="Three")
    assert found("badger") == []


def test_what_changes_no_word_writes_nothing(staff: Staff, django_assert_num_queries: Any) -> None:
    case = make_case("open")
    before = entries()
    act(case, "assign", staff.handler, handler=staff.handler)
    assert entries() == before
    with django_assert_num_queries(1):
        indexing.keep_words(case.pk)
    Message.objects.update(body="Zebra")
    with django_assert_num_queries(2):
        indexing.keep_words(case.pk)
    assert found("zebra") == [case.pk]


def test_an_action_that_fails_leaves_no_words(staff: Staff, monkeypatch: Any) -> None:
    case = make_case("open")

    def broken(*arguments: Any, **options: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("complaints.actions.performing.append_event", broken)
    with pytest.raises(RuntimeError):
        perform(case, "note", actor=Actor.staff(staff.handler), data={"text": "Zebra"})
    assert found("zebra") == []


def test_a_case_that_is_gone_is_found_no_more() -> None:
    case = submit(description="Zebra").case
    SearchEntry.objects.filter(case=case).delete()
    assert found("zebra") == []
    indexing.keep_words(case.pk)
    assert found("zebra") == [case.pk]


def test_a_rebuild_gives_what_was_kept_step_by_step(staff: Staff) -> None:
    for state in ("received", "investigating", "answered", "closed"):
        make_case(state, description=f"Zebra {state} 工资")
    kept = entries()
    assert len(kept) == 4
    SearchEntry.objects.update(words="stale", digest="")
    assert found("zebra") == []
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue().startswith("4 cases in ")
    assert entries() == kept
    SearchEntry.objects.all().delete()
    call_command("rebuild_search", stdout=out)
    assert entries() == kept
    assert len(found("zebra")) == len(found("工资")) == 4


def test_invented_cases_are_found_as_others() -> None:
    Maker(seed=3).make(60)
    kept = entries()
    assert sorted(kept) == sorted(Case.objects.values_list("pk", flat=True))
    indexing.rebuild()
    assert entries() == kept
    assert found("mưa") == found("mua") != []


def test_the_clocks_mend_what_is_missing_a_bounded_number_at_a_time(monkeypatch: Any) -> None:
    cases = [submit(description="Zebra").case.pk for _number in range(5)]
    kept = entries()
    assert run_clocks().indexed == 0
    SearchEntry.objects.filter(case__in=cases[1:]).delete()
    assert found("zebra") == cases[:1]
    monkeypatch.setattr(indexing, "BATCH", 2)
    assert indexing.mend(2) == 2
    assert found("zebra") == cases[:3]
    assert run_clocks().indexed == 2
    assert entries() == kept


def test_another_analyser_makes_other_words(monkeypatch: Any) -> None:
    case = submit().case
    digest = entries()[case.pk][1]
    monkeypatch.setattr(indexing, "VERSION", analyser.VERSION + 1)
    indexing.keep_words(case.pk)
    assert entries()[case.pk][1] != digest


def test_the_clocks_renew_the_words_of_another_version_by_themselves(
    monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    cases = [submit(description="Zebra").case.pk for _number in range(5)]
    kept = entries()
    # What an earlier release has written, with a digest of 64 digits and no version in front.
    SearchEntry.objects.filter(case__in=cases[:4]).update(words="stale", digest="1" * 64)
    SearchEntry.objects.filter(case=cases[0]).update(digest="1:" + "1" * 62)
    assert found("zebra") == cases[4:]
    monkeypatch.setattr(indexing, "BATCH", 2)
    assert indexing.mend(2) == 2
    assert found("zebra") == [*cases[:2], cases[4]]
    assert (run_clocks().indexed, run_clocks().indexed) == (2, 0)
    assert entries() == kept
    # Nobody looks for them again within a day; for what is missing each time.
    SearchEntry.objects.filter(case=cases[0]).delete()
    SearchEntry.objects.filter(case=cases[1]).update(digest="1:" + "1" * 62)
    assert (indexing.mend(), indexing.mend()) == (1, 0)
    # The next version looks at all of them.
    monkeypatch.setattr(indexing, "VERSION", analyser.VERSION + 1)
    assert (indexing.mend(), indexing.mend()) == (5, 0)
    with django_assert_num_queries(1):
        indexing.mend()


def test_a_case_with_endless_words_keeps_its_first_ones(staff: Staff) -> None:
    case = make_case("open", description="Zebra", name="Lan")
    long = [" ".join(f"{chr(0x4E00 + i)}{chr(0x4E00 + j)}" for j in range(300)) for i in range(300)]
    Message.objects.bulk_create(
        Message(case=case, direction="in", purpose="reply", language="zh-hans",
                body=text, at=case.received_at)
        for text in long
    )  # fmt: skip
    act(case, "note", staff.handler, text="Alpaca")
    words = SearchEntry.objects.get(case=case).words
    assert indexing.MOST_BYTES - 10 < len(words.encode()) <= indexing.MOST_BYTES
    assert found("zebra lan") == [case.pk]


def test_contact_data_is_in_no_entry() -> None:
    contact = {"email": "lan@example.com", "phone": "912345678", "postal_address": "Elm Street"}
    case = submit(complainant={"name": "Lan", **contact}).case
    ((_case, _known, texts),) = texts_of([case.pk])
    said = " ".join([*texts, entries()[case.pk][0]]).casefold()
    assert [word for word in ("example", "912345678", "elm") if word in said] == []


def test_each_column_searched_in_belongs_to_its_table_and_is_never_null() -> None:
    columns = [(Case, name) for name in OF_CASE] + [(Issue, name) for name in OF_ISSUE]
    fields = [model._meta.get_field(name) for model, name in columns]
    assert [field.name for field in fields if field.null or "Encrypted" in repr(field)] == []


def _columns() -> set[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if "conduct_complaints_searchentry" not in names:
            return set(names) & {"conduct_complaints_searchtext"}
        described = connection.introspection.get_table_description(
            cursor, "conduct_complaints_searchentry"
        )
        return {column.name for column in described} | (
            set(names) & {"conduct_complaints_searchtext"}
        )


def test_the_database_has_what_it_needs_and_no_more() -> None:
    own = {"postgresql": "vector", "sqlite": "conduct_complaints_searchtext"}[connection.vendor]
    assert _columns() == {"case_id", "words", "digest", own}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth(real_transactions: None) -> None:
    case = submit(description="Zebra").case
    before, after = "0005_the_whole_form", "0006_search_index"
    executor = MigrationExecutor(connection)
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "conduct_feedback"]
    try:
        executor.migrate([("conduct_complaints", before)])
        assert _columns() == set()
        MigrationExecutor(connection).migrate([("conduct_complaints", after)])
    finally:
        MigrationExecutor(connection).migrate(leaves)
    assert found("zebra") == []
    assert run_clocks().indexed == 1
    assert found("zebra") == [case.pk]
