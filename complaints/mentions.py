"""Colleagues mentioned in a note: `@` and a user name."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import get_user_model

from complaints.models import Case

_MENTION = re.compile(r"(?<![\w@])@([\w.+-]*\w)")
#: So many people can be called to one note.
MOST = 20


def mentioned_in(text: str, case: Case) -> list[Any]:
    """Those who are named and may see the case; anybody else is not told that it exists."""
    names = list(dict.fromkeys(_MENTION.findall(text)))[:MOST]
    if not names:
        return []
    people = get_user_model()._default_manager.filter(
        **{f"{get_user_model().USERNAME_FIELD}__in": names}, is_active=True
    )
    return [
        user
        for user in people.order_by("pk")
        if Case.objects.visible_to(user).filter(pk=case.pk).exists()
    ]
