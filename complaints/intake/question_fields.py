"""The form field of an extra question, by the kind of answer; amounts as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.intake.fields import LineField, TextField
from complaints.intake.uploads import ACCEPT
from complaints.models import ExtraQuestion

if TYPE_CHECKING:
    from complaints.models import ExtraOption

Kind = ExtraQuestion.Kind

LINE_LIMIT, TEXT_LIMIT = 500, 5000
#: More answers than this are a list to open instead of buttons one below the other.
BUTTONS = 6
LARGEST = Decimal(10) ** 12

_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
# Lakhs and crores: the last group has three digits, those before it two.
_GROUPED_IN_TWOS = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}")


class NotAnAmount(ValueError):
    pass


def understand_amount(text: str) -> Decimal:
    """What somebody wrote as an amount: 1,234.50, 1.234,50, 1 234,50, ١٬٢٣٤٫٥٠, € 12 or 12 EUR.

    One separator before exactly three digits groups them; otherwise it begins the decimals.
    """
    whole, _point, decimals = _plain_digits(text).partition(".")
    if not whole.isdigit() or (decimals and not decimals.isdigit()) or len(decimals) > 2:
        raise NotAnAmount(text)
    amount = Decimal(f"{whole}.{decimals or 0}").quantize(Decimal("0.01"))
    if amount >= LARGEST:
        raise NotAnAmount(text)
    return amount


def _plain_digits(text: str) -> str:
    """ASCII digits and at most one point: spaces, currency and grouping are taken out."""
    kept = _without_currency(text)
    kept = kept.replace("٬", ",").replace("٫", ".").replace("،", ",")
    point = max(kept.rfind("."), kept.rfind(","))
    if _GROUPED.fullmatch(kept) or _GROUPED_IN_TWOS.fullmatch(kept):
        return re.sub("[.,]", "", kept)
    if point == -1:
        return kept
    whole, decimals = kept[:point], kept[point + 1 :]
    if kept[point] in whole or not decimals:
        raise NotAnAmount(text)
    if re.search("[.,]", whole) and not (
        _GROUPED.fullmatch(whole) or _GROUPED_IN_TWOS.fullmatch(whole)
    ):
        raise NotAnAmount(text)
    return f"{re.sub('[.,]', '', whole)}.{decimals}"


def _without_currency(text: str) -> str:
    marks = "".join(c for c in text if unicodedata.category(c) not in {"Zs", "Cf", "Cc", "Sc"})
    marks = marks.replace("'", "").replace("’", "")
    # A code or a name before or behind the number, never letters within it.
    bare = re.sub(r"^[^\W\d_]+\.?|[^\W\d_]+\.?$", "", marks)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)


class AmountField(forms.CharField):
    """An amount of money in any of the ways people write it; gives a `Decimal` or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return understand_amount(text)
        except NotAnAmount as error:
            raise ValidationError(
                _("Write the amount in digits, such as 1234.50, without other words.")
            ) from error


class UploadField(forms.Field):
    """A place for a file. What comes is judged by `uploads`, which never loses the case."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})


def field_name(question: ExtraQuestion) -> str:
    return f"{'f' if question.kind == Kind.FILE else 'q'}-{question.code}"


def field_for(question: ExtraQuestion, offered: list[ExtraOption], currency: str) -> forms.Field:
    """The field; it is required as the question says, which the form takes back where it isn't
    asked."""
    options: dict[str, Any] = {
        "label": _label(question, currency),
        "help_text": _hint(question),
        "required": question.required,
        "error_messages": {"required": _required_words(question.kind)},
    }
    match question.kind:
        case Kind.LONG_TEXT:
            return TextField(max_length=TEXT_LIMIT, rows=4, **options)
        case Kind.CHOICE:
            return _choice(question, offered, options)
        case Kind.CHOICES:
            options["error_messages"]["invalid_choice"] = _no_longer()
            choices = [(option.code, str(option)) for option in offered]
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=choices, widget=widget, **options)
        case Kind.DATE:
            options["error_messages"]["invalid"] = _(
                "Write the date as year-month-day, such as 2026-03-31."
            )
            return forms.DateField(
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
            )
        case Kind.AMOUNT:
            return AmountField(**options)
        case Kind.FILE:
            return UploadField(**options)
    return LineField(max_length=LINE_LIMIT, **options)


def _choice(
    question: ExtraQuestion, offered: list[ExtraOption], options: dict[str, Any]
) -> forms.Field:
    options["error_messages"]["invalid_choice"] = _no_longer()
    as_list = len(offered) > BUTTONS
    choices = [(option.code, str(option)) for option in offered]
    if as_list and question.required:
        choices.insert(0, ("", _("Choose one")))
    elif not question.required:
        # What was chosen by mistake can be taken back.
        nothing = ("", pgettext("extra question", "No answer"))
        choices.insert(0 if as_list else len(choices), nothing)
    widget = forms.Select if as_list else forms.RadioSelect
    return forms.ChoiceField(choices=choices, widget=widget, **options)


def _label(question: ExtraQuestion, currency: str) -> str:
    if question.kind == Kind.AMOUNT and currency:
        return _("%(question)s (in %(currency)s)") % {
            "question": question,
            "currency": currency,
        }
    return str(question)


def _hint(question: ExtraQuestion) -> str:
    hints = [question.hint or ""]
    if question.only_if:
        hints.append(_("Only if you chose “%(answer)s”.") % {"answer": question.only_if})
    return " ".join(filter(None, hints))


def _required_words(kind: str) -> str:
    match kind:
        case Kind.CHOICE:
            return _("Choose one of the answers.")
        case Kind.CHOICES:
            return _("Choose at least one of the answers.")
        case Kind.FILE:
            return _("Choose a file.")
    return _("Answer this question.")


def _no_longer() -> str:
    return _("This is no longer offered. Choose again.")


def in_words(question: ExtraQuestion, text: str, currency: str = "") -> str:
    """A stored answer (`ExtraAnswer.text`) as people say it, in the active language."""
    if not text:
        return ""
    try:
        if question.kind == Kind.DATE:
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        if question.kind == Kind.AMOUNT:
            amount = number_format(Decimal(text), decimal_pos=2, force_grouping=True)
            return f"{amount} {currency}".rstrip()
    except (ValueError, ArithmeticError):
        # From before the kind of answer was changed: as it was written.
        return text
    return text
