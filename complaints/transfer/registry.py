"""Which models can be written out and read back. A further one is one class with `@register`."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

_tables: dict[type[Model], Any] = {}


def register(resource: Any) -> Any:
    """Class decorator for a `VocabularyResource`."""
    _tables[resource._meta.model] = resource
    return resource


def table_of(model: type[Model]) -> Any:
    """The resource of a model, or None."""
    return _tables.get(model)


def all_tables() -> list[Any]:
    return list(_tables.values())
