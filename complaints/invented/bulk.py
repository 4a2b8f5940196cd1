"""Writing many rows of many tables: COPY on PostgreSQL, one prepared statement elsewhere.

Values are what a database stores: moments are text in UTC (`stored_moment`), JSON is text. Nothing
is escaped: invented words hold no tab, line break or backslash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

#: No case has more rows of one table, so that each of several writers can have its own ids.
ROWS_PER_CASE = 16


def stored_moment(moment: datetime) -> str:
    """A UTC moment as both databases take it."""
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")


class Rows:
    """Rows of one table: some columns vary, all others have the model's own default.

    `add` takes the varying values in the order of `names`; ids are counted here, but for a model
    whose key is another row's.
    """

    def __init__(self, model: type[Model], names: str, *, skip: int = 0) -> None:
        """`skip`: how many ids are left to other writers."""
        self.model, self.rows = model, list[tuple[Any, ...]]()
        last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        self.id = (last or 0) + 1 + skip
        fields = {f.attname: str(f.column) for f in model._meta.concrete_fields}
        self.has_id = "id" in fields
        varying = ["id", *names.split()] if self.has_id else names.split()
        same = [name for name in fields if name not in varying]
        blank = model()
        self.columns = [fields[name] for name in (*varying, *same)]
        self.same = tuple(_stored(getattr(blank, name)) for name in same)

    def add(self, *values: Any) -> int:
        self.rows.append((self.id, *values) if self.has_id else values)
        self.id += 1
        return self.id - 1

    def flush(self) -> None:
        """Write what was added, in the caller's transaction."""
        if not self.rows:
            return
        quote = connection.ops.quote_name
        table = quote(self.model._meta.db_table)
        names = ", ".join(map(quote, self.columns))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    copy.write(self._as_text())
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - own names
                cursor.executemany(statement, [row + self.same for row in self.rows])
        self.rows = []

    def _as_text(self) -> str:
        """What COPY reads: a line for each row, tabs between the values."""
        end = "".join(f"\t{_copied(value)}" for value in self.same) + "\n"
        # The innermost loop of all: some 250 values for each case.
        lines = [
            "\t".join(["\\N" if v is None else v if v.__class__ is str else str(v) for v in row])
            for row in self.rows
        ]
        return end.join(lines) + end


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


def _copied(value: Any) -> str:
    return "\\N" if value is None else str(value)


def forward_sequences(models: Iterable[type[Model]]) -> None:
    """Let the database go on counting after the ids that were written."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def trust_foreign_keys() -> None:
    """Let PostgreSQL skip one look-up for each foreign key, where this user may decide that.

    Half of its work otherwise; a test proves that every key leads somewhere.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('session_replication_role', 'replica', true)"
            " FROM pg_roles WHERE rolname = current_user AND rolsuper"
        )
