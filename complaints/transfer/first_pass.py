"""Before any row is read: what concerns several rows of a file at once.

Which rows are new, so that others may name them; the same key twice; circles in a tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from complaints.transfer.columns import Link


class FirstPass:
    """Puts words into the `problems` of the resource, and new rows into its `index`."""

    def __init__(self, resource: Any, rows: list[Any], lines: Sequence[int]) -> None:
        self.resource = resource
        self.rows = rows
        self.lines = lines

    def run(self, headings: Sequence[str]) -> None:
        columns = [c for c in self.resource.written if c.column_name in headings]
        for column in columns:
            column.prepare([row[column.column_name] for row in self.rows], self.resource)
        self._meet_all()
        for column in columns:
            if self._is_parent(column):
                self._refuse_circles(column)

    def _meet_all(self) -> None:
        """Which key each row has, and an empty new row where that is unknown."""
        resource = self.resource
        lines: dict[tuple[str, ...], int] = {}
        for number, (row, line) in enumerate(zip(self.rows, self.lines, strict=True), start=1):
            key = resource.key_in(row)
            if not all(key):
                continue
            if key in lines:
                words = _("This row has the same key as row %(line)d. Keep one of them.")
                resource.problems[number] = words % {"line": lines[key]}
                continue
            lines[key] = line
            if key not in resource.index:
                resource.index[key] = self._new_row(row)
            elif key in resource.ambiguous:
                words = _("“%(key)s” is there more than once. Rename all but one first.")
                resource.problems[number] = words % {"key": " · ".join(key)}

    def _new_row(self, row: Any) -> Any:
        instance = self.resource.model()
        for column in self.resource.key_columns:
            # What is wrong with it is said when the row is read.
            with suppress(ValueError):
                column.save(instance, row)
        for column in self.resource.written:
            if self._is_parent(column):
                column.rows.add(self.resource.key_in(row)[0], instance)
        return instance

    def _is_parent(self, column: Any) -> bool:
        return isinstance(column, Link) and column.rows.model is self.resource.model

    def _refuse_circles(self, column: Any) -> None:
        keys = [self.resource.key_in(row)[0] for row in self.rows]
        parents = {key[0]: column.shown(row) for key, row in self.resource.index.items()}
        parents |= {key: column.canonical(row) for key, row in zip(keys, self.rows, strict=True)}
        for number, key in enumerate(keys, start=1):
            if circle := circle_from(key, parents):
                words = _("This would belong to itself: %(circle)s. Change one of these rows.")
                words %= {"circle": " → ".join(circle)}
                self.resource.problems.setdefault(number, words)


def circle_from(start: str, parents: dict[str, str]) -> list[str]:
    """The way from a row up to itself, or nothing."""
    way, place = [start], parents.get(start, "")
    while place and place not in way:
        way.append(place)
        place = parents.get(place, "")
    return [*way, start] if place == start else []
