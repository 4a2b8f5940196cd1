"""The table of cases: who gets which columns of which cases, and what it costs."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from complaints.backoffice import exporting
from complaints.backoffice.export_columns import PERSONAL, harmless
from complaints.intake.submission import Answered
from complaints.models import Access, Case, ExtraOption, ExtraQuestion, Involvement
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case, make_category, submit

pytestmark = pytest.mark.django_db
Kind = ExtraQuestion.Kind


def export_url(preset: str = "", query: str = "") -> str:
    if preset:
        return reverse("conduct_complaints_admin:export", args=[preset]) + query
    return reverse("conduct_complaints_admin:export_all") + query


def table(response: Any) -> list[dict[str, str]]:
    """The rows, as a spreadsheet reads them."""
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def exported(browse: Browse, user: Any, preset: str = "", query: str = "") -> list[str]:
    return [row["reference"] for row in table(browse(user).get(export_url(preset, query)))]


def ask(code: str, kind: str, *options: str) -> ExtraQuestion:
    question = ExtraQuestion.objects.create(code=code, label=f"{code}?", kind=kind)
    for number, option in enumerate(options):
        ExtraOption.objects.create(
            question=question, code=option, label=option.title(), sort_order=number
        )
    return question


def picked(question: ExtraQuestion, code: str) -> Answered:
    return Answered(question, option=question.options.get(code=code))


# Which cases


def test_the_table_has_the_cases_of_the_list_newest_first(browse: Browse, staff: Staff) -> None:
    now = timezone.now()
    old, new = make_case(now=now - timedelta(days=3)), make_case("open", language="ko")
    closed = make_case("closed", now=now - timedelta(days=1))
    references = {name: case.reference for name, case in
                  {"old": old, "new": new, "closed": closed}.items()}  # fmt: skip
    for preset, query, expected in [
        ("", "", ["new", "closed", "old"]),
        ("open", "", ["new", "old"]),
        ("moderate", "", ["old"]),
        ("closed", "", ["closed"]),
        ("open", "?language=ko", ["new"]),
        ("open", "?language=ko&state=received", []),
        ("", "?language=en&ordering=received_at&p=after~x", ["closed", "old"]),
        ("", f"?q={old.reference}", ["old"]),
    ]:
        assert exported(browse, staff.handler, preset, query) == [
            references[name] for name in expected
        ], (preset, query)


def outsider(case: Case) -> Any:
    return people.make_handler("outsider", team=people.make_team("Elsewhere"))


def barred(case: Case) -> Any:
    person = people.make_handler("barred", team=case.team)
    Involvement.objects.create(
        case=case, user=person, part=Involvement.Part.NAMED, since=timezone.now()
    )
    return person


def barred_boss(case: Case) -> Any:
    person = people.make_admin("boss")
    Involvement.objects.create(
        case=case, user=person, part=Involvement.Part.NAMED, since=timezone.now()
    )
    return person


@pytest.mark.parametrize("who", [outsider, barred, barred_boss])
@pytest.mark.parametrize("query", ["", "?personal=1", "?q={reference}", "?q=kim@example.com"])
def test_nobody_exports_a_case_that_they_may_not_see(
    who: Any, query: str, browse: Browse, staff: Staff
) -> None:
    case = make_case("open", category=make_category(team=people.make_team("Customer care")))
    person = who(case)
    client = browse(person)
    for preset in ("", "open"):
        url = export_url(preset, query.format(reference=case.reference))
        assert table(client.get(url)) == []
    assert not Access.objects.filter(what=Access.What.EXPORT).exists()


def test_who_is_no_case_staff_gets_nothing(browse: Browse, staff: Staff) -> None:
    make_case()
    for url in (export_url(), export_url("open"), export_url("open", "?personal=1")):
        response = browse(people.make_editor(f"e{len(url)}")).get(url)
        assert response["Location"] == reverse("wagtailadmin_home")


def test_a_filter_that_can_t_be_read_exports_nothing(browse: Browse, staff: Staff) -> None:
    make_case()
    response = browse(staff.handler).get(export_url("closed", "?state=nonsense"))
    assert response["Location"] == (
        reverse("conduct_complaints_admin:list", args=["closed"]) + "?state=nonsense"
    )


# Which columns


def _both(staff: Staff) -> Any:
    from django.contrib.auth.models import Group

    person = people.make_handler("both", team=people.make_team("Customer care"))
    person.groups.add(Group.objects.get(name="Quality managers"))
    return person


ROLES: dict[str, tuple[Any, list[bool]]] = {
    # Who; whether the words of the own team's case and of the other team's come along.
    "handler": (lambda staff: staff.handler, [True]),
    "lead": (lambda staff: staff.lead, [True]),
    "privacy": (lambda staff: people.make_privacy(), [True, True]),
    "admin": (lambda staff: people.make_admin(), [True, True]),
    "quality": (lambda staff: people.make_quality(), []),
    "auditor": (lambda staff: people.make_auditor(), []),
    # Sees all, reads only what their own team has.
    "quality handler": (_both, [True, False]),
}


@pytest.mark.parametrize("role", ROLES)
def test_names_and_words_come_only_when_asked_for_and_only_for_who_reads_them(
    role: str, browse: Browse, staff: Staff
) -> None:
    who, reads = ROLES[role]
    said, how = ask("said", Kind.TEXT), ask("how", Kind.CHOICES, "post", "courier")
    answers = [Answered(said, text="my words"), picked(how, "courier"), picked(how, "post")]
    now = timezone.now()
    care = make_category("care", team=people.make_team("Customer care"))
    other = make_category("bills", team=people.make_team("Billing"))
    own = submit(answers=answers, category=care, now=now).case
    submit(answers=answers, category=other, now=now - timedelta(hours=1))
    client = browse(who(staff))
    for row in table(client.get(export_url())):
        assert row.keys().isdisjoint({*PERSONAL, "q-said"})
        assert set(row["q-how"].split("; ")) == {"post", "courier"}
    assert Access.objects.count() == 0
    rows = table(client.get(export_url(query="?personal=1")))
    if not reads:
        assert all(row.keys().isdisjoint({*PERSONAL, "q-said"}) for row in rows)
    else:
        assert [(row["name"], row["email"], row["q-said"]) for row in rows] == [
            ("Kim Min-ji", "kim@example.com", "my words") if read else ("", "", "")
            for read in reads
        ]
        assert rows[0]["reference"] == own.reference
    noted = Access.objects.filter(what=Access.What.EXPORT)
    assert noted.count() == sum(reads)


def test_the_columns_are_codes_in_every_language(browse: Browse, staff: Staff) -> None:
    ask("state", Kind.CHOICE, "new")
    case = make_case("investigating", category=make_category("delivery"))
    client = browse(staff.handler)
    rows = table(client.get(export_url()))
    with translation.override("ar"):
        assert table(client.get(export_url())) == rows
    [row] = rows
    assert list(row) == [
        "reference", "kind", "state", "outcome", "received_at", "due_at", "answered_at",
        "closed_at", "channel", "language", "category", "promise", "priority", "severity", "stage",
        "contested", "confidential", "scope_reason", "handler", "team", "q-state",
    ]  # fmt: skip
    received = timezone.localtime(case.received_at).isoformat(timespec="minutes")
    expected = {
        "reference": case.reference, "kind": "complaint", "state": "investigating",
        "received_at": received, "channel": "form", "language": "en", "category": "delivery",
        "contested": "no", "handler": "Handler", "team": "Customer care", "q-state": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_the_log_says_who_how_many_and_which_list_but_not_what_was_searched(
    browse: Browse, staff: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    for _number in range(3):
        submit()
    query = "?personal=1&language=en&q=kim@example.com&received_at_from=2020-01-01"
    with caplog.at_level(logging.INFO, logger="complaints.backoffice.exporting"):
        table(browse(staff.handler).get(export_url("open", query)))
    assert caplog.messages == [
        f"User {staff.handler.pk} exported 3 cases with personal data: "
        "open language=en&received_at_from=2020-01-01"
    ]


# Formulas


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\nwords", "'\nwords"),
        ("＝1+1", "'＝1+1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"), ("﹦1", "'﹦1"),
        (" =1", "' =1"), ("\u200b=1", "'\u200b=1"), ("\u202e=1", "'\u202e=1"),
        ("\xa0=1", "'\xa0=1"),
        ("\x00=1", "'\x00=1"), ("1=1", "1=1"), ("a-b", "a-b"), ("'=1", "'=1"), ("", ""),
        ("한국어", "한국어"), ("…", "…"), (None, ""), (5, "5"),
    ],
)  # fmt: skip
def test_nothing_is_a_formula(typed: Any, written: str) -> None:
    assert harmless(typed) == written


def test_what_people_write_stays_one_cell_and_no_formula(browse: Browse, staff: Staff) -> None:
    said = ask("said", Kind.LONG_TEXT)
    nasty = '=HYPERLINK("http://evil","x");,\r\n"=1'
    submit(
        name="=cmd|'/c calc'!A0", email="kim@example.com", description=f"First\n{nasty}",
        answers=[Answered(said, text=nasty)],
    )  # fmt: skip
    [row] = table(browse(staff.handler).get(export_url(query="?personal=1")))
    assert (row["name"], row["q-said"]) == ("'=cmd|'/c calc'!A0", f"'{nasty}")
    assert row["description"] == f"First\n{nasty}"


# What it costs


def pieces(response: Any) -> Iterator[str]:
    return (piece.decode() for piece in response.streaming_content)


def test_cases_are_read_a_batch_at_a_time(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in memory is one batch, however many cases there are."""
    monkeypatch.setattr(exporting, "BATCH", 3)
    for _number in range(7):
        submit()
    response = browse(staff.handler).get(export_url(query="?personal=1"))
    assert response.streaming
    found = []
    for piece in pieces(response):
        lines = list(csv.reader(io.StringIO(piece, newline="")))
        found.append((len(lines), Access.objects.count()))
    # Each batch is noted before it is sent, and no later one has been read by then.
    assert found == [(1, 0), (3, 3), (3, 6), (1, 7)]


