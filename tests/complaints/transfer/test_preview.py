"""What a file would change, in rows and words; and doing exactly that."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import Category, Holiday, RemedyKind, Team
from complaints.transfer.files import Table, UnreadableFile
from complaints.transfer.importing import Changed, carry_out, preview
from complaints.transfer.registry import table_of
from tests import people
from tests.complaints.transfer.conftest import table

pytestmark = pytest.mark.django_db


def category(code: str, parent: Category | None = None, **fields: Any) -> Category:
    fields.setdefault("name_en", code.capitalize())
    return Category.objects.create(code=code, parent=parent, **fields)


def problems(model: Any, rows: Table) -> list[tuple[int, str]]:
    found = preview(table_of(model), rows)
    assert not found.may_be_done
    return [(problem.line, problem.words) for problem in found.problems]


def test_new_changed_and_unchanged_rows_are_told_apart_field_by_field() -> None:
    goods = category("goods", name_ko="상품")
    category("late", goods)
    rows = table(
        ["code", "name_en", "name_ko", "parent", "order"],
        ["goods", "Goods", "상품", "", "0"],
        ["late", "Too late", "", "new", "7"],
        ["new", "New", "", "", ""],
    )
    found = preview(table_of(Category), rows)
    assert (found.problems, found.unchanged) == ([], 1)
    [changed], [new] = found.changed, found.new
    assert (changed.line, changed.name) == (3, "late")
    assert [(d.title, d.before, d.after) for d in changed.differences] == [
        ("Name (English)", "Late", "Too late"),
        ("Belongs to", "goods", "new"),
        ("Order", "0", "7"),
    ]
    assert (new.line, new.name) == (4, "new")
    assert [(d.title, d.after) for d in new.differences] == [
        ("Code", "new"), ("Name (English)", "New"), ("Only for trained staff", "no"),
        ("Order", "0"), ("Offered in forms", "yes"),
    ]  # fmt: skip
    assert list(Category.objects.values_list("code", "name_en")) == [
        ("goods", "Goods"), ("late", "Late"),
    ]  # fmt: skip


def test_a_tree_in_any_order_is_stored_with_its_parents(quality: Any) -> None:
    rows = table(["code", "name_en", "parent"], ["c", "C", "b"], ["b", "B", "a"], ["a", "A", ""])
    found = preview(table_of(Category), rows)
    done = carry_out(table_of(Category), rows, digest=found.digest, user=quality)
    assert done == found
    assert set(Category.objects.values_list("code", "parent__code")) == {
        ("a", None), ("b", "a"), ("c", "b"),
    }  # fmt: skip


def test_columns_that_are_not_in_the_file_stay_as_they_are(quality: Any) -> None:
    category("goods", name_ko="상품", order=4, is_active=False)
    rows = table(["code", "name_en"], ["goods", "Things"])
    found = preview(table_of(Category), rows)
    carry_out(table_of(Category), rows, digest=found.digest, user=quality)
    row = Category.objects.get()
    assert (row.name_en, row.name_ko, row.order, row.is_active) == ("Things", "상품", 4, False)  # type: ignore[attr-defined]


CATEGORY_PROBLEMS: dict[str, tuple[Table, list[tuple[int, str]]]] = {
    "twice": (
        table(["code", "name_en"], ["x", "X"], ["goods", "Goods"], ["x", "Y"]),
        [(4, "This row has the same key as row 2. Keep one of them.")],
    ),
    "no code": (
        table(["code", "name_en"], ["", "X"], ["  ", "Y"]),
        [(2, "Code: This is needed."), (3, "Code: This is needed.")],
    ),
    "bad code": (
        table(["code", "name_en"], ["zu spät", "X"]),
        [
            (
                2,
                "Code: “zu spät” may hold letters from a to z, digits, hyphens and underscores "
                "only.",
            ),
        ],
    ),
    "no name": (
        table(["code", "name_ko"], ["x", "이름"]),
        [(2, "Name (English): This is needed.")],
    ),
    "name taken away": (
        table(["code", "name_en"], ["goods", ""]),
        [(2, "Name (English): This is needed.")],
    ),
    "long name": (
        table(["code", "name_vi"], ["goods", "x" * 121]),
        [(2, "Name (Vietnamese): Ensure this value has at most 120 characters (it has 121).")],
    ),
    "no such parent": (
        table(["code", "name_en", "parent"], ["x", "X", "nowhere"]),
        [(2, "Belongs to: There is no category “nowhere”.")],
    ),
    "no such team": (
        table(["code", "name_en", "team"], ["x", "X", "Nobody"]),
        [(2, "Team that usually handles it: There is no team “Nobody”.")],
    ),
    "itself": (
        table(["code", "parent"], ["goods", "goods"]),
        [(2, "This would belong to itself: goods → goods. Change one of these rows.")],
    ),
    "circle through what is there": (
        table(["code", "parent"], ["goods", "late"]),
        [(2, "This would belong to itself: goods → late → goods. Change one of these rows.")],
    ),
    "circle in the file": (
        table(["code", "name_en", "parent"], ["x", "X", "y"], ["y", "Y", "x"], ["z", "Z", "x"]),
        [
            (2, "This would belong to itself: x → y → x. Change one of these rows."),
            (3, "This would belong to itself: y → x → y. Change one of these rows."),
        ],
    ),
    "values": (
        table(["code", "order", "is_active"], ["goods", "first", "perhaps"], ["late", "-1", ""]),
        [
            (2, "Order: “first” is no whole number."),
            (2, "Offered in forms: Write yes or no instead of “perhaps”."),
            (3, "Order: Ensure this value is greater than or equal to 0."),
        ],
    ),
}


@pytest.mark.parametrize("name", CATEGORY_PROBLEMS)
def test_what_is_wrong_with_a_row_is_said_beside_its_number(name: str) -> None:
    category("late", category("goods"))
    rows, expected = CATEGORY_PROBLEMS[name]
    before = list(Category.objects.values())
    assert problems(Category, rows) == expected
    assert list(Category.objects.values()) == before


def test_two_rows_of_the_same_name_can_t_be_told_apart() -> None:
    Team.objects.create(name="Twins")
    Team.objects.create(name="Twins")
    expected = "“Twins” is there more than once. Rename all but one first."
    assert problems(Team, table(["name_en", "members"], ["Twins", ""])) == [(2, expected)]
    rows = table(["code", "name_en", "team"], ["x", "X", "Twins"])
    words = f"Team that usually handles it: team {expected}"
    assert problems(Category, rows) == [(2, words)]


def test_remedies_and_holidays_are_checked_too() -> None:
    families = ", ".join(RemedyKind.Family.values)
    rows = table(["code", "name_en", "family"], ["x", "X", "gold"], ["y", "Y", ""])
    assert problems(RemedyKind, rows) == [
        (2, f"Family: “gold” is none of these: {families}."),
        (3, "Family: This is needed."),
    ]
    holidays = table(["day", "name_en"], ["25.12.2026", "X"], ["2026-02-30", "Y"])
    assert problems(Holiday, holidays) == [
        (2, "Day: “25.12.2026” is no day. Write it as 2026-12-31."),
        (3, "Day: “2026-02-30” is no day. Write it as 2026-12-31."),
    ]


def test_a_spreadsheet_may_have_made_days_and_numbers_of_cells(quality: Any) -> None:
    from datetime import datetime

    rows = table(["day", "name_en"], [datetime(2026, 12, 25), 25.0])  # noqa: DTZ001 - as read
    found = preview(table_of(Holiday), rows)
    carry_out(table_of(Holiday), rows, digest=found.digest, user=quality)
    assert list(Holiday.objects.values_list("day", "name_en")) == [(date(2026, 12, 25), "25")]


MEMBERS: dict[str, tuple[str, str]] = {
    "unknown": ("nobody", "Members: There is no account “nobody”."),
    "switched off": ("gone", "Members: The account “gone” is switched off."),
    "twice": ("kim; kim:lead", "Members: “kim” stands here twice."),
    "role": (
        "kim:boss",
        "Members: “kim:boss” can’t be read. Write it as username:lead:1000.00 or "
        "username:member:0.00.",
    ),
    "amount": (
        "kim:lead:1,50",
        "Members: “1,50” is no amount. Write it with a point, such as 250.00.",
    ),
    "below zero": (
        "kim:lead:-1",
        "Members: An amount can’t be below zero: kim:lead:-1.00",
    ),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_members_that_can_t_be_are_said(name: str) -> None:
    people.make_user("kim")
    people.make_user("gone", is_active=False)
    cell, words = MEMBERS[name]
    assert problems(Team, table(["name_en", "members"], ["Care", cell])) == [(2, words)]


def test_members_come_change_and_go(quality: Any) -> None:
    team = Team.objects.create(name="Care")
    kim, lee, may = (people.make_user(name) for name in ("kim", "lee", "may"))
    people.join(kim, team)
    people.join(lee, team, is_lead=True)
    # Who was switched off stays until taken out.
    may.is_active = False
    may.save()
    people.join(may, team)
    people.make_user("new")
    rows = table(["name_en", "members"], ["Care", "new:lead:10; kim::250.5; may"])
    found = preview(table_of(Team), rows)
    [difference] = found.changed[0].differences
    assert difference.before == "kim:member:0.00; lee:lead:0.00; may:member:0.00"
    assert difference.after == "kim:member:250.50; may:member:0.00; new:lead:10.00"
    carry_out(table_of(Team), rows, digest=found.digest, user=quality)
    values = ("user__username", "is_lead", "authority_limit")
    assert list(team.memberships.order_by("user__username").values_list(*values)) == [
        ("kim", False, Decimal("250.50")), ("may", False, 0), ("new", True, 10),
    ]  # fmt: skip


HEADINGS: dict[str, tuple[list[str], str]] = {
    "unknown": (
        ["code", "titel"],
        "There is no column “titel” here. The headings are: code, name_en",
    ),
    "id": (["id", "code"], "There is no column “id” here. The headings are: code, name_en"),
    "twice": (["code", "code"], "The heading “code” is there twice. Keep one of them."),
    "key missing": (
        ["name_en", "order"],
        "The column “code” is missing: it tells which row is meant.",
    ),
    "none": (["code", ""], "A column has no heading. The headings are: code, name_en"),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_wrong_headings_are_answered_with_the_right_ones(name: str) -> None:
    headings, words = HEADINGS[name]
    with pytest.raises(UnreadableFile) as refused:
        preview(table_of(Category), table(headings, ["x", "y"]))
    assert str(refused.value).startswith(words)


def test_the_mark_of_an_exported_table_is_not_read() -> None:
    Team.objects.create(name="Care")
    rows = table(["name_en", "members", "exported"], ["Care", "", "E-7K2M-9QPD lead"])
    assert preview(table_of(Team), rows).unchanged == 1


def test_one_wrong_row_keeps_all_the_others_out(quality: Any) -> None:
    rows = table(["code", "name_en", "parent"], ["x", "X", ""], ["y", "", "x"], ["z", "Z", "y"])
    found = preview(table_of(Category), rows)
    assert [problem.line for problem in found.problems] == [3]
    with pytest.raises(Changed):
        carry_out(table_of(Category), rows, digest=found.digest, user=quality)
    assert not Category.objects.exists()


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"name_en": "Goods and more"},
        {"order": 9},
    ],
)
def test_what_changed_since_the_preview_stops_the_import(
    meanwhile: dict[str, Any], quality: Any
) -> None:
    category("goods")
    rows = table(["code", "name_en", "order"], ["goods", "Things", "1"], ["new", "New", "2"])
    found = preview(table_of(Category), rows)
    Category.objects.update(**meanwhile)
    before = list(Category.objects.values())
    with pytest.raises(Changed):
        carry_out(table_of(Category), rows, digest=found.digest, user=quality)
    assert list(Category.objects.values()) == before


def test_every_row_has_its_line_in_the_history(quality: Any) -> None:
    from wagtail.models import ModelLogEntry

    category("goods")
    rows = table(["code", "name_en"], ["goods", "Things"], ["new", "New"])
    found = preview(table_of(Category), rows)
    carry_out(table_of(Category), rows, digest=found.digest, user=quality)
    logged = ModelLogEntry.objects.filter(user=quality)
    assert set(logged.values_list("label", "action")) == {
        ("Things", "wagtail.edit"), ("New", "wagtail.create"),
    }  # fmt: skip
    assert {entry.object_id for entry in logged} == {
        str(pk) for pk in Category.objects.values_list("pk", flat=True)
    }


def queries_of(rows: int, quality: Any = None) -> int:
    """For so many new and as many changed rows: a preview, and with a user doing it."""
    Category.objects.update(parent=None)
    Category.objects.all().delete()
    Category.objects.bulk_create(
        Category(code=f"old{number}", name_en=f"Old {number}")  # type: ignore[misc]
        for number in range(rows)
    )
    lines = [[f"old{number}", f"Older {number}", "root", "Care"] for number in range(1, rows)]
    lines += [[f"new{number}", f"New {number}", "old0", "Care"] for number in range(rows)]
    file = table(["code", "name_en", "parent", "team"], ["root", "Root", "", ""], *lines)
    with CaptureQueriesContext(connection) as queries:
        found = preview(table_of(Category), file)
        if quality:
            carry_out(table_of(Category), file, digest=found.digest, user=quality)
    assert (len(found.new), len(found.changed)) == (rows + 1, rows - 1)
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


def test_more_rows_cost_no_more_queries(quality: Any) -> None:
    Team.objects.create(name="Care")
    assert queries_of(3, quality) == queries_of(30, quality)


@pytest.mark.slow
def test_five_thousand_rows_cost_few_queries() -> None:
    """What grows is the number of batches in which a database takes many values."""
    Team.objects.create(name="Care")
    per_row = (queries_of(2500) - queries_of(3)) / 5000
    assert per_row < 0.05
