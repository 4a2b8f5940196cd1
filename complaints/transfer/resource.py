"""What all tables share, built on django-import-export.

The library asks the database several times for each row; with these few overrides five thousand
rows cost as many queries as five: rows are found by their key in memory, checked without queries,
and written together. It sends no signals then, which `importing.py` makes up for.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import classproperty
from import_export.resources import Resource
from wagtail.models import Site

from complaints.transfer.columns import Column, columns_for, in_default_language, translated
from complaints.transfer.differences import Changes, Row
from complaints.transfer.first_pass import FirstPass
from complaints.transfer.registry import table_of

Key = tuple[str, ...]


class Rows:
    """The library's loader, with all rows of the table read at once."""

    def __init__(self, resource: VocabularyResource, dataset: Any = None) -> None:
        self.resource = resource

    def get_instance(self, row: Any) -> Any:
        found = self.resource.index.get(self.resource.key_in(row))
        return found if found is not None and found.pk else None


class VocabularyResource(Resource):
    """A table. Subclasses have a `Meta` with:

    `model`; `columns`, names of its fields; `key`, those that tell which row it is; and
    `personal = True` where it tells something about people.
    """

    class Meta:
        use_bulk = True
        #: All rows together, after the last was read: a row may name one that stands below it.
        batch_size = None
        use_transactions = True
        instance_loader_class = Rows
        key: tuple[str, ...] = ("code",)
        columns: tuple[str, ...] = ()
        personal = False

    @classproperty
    def model(cls) -> Any:  # noqa: N805 - a property of the class
        return cls._meta.model

    create_instances: list[Any]

    def __init__(self, *, lock: bool = False, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lock = lock
        #: Who imports; None while it is only looked what would change.
        self.user = user
        declared: dict[str, Column] = self.fields
        self.fields: dict[str, Column] = {}
        for name in self._meta.columns:
            if name in declared:
                self.fields[name] = declared[name]
            else:
                columns = columns_for(self.model, name, _key_of)
                self.fields |= {column.column_name: column for column in columns}
        #: Number of the row in the file -> what is wrong with it.
        self.problems: dict[int, str] = {}
        self.refused = False
        self.ambiguous: set[Key] = set()
        self.changed_columns: set[str] = set()

    # Columns

    @classmethod
    def get_diff_class(cls) -> type[Changes]:
        return Changes

    @classmethod
    def get_row_result_class(cls) -> type[Row]:
        return Row

    @cached_property
    def written(self) -> list[Column]:
        return list(self.fields.values())

    @cached_property
    def key_columns(self) -> list[Column]:
        return [self.fields[in_default_language(self.model, name)] for name in self._meta.key]

    def get_import_id_fields(self) -> list[str]:
        return [column.column_name for column in self.key_columns]

    # Rows

    def get_queryset(self) -> Any:
        rows = self.model._default_manager.all()
        return rows.select_for_update(of=("self",), no_key=True) if self.lock else rows

    @cached_property
    def index(self) -> dict[Key, Any]:
        """Rows by their key: those that exist, and those that the file adds."""
        index: dict[Key, Any] = {}
        for row in self.get_queryset():
            key = self.key_of(row)
            if key in index:
                self.ambiguous.add(key)
            index[key] = row
        return index

    def key_of(self, instance: Any) -> Key:
        return tuple(column.shown(instance) for column in self.key_columns)

    def key_in(self, row: Any) -> Key:
        """The key that a row of the file gives, written as `key_of` writes it."""
        return tuple(column.canonical(row) for column in self.key_columns)

    # Reading, in the order in which the library calls it

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        FirstPass(self, dataset.dict, kwargs["lines"]).run(dataset.headers)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        if words := self.problems.get(kwargs["row_number"]):
            self.refused = True
            raise ValidationError(words)

    def init_instance(self, row: Any = None) -> Any:
        return self.index.get(self.key_in(row)) or self.model()

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        errors = {}
        for column in self.written:
            if column.column_name not in row:
                continue
            try:
                if instance.pk is None:
                    self.import_field(column, instance, row, **kwargs)
                elif column.shown(instance) != column.canonical(row):
                    self.import_field(column, instance, row, **kwargs)
                    self.changed_columns.add(column.attribute)
            except ValueError as error:
                errors[column.column_name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        if import_validation_errors or instance.pk is None:
            return False
        return all(column.shown(instance) == column.shown(original) for column in self.written)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """As `full_clean`, without its queries: keys and links were checked in memory."""
        errors = dict(import_validation_errors or {})
        for column in self.written:
            try:
                column.check(instance)
            except ValueError as error:
                errors.setdefault(column.column_name, [str(error)])
        links = [field.name for field in self.model._meta.fields if field.is_relation]
        try:
            instance.clean_fields(exclude={*errors, *links, *translated(self.model)})
            if not errors:
                instance.clean()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            self.refused = True
            raise ValidationError(errors)

    def get_bulk_update_fields(self) -> list[str]:
        """Only what the file changes anywhere."""
        fields = {field.name for field in self.model._meta.concrete_fields}
        keys = {column.attribute for column in self.key_columns}
        return sorted((self.changed_columns & fields) - keys)

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        if self.get_bulk_update_fields() and not self.refused:
            super().bulk_update(*args, **kwargs)

    def bulk_create(
        self,
        using_transactions: bool,
        dry_run: bool,
        raise_errors: bool,
        batch_size: int | None = None,
        result: Any = None,
    ) -> None:
        """Level by level, where rows belong to rows of the same file."""
        # With one row refused none is stored.
        waiting = [] if self.refused else list(self.create_instances)
        while waiting:
            ready = [row for row in waiting if not self._waits(row)]
            # Circles were refused before; should one be left, the library says what is wrong.
            self.create_instances = ready or waiting
            waiting = [row for row in waiting if self._waits(row)] if ready else []
            super().bulk_create(using_transactions, dry_run, raise_errors, batch_size, result)
        self.create_instances = []

    def _waits(self, instance: Any) -> bool:
        cache = instance._state.fields_cache
        return any(isinstance(other, self.model) and other.pk is None for other in cache.values())

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        # Not the library's own, which turns back the counters of numbers that others may be using.
        if not self.refused:
            self.after_rows([row.instance for row in result.rows if row.instance is not None])

    def after_rows(self, instances: list[Any]) -> None:
        """For what hangs on rows that have their numbers by now."""

    # Writing out

    def table(self) -> tuple[list[str], list[list[Any]]]:
        """Headings and rows, in the order of the list in the admin."""
        for column in self.written:
            column.prepare([], self)
        rows = [[c.export(row) for c in self.written] for row in self.get_queryset()]
        return [column.column_name for column in self.written], rows


def _key_of(model: Any) -> str:
    """By which column other tables name a row of this model."""
    if model is Site:
        return "hostname"
    resource = table_of(model)
    names = resource._meta.key if resource else ("code",)
    return in_default_language(model, names[0])