@pytest.mark.parametrize("rows", [1, 30])
def test_one_row_and_thirty_cost_the_same(rows: int, browse: Browse, staff: Staff) -> None:
    how = ask("how", Kind.CHOICE, "post", "courier")
    for _number in range(rows):
        submit(answers=[picked(how, "post")])
    Case.objects.update(handler=staff.handler)
    response = browse(staff.handler).get(export_url(query="?personal=1"))
    with CaptureQueriesContext(connection) as queries:
        assert sum(piece.count("\r\n") for piece in pieces(response)) == rows + 1
    assert len(queries) == 6


def test_more_rows_than_a_spreadsheet_likes_are_asked_for_first(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MANY", 2)
    client = browse(staff.handler)
    for number in range(1, 4):
        submit()
        response = client.get(export_url("open", "?language=en"))
        assert bool(response.streaming) == (number <= 2)
    page = response.content.decode()
    assert "These are more than 2 cases." in page
    assert 'href="?language=en&amp;all=1"' in page
    assert len(table(client.get(export_url("open", "?language=en&all=1")))) == 3


@pytest.mark.parametrize("who", ["handler", "quality"])
def test_the_list_offers_its_table(who: str, browse: Browse, staff: Staff) -> None:
    make_case()
    person = staff.handler if who == "handler" else people.make_quality()
    url = reverse("conduct_complaints_admin:list", args=["open"])
    page = browse(person).get(url + "?language=en&ordering=due_at").content.decode()
    assert f'href="{export_url("open")}?language=en"' in page
    assert f'href="{export_url()}"' in page
    personal = f'href="{export_url("open")}?language=en&amp;personal=1"'
    assert (personal in page) == (who == "handler")


@pytest.fixture(autouse=True)
def _no_case_before() -> None:
    assert not Case.objects.exists()
