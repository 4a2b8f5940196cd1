"""The database's own refusal to change what has been published, for SQLite and PostgreSQL.

Deleting is refused by the models only, so that a test run or a demo can be emptied.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("conduct_edition", "conduct_editiontext", "conduct_editionpromise")

_SQLITE = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'An edition is never changed.'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION conduct_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'An edition is never changed.'; END
$$ LANGUAGE plpgsql
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION conduct_refuse_change()
"""


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL_FUNCTION, params=None)
    template = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}.get(vendor)
    if template:
        for table in TABLES:
            schema_editor.execute(template.format(table=table), params=None)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_changes", params=None)
        elif vendor == "postgresql":
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {table}_never_changes ON {table}", params=None
            )
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS conduct_refuse_change()", params=None)
