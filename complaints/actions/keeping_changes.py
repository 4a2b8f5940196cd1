"""What an action has changed in the row of its case: that is saved, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from enum import Enum
from typing import Any

from django.db import models

from complaints.models import Case


class Loaded:
    """A case as it was when its row was locked.

    Every column is compared afterwards, so that no effect has to say what it set.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._before = {name: _kept(_value(case, name)) for name in _columns()}

    def changes(self) -> dict[str, Any]:
        """Column -> its new value. An expression is never equal to what was loaded."""
        now = {name: _value(self.case, name) for name in _columns()}
        return {name: value for name, value in now.items() if value != self._before[name]}

    def save(self) -> None:
        changes = self.changes()
        if changes:
            self.case.save(update_fields=changes)
        self.read_back(changes)

    def read_back(self, changes: Mapping[str, Any]) -> None:
        """What the database has computed."""
        if expressions := [name for name, value in changes.items() if _is_expression(value)]:
            self.case.refresh_from_db(fields=expressions)


def show_in(case: Case, saved: Case) -> None:
    """`case` is now what was saved, as if it had been read again: without what was known of its
    rows in other tables."""
    for field in Case._meta.concrete_fields:
        value = _value(saved, field.attname)
        if value is not models.DEFERRED:
            setattr(case, field.attname, _as_read(value))
        if isinstance(field, models.ForeignKey) and field.is_cached(case):
            field.delete_cached_value(case)
    for related in Case._meta.related_objects:
        if related.is_cached(case):
            related.delete_cached_value(case)
    vars(case).pop("_prefetched_objects_cache", None)
    case._state.adding, case._state.db = False, saved._state.db


def _columns() -> list[str]:
    return [field.attname for field in Case._meta.concrete_fields]


def _value(case: Case, name: str) -> Any:
    """As it is, without reading what was left out: that is not changed either."""
    return case.__dict__.get(name, models.DEFERRED)


def _kept(value: Any) -> Any:
    """A list that an effect adds to would else be equal to itself."""
    return deepcopy(value) if isinstance(value, (list, dict, set)) else value


def _is_expression(value: Any) -> bool:
    return hasattr(value, "resolve_expression")


def _as_read(value: Any) -> Any:
    """The database gives no members of enumerations."""
    return value.value if isinstance(value, Enum) else value
