"""Whether somebody has learnt what a case needs (4.14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from complaints.lifecycle import HIGH_SEVERITY
from complaints.models import Case, Category, Competence, HandlingSettings, Issue
from complaints.remembering import remembered

#: Knowing a language is good to have and makes nobody trained.
TRAINED = tuple(sort for sort in Competence.Sort if sort != Competence.Sort.LANGUAGE)


def needed(case: Case) -> list[frozenset[int]]:
    """What must have been learnt: of each of these sets of categories at least one.

    A competence without a category counts for all of them.
    """
    categories = [issue.category for issue in _issues(case) if issue.category is not None]
    wanted = [_with_parents(c) for c in categories if any(s.needs_training for s in _line(c))]
    settings = HandlingSettings.for_site(case.site)
    if settings.serious_needs_training and (case.severity or 0) >= HIGH_SEVERITY:
        wanted.append(frozenset().union(*map(_with_parents, categories)))
    return wanted


def _issues(case: Case) -> Iterable[Issue]:
    """Those that were read for many cases at once, or read now."""
    if "issues" in getattr(case, "_prefetched_objects_cache", {}):
        return case.issues.all()
    return case.issues.select_related("category__parent__parent")


def competent(people: QuerySet[Any], case: Case, today: date) -> QuerySet[Any]:
    """Of these people those who may handle and decide the case."""
    return _having(people, needed(case), today)


def is_competent(user: Any, case: Case, today: date) -> bool:
    wanted = needed(case)
    people = get_user_model()._default_manager.filter(pk=user.pk)
    return not wanted or remembered(
        ("competent", user.pk, tuple(wanted), today), _having(people, wanted, today).exists
    )


def _having(people: QuerySet[Any], wanted: list[frozenset[int]], today: date) -> QuerySet[Any]:
    valid = Competence.objects.valid_on(today).filter(sort__in=TRAINED, user=OuterRef("pk"))
    for categories in wanted:
        people = people.filter(Exists(valid.filter(Q(category=None) | Q(category__in=categories))))
    return people


def _line(category: Category) -> list[Category]:
    """The category and those above it."""
    line: list[Category] = []
    step: Category | None = category
    while step is not None and step not in line:
        line.append(step)
        step = step.parent
    return line


def _with_parents(category: Category) -> frozenset[int]:
    return frozenset(step.pk for step in _line(category))
