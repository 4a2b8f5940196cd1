"""What a row of a file changes, as data; the library would make HTML with styles of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from import_export.results import RowResult


@dataclass(frozen=True)
class Difference:
    """One field of one row, before and after."""

    column: str
    title: str
    before: str
    after: str


class Changes:
    """What the library calls a diff: data for a template, where its own is HTML with styles."""

    def __init__(self, resource: Any, instance: Any, new: bool) -> None:
        self.new = new
        self.before = ["" if new else column.shown(instance) for column in resource.written]

    def compare_with(self, resource: Any, instance: Any) -> None:
        self.differences = [
            Difference(column.column_name, column.title, before, after)
            for column, before in zip(resource.written, self.before, strict=True)
            if (after := column.shown(instance)) != before
        ]

    def as_html(self) -> list[Difference]:
        return self.differences


class Row(RowResult):
    def add_instance_info(self, instance: Any) -> None:
        # The library keeps str(instance), which asks the database for what it names.
        self.instance = instance
