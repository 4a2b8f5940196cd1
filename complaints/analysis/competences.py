"""Who has learnt what, until when, and what nobody is trained for (4.14)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from complaints.competence import TRAINED
from complaints.models import Category, Competence, TeamMember

SOON = timedelta(days=60)


@dataclass(frozen=True)
class CompetenceRow:
    competence: Competence
    #: One of valid, soon, over, later.
    tone: str


def competence_rows(today: date, teams: Collection[int] | None) -> list[CompetenceRow]:
    """Of active people in these teams (None: of all), by person; what ran out stays in the list."""
    rows = Competence.objects.filter(user__is_active=True).select_related("user", "category")
    if teams is not None:
        members = TeamMember.objects.filter(team__in=teams)
        rows = rows.filter(user__in=members.values("user"))
    ordered = rows.order_by("user__first_name", "user__last_name", "user", "subject", "pk")
    return [CompetenceRow(row, _tone(row, today)) for row in ordered]


def _tone(row: Competence, today: date) -> str:
    if row.gained_on > today:
        return "later"
    if row.expires_on is None or row.expires_on > today + SOON:
        return "valid"
    return "soon" if row.expires_on >= today else "over"


def untrained_categories(today: date) -> list[Category]:
    """Categories only for trained staff for which nobody active is trained today.

    A competence for a category above counts, and one without a category counts for all.
    """
    valid = Competence.objects.valid_on(today).filter(user__is_active=True, sort__in=TRAINED)
    covered = set(valid.values_list("category", flat=True))
    if None in covered:
        return []
    categories = list(Category.objects.filter(is_active=True))
    parents = {category.pk: category.parent_id for category in categories}
    needing = {category.pk for category in categories if category.needs_training}
    return [
        category
        for category in categories
        if needing & set(line := _line(category.pk, parents)) and not covered & set(line)
    ]


def _line(pk: int, parents: dict[int, int | None]) -> list[int]:
    """The category and those above it."""
    line: list[int] = []
    step: int | None = pk
    while step is not None and step not in line:
        line.append(step)
        step = parents.get(step)
    return line
