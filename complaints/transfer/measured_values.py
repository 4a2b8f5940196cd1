"""Measured values of promises as a table: for figures that another system exports (10001, 6.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.utils import timezone

from complaints.transfer.cells import Day
from complaints.transfer.first_pass import FirstPass
from complaints.transfer.resource import VocabularyResource
from conduct.entered_values import renew_figures
from conduct.models import MeasuredValue

#: First day, last day, the value, and the number of the row in the file (None: it is not in it).
Days = tuple[dt.date, dt.date, MeasuredValue, int | None]


class MeasuredValueTable(VocabularyResource):
    """Its key is the promise and the first day; days that overlap are refused as in the form."""

    class Meta:
        model = MeasuredValue
        key = ("promise", "starts_on")
        columns = ("promise", "starts_on", "ends_on", "kept", "measured", "source")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("promise").order_by("promise", "starts_on")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        rows = dataset.dict
        FirstPass(self, rows, kwargs["lines"]).run(dataset.headers)
        self._refuse_overlaps(rows)

    def _refuse_overlaps(self, rows: Sequence[Any]) -> None:
        """All days as they would be afterwards, compared in memory."""
        numbers = {self.key_in(row): number for number, row in enumerate(rows, start=1)}
        by_promise: dict[str, list[Days]] = {}
        for key, value in self.index.items():
            number = numbers.get(key)
            first, last = value.starts_on, value.ends_on
            if number is not None and (given := _day(rows[number - 1].get("ends_on"))):
                last = given
            if first is not None and last is not None:
                by_promise.setdefault(key[0], []).append((first, last, value, number))
        for found in by_promise.values():
            self._compare(sorted(found, key=lambda days: days[:2]))

    def _compare(self, found: list[Days]) -> None:
        latest: Days | None = None
        for days in found:
            if latest is not None and days[0] <= latest[1]:
                # Said at the row of the file, or at the other where only that one is in it.
                number, other = (days[3], latest) if days[3] is not None else (latest[3], days)
                if number is not None:
                    value = MeasuredValue(
                        promise=other[2].promise, starts_on=other[0], ends_on=other[1]
                    )
                    self.problems.setdefault(number, value.overlap_words(value))
            if latest is None or days[1] > latest[1]:
                latest = days

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        instance.days_are_checked = True
        super().validate_instance(instance, *args, **kwargs)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        before = [column.shown(instance) for column in self.written]
        super().import_instance(instance, row, **kwargs)
        if before != [column.shown(instance) for column in self.written]:
            instance.entered_by, instance.entered_at = self.user, timezone.now()

    def get_bulk_update_fields(self) -> list[str]:
        fields = super().get_bulk_update_fields()
        return [*fields, "entered_at", "entered_by"] if fields else []

    def after_rows(self, instances: list[Any]) -> None:
        # Written together, the rows sent no signals. What was only looked at is rolled back, and
        # this with it.
        renew_figures(instance.promise_id for instance in instances)


def _day(cell: Any) -> dt.date | None:
    with suppress(ValueError):
        return Day().clean(cell)
    return None
