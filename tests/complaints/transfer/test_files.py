"""What is written opens as text, and every broken file is answered in words."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from complaints.transfer import files
from complaints.transfer.files import UnreadableFile, read, write
from conduct.table_cells import FORMULA

#: What somebody may have typed, and whether a spreadsheet would compute it.
TYPED = [
    ("=1+1", True), ("+cmd", True), ("-1", True), ("-cmd", True), ("@SUM(A1)", True),
    ("\tx", True), ("\rx", True), ("\nx", True), (" =1", True), ("\u200b=1", True),
    ("＝1", True), ("＋1", True), ("－1", True), ("＠x", True), ("﹦1", True),
    ("'=1", True), ("''-1", True), ("'", False), ("'tis", False), ("plain", False), ("1", False),
    ("a=b", False), ("배송 = 送货", False), ("two\r\nlines, “;”", False), (" spaced ", False),
]  # fmt: skip


def round_trip(kind: str, *values: Any) -> list[Any]:
    content = write(kind, ["a"], [[value] for value in values])
    return [row[0] for row in read(io.BytesIO(content)).rows]


@pytest.mark.requirement("SEC-EXPORT")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(("typed", "computes"), TYPED)
def test_a_cell_opens_as_text_and_comes_back_as_it_was(
    typed: str, computes: bool, kind: str
) -> None:
    shown = _cells_shown(kind, typed)
    assert all(cell[:1] not in FORMULA | {"\t", "\r", "\n"} for cell in shown)
    assert shown == [f"'{typed}" if computes else typed]
    assert round_trip(kind, typed) == [typed]


def _cells_shown(kind: str, typed: str) -> list[str]:
    """The cell as another program finds it."""
    content = write(kind, ["a"], [[typed]])
    if kind == "csv":
        text = content.decode("utf-8-sig")
        return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    [_heading, [cell]] = openpyxl.load_workbook(io.BytesIO(content)).active.rows
    assert cell.data_type != "f"
    return [cell.value.replace("_x000D_", "\r")]


@pytest.mark.parametrize("number", [0, 5, -5, Decimal("-2.50")])
def test_numbers_stay_numbers(number: Any) -> None:
    content = write("xlsx", ["a"], [[number]])
    [_heading, [cell]] = openpyxl.load_workbook(io.BytesIO(content)).active.rows
    assert (cell.data_type, cell.value) == ("n", number)
    assert write("csv", ["a"], [[number]]).decode("utf-8-sig") == f"a\r\n{number}\r\n"


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    table = read(io.BytesIO('﻿a,b\n\n"x\ny",1\n,\nz,\n'.encode()))
    assert (table.headings, table.rows) == (["a", "b"], [["x\ny", "1"], ["z", ""]])
    assert table.lines == [3, 5]


def test_empty_cells_at_the_end_may_be_missing() -> None:
    assert read(io.BytesIO(b"a,b,c\nx\ny,1,,,\n")).rows == [["x", None, None], ["y", "1", ""]]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_understood_and_it_is_said(delimiter: str) -> None:
    text = f"code{delimiter}name\nx{delimiter}a, b\n"
    table = read(io.BytesIO(text.encode()))
    assert table.rows == [["x", "a, b"]]
    assert (
        table.note
        == "The columns of this file are not separated by commas. It was read all the same."
    )


def _xlsx_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (files.MAX_UNPACKED + 1))
    return content.getvalue()


SAVE = "Save it as “CSV UTF-8” or as XLSX, and choose it again."
BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "This file is empty."),
    "blank": (b" \r\n\n", "This file is empty."),
    "only headings": (b"code,name_en\n", "There are no rows under the headings."),
    "binary": (b"\x89PNG\r\n\0\1\2", f"This file is no table. {SAVE}"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1", f"This is a spreadsheet in an old format. {SAVE}"),
    "UTF-16": ("code\nx\n".encode("utf-16"), f"This file is written in UTF-16. {SAVE}"),
    "Latin-1": (
        "code\nx\ngrün\n".encode("latin-1"),
        f"In line 3 there are characters that are not written in UTF-8. {SAVE}",
    ),
    "open quote": (
        b'code,name_en\nx,"open\n',
        "Near line 2 a quotation mark is missing or a cell is too long, so the columns can’t be "
        "told apart.",
    ),
    "long cell": (
        b"code\n" + b"x" * 200_000,
        "Near line 2 a quotation mark is missing or a cell is too long, so the columns can’t be "
        "told apart.",
    ),
    "more cells than headings": (
        b"code\nx\ny,z\n",
        "Row 3 has more cells than there are headings. Give every column a heading.",
    ),
    "control characters": (
        b"code\nx\x07\n",
        "In row 2 there are characters that nobody can see. Type the text again.",
    ),
    "broken XLSX": (
        b"PK\x03\x04 broken",
        "This spreadsheet can’t be opened. Save it again as XLSX, or as “CSV UTF-8”.",
    ),
    "packed too well": (_xlsx_bomb(), "This spreadsheet is too large. Split it into smaller ones."),
    "too many bytes": (
        b"x" * (files.MAX_BYTES + 1),
        "This file is larger than 5 MB. Split it into smaller ones.",
    ),
    "too many rows": (
        b"code\n" + b"x\n" * (files.MAX_ROWS + 1),
        "There are more than 5000 rows. Split the file into smaller ones.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_answered_in_words(name: str) -> None:
    content, words = BROKEN[name]
    with pytest.raises(UnreadableFile) as refused:
        read(io.BytesIO(content))
    assert str(refused.value) == words


def test_too_many_rows_of_a_spreadsheet_are_answered_as_well() -> None:
    rows = [["x"]] * (files.MAX_ROWS + 1)
    with pytest.raises(UnreadableFile, match="There are more than 5000 rows"):
        read(io.BytesIO(write("xlsx", ["code"], rows)))


def test_formulas_in_a_spreadsheet_are_not_taken_over() -> None:
    book = openpyxl.Workbook()
    book.active.append(["code", "name_en"])
    book.active.append(["x", "=1+1"])
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    # It was never computed: there is no value.
    assert read(content).rows == [["x", None]]
