"""Form fields for what people write: all they type is kept, but for what breaks things."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Line breaks and tabs are the only control characters that people type.
_KEPT_CONTROLS = "\n\t"


def _clean(value: Any) -> str:
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc")


class _WordsField(forms.CharField):
    """Counts characters as the person sees them typed: a line break is one."""

    def __init__(self, *, max_length: int, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Not `max_length` of the input: browsers would cut a pasted text without a word.
        self.limit = max_length
        self.widget.attrs.setdefault("dir", "auto")
        if rows:
            self.widget.attrs["rows"] = rows

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                _(
                    "This text has %(length)s characters; %(limit)s can be sent. Shorten it, or "
                    "send the rest as a file."
                ),
                code="too_long",
                params={"length": len(value), "limit": self.limit},
            )


class LineField(_WordsField):
    """One line of text. Line breaks become spaces: nothing can be put into a mail's header."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(" ".join(_clean(value).split()) if value else value)


class TextField(_WordsField):
    """Any number of lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        return super().to_python(_clean(value) if value else value)


class PhoneField(LineField):
    """A telephone number as people write it, in any script's digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "dir": "ltr"}))
        super().__init__(max_length=60, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and sum(c.isdecimal() for c in value) < 3:
            raise ValidationError(
                _("Write the telephone number with its digits, such as +44 20 7946 0123.")
            )


class AddressField(forms.EmailField):
    """An e-mail address, with a sentence on how to mend it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"dir": "ltr", "inputmode": "email", "spellcheck": "false"}
        in_full = _("Write the e-mail address in full, such as name@example.com.")
        super().__init__(
            widget=forms.EmailInput(attrs=attrs | kwargs.pop("attrs", {})),
            error_messages={"invalid": in_full, "required": in_full},
            **kwargs,
        )
        # As for the other fields: said in words, never cut.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str | None:
        return super().to_python(_clean(value).replace("\n", "") if value else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def line(label: Any, limit: int, hint: Any = "", **attrs: str) -> LineField:
    """A line that may stay empty."""
    widget = forms.TextInput(attrs=attrs)
    return LineField(label=label, max_length=limit, help_text=hint, required=False, widget=widget)


def lines(label: Any, limit: int, hint: Any = "", rows: int = 4) -> TextField:
    """Some lines that may stay empty."""
    return TextField(label=label, max_length=limit, help_text=hint, required=False, rows=rows)


def tick(label: Any, hint: Any = "") -> forms.BooleanField:
    """A box that may stay empty."""
    return forms.BooleanField(label=label, help_text=hint, required=False)
