"""Numbers as the active language writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext


def percentage(value: float, decimals: int | None = None) -> str:
    """A figure between 0 and 100 with its sign, as the active language writes it, on one line."""
    written = gettext("%(number)s %%") % {"number": number(value, decimals)}
    return written.replace(" ", "\u00a0")


def number(value: float, decimals: int | None = 0) -> str:
    """A number as the active language writes it."""
    if decimals is None:
        decimals = 0 if value == int(value) else 1
    # Django cuts decimals off instead of rounding, so this rounds first.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(formats.number_format(rounded, decimal_pos=decimals, force_grouping=True))
