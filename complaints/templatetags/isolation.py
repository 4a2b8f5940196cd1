"""Names in sentences of another direction."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@register.filter
def isolated(value: Any) -> str:
    """The words with marks around them, so that a Latin name does not turn an Arabic date around.

    For values inside of translated sentences; elsewhere `<bdi>` does the same.
    """
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if value else ""
