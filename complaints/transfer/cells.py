"""From a cell to a value and back, with words for what can't be understood.

import-export calls these widgets. `clean` raises ValueError with a sentence; `render` gives the
same in every language, and numbers as numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

#: As people write it in each of our languages, and as spreadsheets do in those they speak.
YES = frozenset(
    {"yes", "true", "1", "y", "có", "đúng", "예", "네", "참", "是", "真", "ja", "wahr", "oui",
     "vrai", "sí", "si", "verdadero", "نعم", "صحيح", "صواب"}
)  # fmt: skip
NO = frozenset(
    {"no", "false", "0", "n", "không", "sai", "아니요", "아니오", "거짓", "否", "假", "nein",
     "falsch", "non", "faux", "falso", "لا", "خطأ"}
)  # fmt: skip


def as_text(cell: Any) -> str:
    """What stands in the cell, also where a spreadsheet made a number or a day of it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    return str(cell)


class Text(Widget):
    """Words, exactly as they are. `empty` is what an empty cell means: "" or None."""

    def __init__(self, *, empty: str | None = "") -> None:
        super().__init__()
        self.empty = empty

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        return as_text(value) or self.empty

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class Code(Text):
    """A lasting name; blanks around it are nobody's wish."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        code = as_text(value).strip()
        if code and not re.fullmatch(r"[A-Za-z0-9_-]+", code):
            raise ValueError(
                _("“%(code)s” may hold letters from a to z, digits, hyphens and underscores only.")
                % {"code": code}
            )
        return code


class Choice(Text):
    """One of a few codes."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__()
        self.codes = list(codes)
        self.hint = ", ".join(self.codes)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        code = as_text(value).strip()
        if code and code not in self.codes:
            raise ValueError(
                _("“%(code)s” is none of these: %(codes)s.")
                % {"code": code, "codes": ", ".join(self.codes)}
            )
        return code


class Number(Widget):
    """A whole number, or with `places` an amount. A decimal point, never a comma."""

    def __init__(self, *, places: int = 0, default: Any = 0) -> None:
        super().__init__()
        self.places = places
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = as_text(value).strip()
        if not text:
            return self.default
        return amount(text) if self.places else whole(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        return round(Decimal(value), self.places) if self.places else int(value)


def whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(_("“%(text)s” is no whole number.") % {"text": text})
    return int(text)


def amount(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        words = _("“%(text)s” is no amount. Write it with a point, such as 250.00.")
        raise ValueError(words % {"text": text})
    return number


class YesNo(Widget):
    hint = "yes, no"

    def __init__(self, *, default: bool = False) -> None:
        super().__init__()
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        # Two ways to write the same letter with its marks are one word.
        text = unicodedata.normalize("NFC", as_text(value)).strip().casefold()
        if not text:
            return self.default
        if text not in YES | NO:
            raise ValueError(_("Write yes or no instead of “%(text)s”.") % {"text": text})
        return text in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "yes" if value else "no"


class Day(Widget):
    """Always year, month, day: 3/4 is another day elsewhere."""

    hint = "2026-12-31"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        text = as_text(value).strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            words = _("“%(text)s” is no day. Write it as 2026-12-31.")
            raise ValueError(words % {"text": text}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class TimeOfDay(Widget):
    """Hours and minutes of a day of 24 hours."""

    hint = "17:00"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> time | None:
        if isinstance(value, time):
            return value
        text = as_text(value).strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", text):
                raise ValueError
            return time.fromisoformat(text.zfill(5) if len(text) < 6 else text.zfill(8))
        except ValueError:
            words = _("“%(text)s” is no time of day. Write it as 17:00.")
            raise ValueError(words % {"text": text}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if value is None:
            return ""
        return value if isinstance(value, str) else value.strftime("%H:%M")
