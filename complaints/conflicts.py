"""Finding colleagues whom a complaint names, before one of them can read it (4.7, annex D)."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from complaints.access import STAFF_PERMISSIONS, who_has
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
    staff = get_user_model()._default_manager.filter(who_has(*STAFF_PERMISSIONS), is_active=True)
    return [user for user in staff if _is_named(user, said)]


def colleagues_in_words(case: Case) -> list[Any]:
    """Case staff whose whole name stands in what the person wrote and who are not noted as named.

    Only a hint: who is thanked, or has the name of a customer, stands there too.
    """
    written = case.issues.values_list("description", flat=True)
    said = _folded(" ".join([case.description, case.staff_named, *written]))
    noted = case.involvements.filter(part=Involvement.Part.NAMED).values("user")
    staff = get_user_model()._default_manager.filter(who_has(*STAFF_PERMISSIONS), is_active=True)
    return [
        user
        for user in staff.exclude(pk__in=noted).order_by("pk")
        if user.first_name.strip() and user.last_name.strip()
        if _folded(user.get_full_name()) in said
    ]


def names(words: str, user: Any) -> bool:
    """Whether the words name this person, who need not work on cases."""
    said = _folded(words)
    return bool(said.strip()) and _is_named(user, said)


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
    """Whoever is named as involved can't see or touch the case from the start, and of their
    colleagues only those on it can."""
    named = people_named_in(case.staff_named)
    if named and not case.confidential:
        case.confidential = True
        case.save(update_fields=["confidential"])
    for user in named:
        Involvement.objects.get_or_create(
            case=case, user=user, part=Involvement.Part.NAMED, defaults={"since": now}
        )
