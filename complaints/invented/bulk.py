"""Writing many rows of many tables: COPY on PostgreSQL, one prepared statement elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model


def columns_of(model: type[Model]) -> list[str]:
    """Attribute names of a model's columns, in the order that rows have."""
    return [field.attname for field in model._meta.concrete_fields]


def next_id(model: type[Model]) -> int:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def write_rows(model: type[Model], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that have a value for each of `columns_of(model)`, ids included."""
    if not rows:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(str(f.column)) for f in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(model._meta.concrete_fields))
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - own names
            cursor.executemany(statement, [_adapted(row) for row in rows])


def _adapted(row: Iterable[Any]) -> list[Any]:
    adapt = connection.ops
    return [
        adapt.adapt_datetimefield_value(value)
        if isinstance(value, datetime)
        else adapt.adapt_datefield_value(value)
        if isinstance(value, date)
        else value
        for value in row
    ]


def forward_sequences(models: Iterable[type[Model]]) -> None:
    """Let the database go on counting after the ids that were written."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
