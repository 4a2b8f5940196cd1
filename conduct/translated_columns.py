"""Database columns for django-modeltranslation that fit any host's languages.

A migration with fixed `name_de` columns would make a host with other languages create migrations
inside our apps. Ours ask modeltranslation which languages the host has and build just those
columns. A language that is added later is added by modeltranslation's own command,
`manage.py sync_translation_fields`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname


class AddColumns(Operation):
    """Several nullable columns of one model at once.

    An `AddField` for each would make Django build the whole project's models anew each time, which
    took a third of all migrating.
    """

    reversible = True

    def __init__(self, model_name: str, columns: list[tuple[str, models.Field[Any, Any]]]) -> None:
        self.model_name = model_name
        self.columns = columns

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        key = app_label, self.model_name.lower()
        state.models[key].fields.update(dict(self.columns))
        state.reload_model(*key, delay=True)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        before = from_state.apps.get_model(app_label, self.model_name)
        for name, _field in self.columns:
            # Nullable and without a default, so that no database makes the table anew for it.
            schema_editor.add_field(before, model._meta.get_field(name))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        for name, _field in reversed(self.columns):
            _drop_column(schema_editor, model, name)

    def describe(self) -> str:
        return f"Add {len(self.columns)} translated columns to {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_translated"


def _drop_column(
    schema_editor: BaseDatabaseSchemaEditor, model: type[models.Model], name: str
) -> None:
    """By SQL: Django's own way on SQLite would make the table anew from a model that still has the
    other columns."""
    column = model._meta.get_field(name).column  # type: ignore[union-attr]
    quote = schema_editor.quote_name
    schema_editor.execute(
        f"ALTER TABLE {quote(model._meta.db_table)} DROP COLUMN {quote(str(column))}"
    )


def add_translated_columns(
    model_name: str, fields: Iterable[tuple[str, models.Field[Any, Any]]]
) -> Iterator[Operation]:
    """Yield the operation that adds one column for each language and translated field of a model.

    `fields` are (name, the untranslated field as in `CreateModel`). The columns are nullable, as
    modeltranslation makes them, so that a missing translation is told from an empty one.
    """
    columns = []
    for name, field in fields:
        for language in AVAILABLE_LANGUAGES:
            column = field.clone()
            # `blank` stays as declared: so modeltranslation deconstructs its fields.
            column.null = True
            columns.append((build_localized_fieldname(name, language), column))
    yield AddColumns(model_name, columns)
