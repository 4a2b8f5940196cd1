"""Keys for who works by keyboard: the sheet that `?` shows, and whether somebody wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.backoffice.presets import PRESETS

#: The tabs that two keys lead to: g, then this one.
TAB_KEYS = {
    "i": "open", "r": "moderate", "m": "mine", "t": "teams", "u": "unassigned", "d": "today",
    "o": "overdue", "a": "approval",
}  # fmt: skip
KEY_OF_TAB = {slug: key for key, slug in TAB_KEYS.items()}


@dataclass(frozen=True)
class Shortcut:
    """`keys` are written on keys everywhere alike, `does` is translated."""

    keys: tuple[str, ...]
    does: LazyText | str


IN_LISTS = (
    Shortcut(("j", "↓"), _("Next case")),
    Shortcut(("k", "↑"), _("Case before")),
    Shortcut(("o", "Enter"), _("Open the case")),
    Shortcut(("x",), _("Choose the case, or leave it out again")),
    Shortcut(("Shift + x",), _("Choose all from the last chosen one to this one")),
    Shortcut(("b",), _("What to do with the chosen cases")),
    Shortcut(("/",), _("Search")),
    Shortcut(("?",), _("Show these keys")),
    Shortcut(("Esc",), _("Close this, or leave the field")),
)


def tab_shortcuts(slugs: set[str]) -> list[Shortcut]:
    """One for each of the tabs that a person has and that has a key."""
    return [
        Shortcut((f"g {key}",), PRESETS[slug].label)
        for key, slug in TAB_KEYS.items()
        if slug in slugs
    ]


def wants_shortcuts(user: Any) -> bool:
    """Unless switched off in the account, with Wagtail's own (WCAG 2.2, 2.1.4)."""
    profile = getattr(user, "wagtail_userprofile", None)
    return bool(getattr(profile, "keyboard_shortcuts", True))
