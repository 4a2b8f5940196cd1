"""What is written into a cell of a table that somebody opens in a spreadsheet, and read back.

A spreadsheet takes a cell that begins with = + - or @ for a formula, which could send data away.
An apostrophe before it keeps it text. django-import-export only strips a leading "=", and only if
a setting says so; every table of ours goes through this file instead.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

FORMULA = frozenset("=+-@")
#: At the very start these move what follows into a cell of its own in some programs.
BREAKS = frozenset("\t\r\n")
GUARD = "'"
Number = int | float | Decimal


def csv_response(name: str) -> HttpResponse:
    """An empty CSV file to be written to, as a download; `name` without its ending."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # without it spreadsheets misread every script but Latin
    return response


def is_number(value: Any) -> bool:
    """A number by its type, and not a text that looks like one: it stays a number."""
    return isinstance(value, Number) and not isinstance(value, bool)


def computes(text: str) -> bool:
    """A spreadsheet might compute this.

    Also behind tabs, line breaks and characters nobody sees, and in the wide and small forms that
    some spreadsheets understand.
    """
    if text[:1] in BREAKS:
        return True
    for character in text:
        if character.isspace() or unicodedata.category(character) in {"Cf", "Cc"}:
            continue
        return unicodedata.normalize("NFKC", character)[:1] in FORMULA
    return False


def harmless(value: Any) -> str:
    """The text to write; `restored` gives back exactly what it was."""
    if value is None:
        return ""
    text = str(value)
    if is_number(value):
        return text
    # What looks guarded already is guarded once more, or reading back would take off too much.
    return f"{GUARD}{text}" if computes(text.lstrip(GUARD)) else text


def restored(text: str) -> str:
    """What was meant by a cell that `harmless` may have written."""
    if text.startswith(GUARD) and computes(text.lstrip(GUARD)):
        return text[len(GUARD) :]
    return text
