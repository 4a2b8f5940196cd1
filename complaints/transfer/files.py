"""Tables as files: CSV and XLSX, written harmlessly and read with words for what is wrong."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from conduct.table_cells import harmless, is_number, restored

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 200
#: An XLSX file is packed; this much it may hold unpacked.
MAX_UNPACKED = 60 * 1024 * 1024
BOM = "\ufeff"
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PACKED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class UnreadableFile(Exception):
    """A file that is no table. Says in words what to do."""


@dataclass(frozen=True)
class Table:
    """Cells under headings; `lines` are the numbers that a spreadsheet shows beside the rows."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    lines: Sequence[int]
    #: What was taken as meant although it was not quite as asked for.
    note: str = ""


# Writing


def write(kind: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A file of this kind. Text stays text, numbers stay numbers."""
    return (_write_xlsx if kind == "xlsx" else _write_csv)(headings, rows)


def _write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    # Without the mark at the start spreadsheets misread every script but Latin.
    text = io.StringIO(BOM, newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(headings))
    for row in rows:
        sheet.append([cell if is_number(cell) else _for_xlsx(harmless(cell)) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _for_xlsx(text: str) -> str:
    """XML would lose a carriage return; this is how spreadsheets write one."""
    return text.replace("\r", "_x000D_")


# Reading


def read(upload: UploadedFile | io.BytesIO) -> Table:
    """The table in a file, whatever its name says. Raises `UnreadableFile`."""
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            _("This file is larger than %(size)d MB. Split it into smaller ones.")
            % {"size": MAX_BYTES // 1024 // 1024}
        )
    if not content.strip():
        raise UnreadableFile(_("This file is empty."))
    note = ""
    if content.startswith(_PACKED):
        rows = _xlsx_rows(content)
    else:
        text = _decoded(content)
        delimiter = _delimiter(text)
        if delimiter != ",":
            note = _(
                "The columns of this file are not separated by commas. It was read all the same."
            )
        rows = _csv_rows(text, delimiter)
    return _table(rows, note)


def _decoded(content: bytes) -> str:
    save_again = _("Save it as “CSV UTF-8” or as XLSX, and choose it again.")
    if content.startswith(_OLD_EXCEL):
        raise UnreadableFile(_("This is a spreadsheet in an old format.") + " " + save_again)
    if content.startswith(_UTF_16):
        raise UnreadableFile(_("This file is written in UTF-16.") + " " + save_again)
    if b"\0" in content:
        raise UnreadableFile(_("This file is no table.") + " " + save_again)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = _("In line %(line)d there are characters that are not written in UTF-8.")
        raise UnreadableFile(wrong % {"line": line} + " " + save_again) from error


def _delimiter(text: str) -> str:
    """Many spreadsheets write semicolons although it is called comma-separated."""
    heading = text.lstrip().partition("\n")[0]
    return max(",;\t", key=heading.count)


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        words = _(
            "Near line %(line)d a quotation mark is missing or a cell is too long, so the columns "
            "can’t be told apart."
        )
        raise UnreadableFile(words % {"line": reader.line_num}) from error


def _xlsx_rows(content: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise UnreadableFile(
                    _("This spreadsheet is too large. Split it into smaller ones.")
                )
        # The values that formulas gave, and never the formulas.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True):
            yield [_from_xlsx(cell) for cell in row]
    except UnreadableFile:
        raise
    except Exception as error:
        words = _("This spreadsheet can’t be opened. Save it again as XLSX, or as “CSV UTF-8”.")
        raise UnreadableFile(words) from error


def _from_xlsx(cell: Any) -> Any:
    return re.sub("_x000[Dd]_", "\r", cell) if isinstance(cell, str) else cell


def _table(rows: Iterator[Sequence[Any]], note: str) -> Table:
    headings: list[str] = []
    cells: list[list[Any]] = []
    lines: list[int] = []
    for line, row in enumerate(rows, start=1):
        if all(cell is None or cell == "" for cell in row):
            continue
        if not headings:
            headings = _headings(row)
            continue
        if len(cells) == MAX_ROWS:
            raise UnreadableFile(
                _("There are more than %(number)d rows. Split the file into smaller ones.")
                % {"number": MAX_ROWS}
            )
        cells.append(_fitted(row, len(headings), line))
        lines.append(line)
    if not cells:
        raise UnreadableFile(_("There are no rows under the headings."))
    return Table(headings, cells, lines, note)


def _headings(row: Sequence[Any]) -> list[str]:
    names = ["" if cell is None else str(cell).strip().lower() for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _fitted(row: Sequence[Any], width: int, line: int) -> list[Any]:
    """As many cells as there are headings; spreadsheets leave out empty ones at the end."""
    cells = [restored(cell) if isinstance(cell, str) else cell for cell in row]
    if any(cell not in {None, ""} for cell in cells[width:]):
        raise UnreadableFile(
            _("Row %(line)d has more cells than there are headings. Give every column a heading.")
            % {"line": line}
        )
    if any(isinstance(cell, str) and _CONTROL.search(cell) for cell in cells):
        raise UnreadableFile(
            _("In row %(line)d there are characters that nobody can see. Type the text again.")
            % {"line": line}
        )
    return [*cells[:width], *[None] * (width - len(cells))]
