"""The database's own refusal to change what has been published, for SQLite and PostgreSQL.

Deleting is refused by the models only, so that a test run or a demo can be emptied.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("conduct_edition", "conduct_editiontext", "conduct_editionpromise")

NOTICE_TABLES = ("conduct_privacynoticeversion",)
CONSULTATION_TABLES = ("conduct_consultationtext",)
REVIEW_TABLES = ("conduct_review",)

_SQLITE = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} FOR EACH ROW {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{message}'; END
$$ LANGUAGE plpgsql
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION {function}()
"""
_EDITIONS = (TABLES, "conduct_refuse_change", "An edition is never changed.")
_NOTICES = (
    NOTICE_TABLES,
    "conduct_refuse_notice_change",
    "A version of the privacy notice is never changed.",
)
_CONSULTATIONS = (
    CONSULTATION_TABLES,
    "conduct_refuse_consultation_change",
    "The text of a consultation is never changed.",
)
_REVIEWS = (
    REVIEW_TABLES,
    "conduct_refuse_review_change",
    "A review that was decided is never changed.",
)
#: Until it is decided, a review is being written.
_DECIDED = "WHEN (OLD.decided_at IS NOT NULL)"


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _create(schema_editor, *_EDITIONS)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _drop(schema_editor, *_EDITIONS)


def create_for_notices(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _create(schema_editor, *_NOTICES)


def drop_for_notices(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _drop(schema_editor, *_NOTICES)


def create_for_reviewing(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _create(schema_editor, *_CONSULTATIONS)
    _create(schema_editor, *_REVIEWS, when=_DECIDED)


def drop_for_reviewing(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _drop(schema_editor, *_CONSULTATIONS)
    _drop(schema_editor, *_REVIEWS)


def _create(
    schema_editor: BaseDatabaseSchemaEditor,
    tables: tuple[str, ...],
    function: str,
    message: str,
    when: str = "",
) -> None:
    vendor = schema_editor.connection.vendor
    words = {"function": function, "message": message, "when": when}
    if vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL_FUNCTION.format(**words), params=None)
    template = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}.get(vendor)
    if template:
        for table in tables:
            schema_editor.execute(template.format(table=table, **words), params=None)


def _drop(
    schema_editor: BaseDatabaseSchemaEditor, tables: tuple[str, ...], function: str, message: str
) -> None:
    vendor = schema_editor.connection.vendor
    for table in tables:
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_changes", params=None)
        elif vendor == "postgresql":
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {table}_never_changes ON {table}", params=None
            )
    if vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {function}()", params=None)
