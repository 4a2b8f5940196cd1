"""What each database needs to find words: a column and an index, or a table that triggers fill.

Both follow the rows of `SearchEntry` by themselves, whoever writes or deletes them. A later
migration that makes SQLite copy that table anew has to `install` again: triggers are lost by it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from complaints.search.analyser import Query

INSTALL = {
    "postgresql": (
        # From an array: the parser of to_tsvector would take words apart in its own way.
        """ALTER TABLE conduct_complaints_searchentry ADD COLUMN IF NOT EXISTS vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
        # Few waiting entries: each search reads all of them.
        """CREATE INDEX IF NOT EXISTS complaints_search ON conduct_complaints_searchentry
        USING gin (vector) WITH (gin_pending_list_limit = 512)""",
    ),
    "sqlite": (
        # `ascii` takes all else as letters. Nobody asks where a word stands or how often it comes.
        """CREATE VIRTUAL TABLE IF NOT EXISTS conduct_complaints_searchtext USING fts5(
        words, content='conduct_complaints_searchentry', content_rowid='case_id',
        tokenize='ascii', detail=none, columnsize=0)""",
        """CREATE TRIGGER IF NOT EXISTS complaints_search_insert
        AFTER INSERT ON conduct_complaints_searchentry BEGIN
        INSERT INTO conduct_complaints_searchtext(rowid, words) VALUES (new.case_id, new.words);
        END""",
        """CREATE TRIGGER IF NOT EXISTS complaints_search_delete
        AFTER DELETE ON conduct_complaints_searchentry BEGIN
        INSERT INTO conduct_complaints_searchtext(conduct_complaints_searchtext, rowid, words)
        VALUES ('delete', old.case_id, old.words);
        END""",
        """CREATE TRIGGER IF NOT EXISTS complaints_search_update
        AFTER UPDATE ON conduct_complaints_searchentry BEGIN
        INSERT INTO conduct_complaints_searchtext(conduct_complaints_searchtext, rowid, words)
        VALUES ('delete', old.case_id, old.words);
        INSERT INTO conduct_complaints_searchtext(rowid, words) VALUES (new.case_id, new.words);
        END""",
        """INSERT INTO conduct_complaints_searchtext(conduct_complaints_searchtext)
        VALUES ('rebuild')""",
    ),
}
REMOVE = {
    "postgresql": ("ALTER TABLE conduct_complaints_searchentry DROP COLUMN IF EXISTS vector",),
    "sqlite": (
        "DROP TRIGGER IF EXISTS complaints_search_insert",
        "DROP TRIGGER IF EXISTS complaints_search_delete",
        "DROP TRIGGER IF EXISTS complaints_search_update",
        "DROP TABLE IF EXISTS conduct_complaints_searchtext",
    ),
}


def install(database: BaseDatabaseWrapper) -> None:
    """Make what is missing, and on SQLite read all rows anew. Safe to repeat."""
    _run(database, INSTALL.get(database.vendor, ()))


def mend(database: BaseDatabaseWrapper) -> None:
    """Bring what follows the rows back to what they are; PostgreSQL's column can't differ."""
    if database.vendor != "postgresql":
        install(database)


def remove(database: BaseDatabaseWrapper) -> None:
    """Undo `install`: for reversing the migration."""
    _run(database, REMOVE.get(database.vendor, ()))


def _run(database: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# Asking: (vendor: statement). The query is a parameter, see `expression`.

MATCHING = {
    "postgresql": """SELECT case_id FROM conduct_complaints_searchentry
    WHERE vector @@ %s::tsquery""",
    "sqlite": """SELECT rowid FROM conduct_complaints_searchtext
    WHERE conduct_complaints_searchtext MATCH %s""",
}
#: As many as a limit allows.
SOME = {
    # Through the index although few are wanted: the planner is not told of the limit, or it would
    # read the whole table for words that it believes to be common.
    "postgresql": """WITH found AS MATERIALIZED (SELECT case_id FROM conduct_complaints_searchentry
    WHERE vector @@ %(words)s::tsquery) SELECT case_id FROM found LIMIT %(limit)s""",
    "sqlite": """SELECT rowid FROM conduct_complaints_searchtext
    WHERE conduct_complaints_searchtext MATCH %(words)s LIMIT %(limit)s""",
}
#: Of these ids.
AMONG = {
    # The offset keeps PostgreSQL from reading all that match from the index of words as well.
    "postgresql": """SELECT case_id FROM (SELECT case_id, vector FROM conduct_complaints_searchentry
    WHERE case_id = ANY(%(ids)s) OFFSET 0) AS looked_at WHERE vector @@ %(words)s::tsquery""",
    # The plus keeps SQLite from asking anew for each of them.
    "sqlite": """SELECT rowid FROM conduct_complaints_searchtext
    WHERE conduct_complaints_searchtext MATCH %(words)s
    AND +rowid IN (SELECT value FROM json_each(%(ids)s))""",
}


def expression(query: Query) -> str:
    """The query in the database's own language; words need quotes, nothing in them has to be
    escaped."""
    if connection.vendor == "postgresql":
        return " & ".join(
            [*(f"'{word}'" for word in query.words), *(f"'{w}':*" for w in query.beginnings)]
        )
    return " AND ".join(
        [*(f'"{word}"' for word in query.words), *(f'"{w}" *' for w in query.beginnings)]
    )
