"""The table of cases: who gets which columns of which cases, and what it costs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from complaints.backoffice import exporting
from complaints.backoffice.export_columns import PERSONAL
from complaints.intake.submission import Answered
from complaints.models import (
    Access,
    Case,
    ExportLog,
    ExtraOption,
    ExtraQuestion,
    Involvement,
)
from conduct.table_cells import harmless, restored
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case, make_category, submit

pytestmark = pytest.mark.django_db
Kind = ExtraQuestion.Kind


def export_url(preset: str = "", query: str = "") -> str:
    if preset:
        return reverse("conduct_complaints_admin:export", args=[preset]) + query
    return reverse("conduct_complaints_admin:export_all") + query


PURPOSE = {"purpose": "statistics"}
NAMES = PURPOSE | {"content": "with"}


def take(client: Client, url: str, said: dict[str, str] = PURPOSE) -> Any:
    """What the page gives to who has said what for."""
    return client.post(url, said)


def table(response: Any) -> list[dict[str, str]]:
    """The rows, as a spreadsheet reads them."""
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def exported(browse: Browse, user: Any, preset: str = "", query: str = "") -> list[str]:
    response = take(browse(user), export_url(preset, query))
    return [row["reference"] for row in table(response)]


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
@pytest.mark.parametrize("query", ["", "?q={reference}", "?q=kim@example.com"])
@pytest.mark.parametrize("said", [PURPOSE, NAMES], ids=["without names", "with names"])
def test_nobody_exports_a_case_that_they_may_not_see(
    who: Any, query: str, said: dict[str, str], browse: Browse, staff: Staff
) -> None:
    case = make_case("open", category=make_category(team=people.make_team("Customer care")))
    person = who(case)
    client = browse(person)
    for preset in ("", "open"):
        url = export_url(preset, query.format(reference=case.reference))
        assert "0 cases." in client.get(url).content.decode()
        assert table(take(client, url, said)) == []
    assert not Access.objects.filter(what=Access.What.EXPORT).exists()


def test_who_is_no_case_staff_gets_nothing(browse: Browse, staff: Staff) -> None:
    make_case()
    client = browse(people.make_editor())
    for url in (export_url(), export_url("open")):
        for response in (client.get(url), take(client, url), take(client, url, NAMES)):
            assert response["Location"] == reverse("wagtailadmin_home")
    assert not ExportLog.objects.exists()


def test_a_filter_that_can_t_be_read_exports_nothing(browse: Browse, staff: Staff) -> None:
    make_case()
    client, url = browse(staff.handler), export_url("closed", "?state=nonsense")
    for response in (client.get(url), take(client, url)):
        assert response["Location"] == (
            reverse("conduct_complaints_admin:list", args=["closed"]) + "?state=nonsense"
        )


# Which columns


def _both(staff: Staff) -> Any:
    person = people.make_handler("both", team=people.make_team("Customer care"))
    person.groups.add(Group.objects.get(name="Quality managers"))
    person.user_permissions.add(Permission.objects.get(codename="export_personal_data"))
    return person


def _quality_with_the_permission(staff: Staff) -> Any:
    person = people.make_quality()
    person.user_permissions.add(Permission.objects.get(codename="export_personal_data"))
    return person


ROLES: dict[str, tuple[Any, list[bool]]] = {
    # Who; whether the words of the own team's case and of the other team's come along.
    "handler": (lambda staff: staff.handler, []),
    "lead": (lambda staff: staff.lead, [True]),
    "privacy": (lambda staff: people.make_privacy(), [True, True]),
    "admin": (lambda staff: people.make_admin(), [True, True]),
    "quality": (lambda staff: people.make_quality(), []),
    "auditor": (lambda staff: people.make_auditor(), []),
    # The permission alone opens nothing.
    "quality with the permission": (_quality_with_the_permission, []),
    # Sees all, reads only what their own team has.
    "quality handler": (_both, [True, False]),
}


@pytest.mark.requirement("SEC-EXPORT")
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
    for row in table(take(client, export_url())):
        assert row.keys().isdisjoint({*PERSONAL, "q-said"})
        assert set(row["q-how"].split("; ")) == {"post", "courier"}
    assert Access.objects.count() == 0
    assert ('value="with"' in client.get(export_url()).content.decode()) == bool(reads)
    rows = table(take(client, export_url(), NAMES))
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
    export = ExportLog.objects.first()
    assert export is not None
    assert export.personal == bool(reads)
    assert {access.export for access in noted} == ({export} if reads else set())


def test_the_columns_are_codes_in_every_language(browse: Browse, staff: Staff) -> None:
    ask("state", Kind.CHOICE, "new")
    case = make_case("investigating", category=make_category("delivery"))
    client = browse(staff.handler)
    [row] = table(take(client, export_url()))
    with translation.override("ar"):
        [arabic] = table(take(client, export_url()))
    assert {**arabic, "exported": ""} == {**row, "exported": ""}
    assert list(row) == [
        "reference", "kind", "state", "outcome", "received_at", "due_at", "answered_at",
        "closed_at", "channel", "language", "category", "promise", "priority", "severity", "stage",
        "contested", "confidential", "scope_reason", "handler", "team", "q-state",
        "exported",
    ]  # fmt: skip
    received = timezone.localtime(case.received_at).isoformat(timespec="minutes")
    expected = {
        "reference": case.reference, "kind": "complaint", "state": "investigating",
        "received_at": received, "channel": "form", "language": "en", "category": "delivery",
        "contested": "no", "handler": f"staff-{staff.handler.pk}", "team": "Customer care",
        "q-state": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


# What for, and what is kept about it


@pytest.mark.requirement("SEC-EXPORT")
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, "purpose"),
        ({"purpose": "fun"}, "purpose"),
        ({"purpose": "settings"}, "purpose"),
        ({"purpose": "other"}, "purpose_note"),
        ({"purpose": "other", "purpose_note": "  "}, "purpose_note"),
        ({"purpose": "audit", "purpose_note": "x" * 301}, "purpose_note"),
        ({"purpose": "audit", "content": "all"}, "content"),
    ],
)
def test_nothing_leaves_without_a_purpose(
    said: dict[str, str], wrong: str, browse: Browse, staff: Staff
) -> None:
    make_case()
    page = browse(staff.lead).post(export_url(), {"content": "without"} | said)
    assert list(page.context_data["form"].errors) == [wrong]
    assert not page.streaming
    assert not ExportLog.objects.exists()


def test_asking_alone_takes_nothing_along(browse: Browse, staff: Staff) -> None:
    make_case()
    page = browse(staff.lead).get(export_url("open"))
    assert "1 case." in page.content.decode()
    assert not ExportLog.objects.exists()


@pytest.mark.requirement("SEC-EXPORT")
def test_the_log_says_who_what_for_how_many_and_which_list_but_not_what_was_searched(
    browse: Browse, staff: Staff
) -> None:
    for _number in range(3):
        submit()
    query = "?language=en&q=kim@example.com&received_at_from=2020-01-01"
    said = NAMES | {"purpose": "other", "purpose_note": "Moving to another system"}
    rows = table(take(browse(staff.lead), export_url("open", query), said))
    [log] = ExportLog.objects.all()
    assert (log.user, log.table, log.rows, log.personal) == (staff.lead, "cases", 3, True)
    assert log.asked_for == "open language=en&received_at_from=2020-01-01"
    assert (log.purpose, log.purpose_note) == ("other", "Moving to another system")
    assert log.finished_at is not None
    at = timezone.localtime(log.at).isoformat(timespec="minutes")
    assert [row["exported"] for row in rows] == [f"{log.reference} lead {at} other"] * 3


def test_the_name_of_the_file_carries_the_mark_and_nobody_keeps_the_answer(
    browse: Browse, staff: Staff
) -> None:
    response = take(browse(staff.handler), export_url())
    [log] = ExportLog.objects.all()
    assert f'-{log.reference}.csv"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_a_download_that_breaks_off_is_kept_as_such(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)
    for _number in range(5):
        submit()
    response = take(browse(staff.handler), export_url())
    sent = iter(response.streaming_content)
    assert ExportLog.objects.get().rows is None
    next(sent)
    next(sent)
    # As a server does when the browser goes away; the whole answer would take the database along.
    response._iterator.close()
    log = ExportLog.objects.get()
    assert (log.rows, log.finished_at) == (2, None)


# Formulas


@pytest.mark.requirement("SEC-EXPORT")
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), (-5, "-5"), (-1.5, "-1.5"),
        (Decimal("-2.50"), "-2.50"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\nwords", "'\nwords"),
        ("＝1+1", "'＝1+1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"), ("﹦1", "'﹦1"),
        (" =1", "' =1"), ("\u200b=1", "'\u200b=1"), ("\u202e=1", "'\u202e=1"),
        ("\xa0=1", "'\xa0=1"),
        ("\x00=1", "'\x00=1"), ("1=1", "1=1"), ("a-b", "a-b"), ("'=1", "''=1"),
        ("'quoted'", "'quoted'"), ("", ""),
        ("한국어", "한국어"), ("…", "…"), (None, ""), (5, "5"),
    ],
)  # fmt: skip
def test_nothing_is_a_formula(typed: Any, written: str) -> None:
    assert harmless(typed) == written
    if isinstance(typed, str):
        assert restored(written) == typed


def test_what_people_write_stays_one_cell_and_no_formula(browse: Browse, staff: Staff) -> None:
    said = ask("said", Kind.LONG_TEXT)
    nasty = '=HYPERLINK("http://evil","x");,\r\n"=1'
    submit(
        name="=cmd|'/c calc'!A0", email="kim@example.com", description=f"First\n{nasty}",
        answers=[Answered(said, text=nasty)],
    )  # fmt: skip
    [row] = table(take(browse(staff.lead), export_url(), NAMES))
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
    response = take(browse(staff.lead), export_url(), NAMES)
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
    response = take(browse(staff.lead), export_url(), NAMES)
    with CaptureQueriesContext(connection) as queries:
        assert sum(piece.count("\r\n") for piece in pieces(response)) == rows + 1
    assert len(queries) == 7


def test_more_rows_than_a_spreadsheet_likes_are_told_first(
    browse: Browse, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MANY", 2)
    client, url = browse(staff.handler), export_url("open", "?language=en")
    for number in range(1, 4):
        submit()
        page = client.get(url).content.decode()
        assert ("These are more than 2 cases." in page) == (number > 2)
    assert len(table(take(client, url))) == 3


@pytest.mark.parametrize("who", ["handler", "quality"])
def test_the_list_offers_its_table(who: str, browse: Browse, staff: Staff) -> None:
    make_case()
    person = staff.handler if who == "handler" else people.make_quality()
    url = reverse("conduct_complaints_admin:list", args=["open"])
    page = browse(person).get(url + "?language=en&ordering=due_at").content.decode()
    assert f'href="{export_url("open")}?language=en"' in page
    assert f'href="{export_url()}"' in page


# The report


REPORT = "conduct_complaints_admin:exports"


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (people.make_privacy, True), (people.make_auditor, True), (people.make_admin, True),
        (people.make_quality, False), (people.make_handler, False), (people.make_lead, False),
        (people.make_editor, False),
    ],
)  # fmt: skip
def test_privacy_officers_and_auditors_see_what_left(who: Any, sees: bool, browse: Browse) -> None:
    person = who("somebody")
    client, url = browse(person), reverse(REPORT)
    assert (url in client.get(reverse("wagtailadmin_home")).content.decode()) == sees
    response = client.get(url)
    if sees:
        assert response.context_data["page"].paginator.count == 0
    else:
        assert response["Location"] == reverse("wagtailadmin_home")


def test_a_table_that_was_found_is_traced_by_its_mark(browse: Browse, staff: Staff) -> None:
    make_case()
    client = browse(staff.lead)
    [row] = table(take(client, export_url(), NAMES | {"purpose": "audit"}))
    table(take(client, export_url()))
    report = browse(people.make_auditor())
    mark = row["exported"]
    for typed in (mark, mark.split(" ")[0], f" {mark.split(' ')[0].lower()} "):
        context = report.get(reverse(REPORT), {"reference": typed}).context_data
        [(export, person, named)] = context["lines"]
        assert (export.purpose, export.personal, person, named) == ("audit", True, "Lead", "Cases")
    nothing = report.get(reverse(REPORT), {"reference": "E-0000-0000"}).content.decode()
    assert "No table carries this mark." in nothing
    [counted] = report.get(reverse(REPORT)).context_data["people"]
    assert (counted["name"], counted["tables"], counted["personal"]) == ("Lead", 2, 1)


@pytest.mark.parametrize("lines", [1, 30])
def test_the_report_costs_the_same_however_much_left(lines: int, browse: Browse) -> None:
    for number in range(lines):
        ExportLog.objects.create(
            user=people.make_user(f"u{number}"), at=timezone.now(), table="cases", purpose="audit"
        )
    client = browse(people.make_auditor())
    client.get(reverse(REPORT))
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(reverse(REPORT)).context_data["lines"]) == lines
    # The count, the lines with who took them, the counts by person and their names; the rest is
    # what every page of the admin asks.
    assert len(queries) == 13


def test_who_took_a_table_along_is_not_deleted(browse: Browse, staff: Staff) -> None:
    auditor = people.make_auditor()
    ExportLog.objects.create(user=auditor, at=timezone.now(), table="cases", purpose="audit")
    url = reverse("wagtailusers_users:delete", args=[auditor.pk])
    response = browse(people.make_admin()).post(url)
    assert response["Location"] == reverse("wagtailusers_users:edit", args=[auditor.pk])


@pytest.fixture(autouse=True)
def _no_case_before() -> None:
    assert not Case.objects.exists()
