"""Finding colleagues whom a complaint names, before one of them can read it (4.7, annex D)."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from complaints.access import STAFF_PERMISSIONS
from complaints.models import Case, Involvement


def _folded(words: str) -> str:
    """Letters without case and marks, one space between words, a space at both ends."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c)
    )
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in plain).split())} "


def people_named_in(words: str) -> list[Any]:
    """Case staff whose full or family name stands in the words, however it is written.

    Rather one too many than one too few: whoever is barred by mistake loses one case, the other way
    round a complainant loses their trust.
    """
    said = _folded(words)
    if not said.strip():
        return []
    app, codenames = (
        STAFF_PERMISSIONS[0].split(".")[0],
        [p.split(".")[1] for p in STAFF_PERMISSIONS],
    )
    staff = get_user_model()._default_manager.filter(
        groups__permissions__content_type__app_label=app,
        groups__permissions__codename__in=codenames,
        is_active=True,
    )
    return [user for user in staff.distinct() if _is_named(user, said)]


def _is_named(user: Any, said: str) -> bool:
    names = (user.last_name, user.get_full_name())
    return any(_folded(name) in said for name in names if name.strip())


def bar_who_complains(case: Case, *, now: datetime) -> None:
    """A colleague who is the complainant, or acts for one, does not handle their own complaint."""
    people = (case.complainant, case.representative)
    addresses = [person.email for person in people if person is not None and person.email]
    if not addresses:
        return
    same = Q()
    for address in addresses:
        same |= Q(email__iexact=address)
    for user in get_user_model()._default_manager.filter(same):
        Involvement.objects.get_or_create(
            case=case, user=user, part=Involvement.Part.CONFLICT, defaults={"since": now}
        )


def bar_people_named(case: Case, *, now: datetime) -> None:
    """Whoever is named as involved can't see or touch the case from the start."""
    for user in people_named_in(case.staff_named):
        Involvement.objects.get_or_create(
            case=case, user=user, part=Involvement.Part.NAMED, defaults={"since": now}
        )
