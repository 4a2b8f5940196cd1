"""Test databases that are migrated once and copied from then on.

The migrations of Wagtail and of the three apps take as long as a thousand tests. What they made is
kept in `var/test-databases/` (PostgreSQL: as a template database), under a name made from all that
they are made of; the next test database starts as a copy, and `migrate` finds nothing left to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT_IN = ROOT / "var" / "test-databases"
#: What decides how a fresh database looks, beside the installed packages.
SOURCES = (
    "*/migrations/*.py",
    "site/*/migrations/*.py",
    "*/apps.py",
    "*/groups.py",
    "*/reviewing/workflow.py",
    "*/triggers.py",
    "*/events.py",
    "*/translation.py",
    "*/translated_columns.py",
    "*/models/**/*.py",
    "site/home/models.py",
    "site/config/settings/*.py",
    "uv.lock",
)


@cache
def key() -> str:
    """A name for the contents of a fresh database."""
    import django
    import wagtail

    digest = hashlib.sha256(f"{sys.version}{django.__version__}{wagtail.__version__}".encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if ".venv" not in path.parts[len(ROOT.parts)]:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def install() -> None:
    """Let Django's own classes copy where they can; they still migrate where they can't."""
    from django.db.backends.postgresql.creation import DatabaseCreation as OnPostgresql
    from django.db.backends.sqlite3.creation import DatabaseCreation as OnSqlite

    _teach(OnSqlite, _sqlite_is_kept, _copy_sqlite, _keep_sqlite)
    _teach(OnPostgresql, _postgresql_is_kept, _copy_postgresql, _keep_postgresql)


def _teach(creation: Any, is_kept: Any, copy: Any, keep: Any) -> None:
    """Wrap the two steps of making a test database: the empty one, and the migrated one."""
    make_empty, make = creation._create_test_db, creation.create_test_db

    def _create_test_db(self: Any, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        if keepdb or not is_kept(self):
            # With --reuse-db the last run's database is there, migrated already.
            return str(make_empty(self, verbosity, autoclobber, keepdb))
        return str(copy(self, make_empty, verbosity, autoclobber))

    def create_test_db(self: Any, *args: Any, **kwargs: Any) -> str:
        # What --reuse-db finds may hold more than migrations made.
        if kwargs.get("keepdb"):
            return str(make(self, *args, **kwargs))
        with _one_at_a_time():
            known = is_kept(self)
            name = make(self, *args, **kwargs)
            if not known:
                keep(self, name)
        return str(name)

    creation._create_test_db = _create_test_db
    creation.create_test_db = create_test_db


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of several test processes one migrates; the others wait and copy."""
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    with (KEPT_IN / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- SQLite: a file ----------------------------------------------------------------------------


def kept_file() -> Path:
    """Where the migrated SQLite database is kept, once a test run has made it."""
    return KEPT_IN / f"{key()}.sqlite3"


def _sqlite_is_kept(creation: Any) -> bool:
    return kept_file().exists() and not creation.is_in_memory_db(creation._get_test_db_name())


def _copy_sqlite(creation: Any, make_empty: Any, verbosity: int, autoclobber: bool) -> str:
    name = str(make_empty(creation, verbosity, autoclobber))
    shutil.copyfile(kept_file(), name)
    return name


def _keep_sqlite(creation: Any, name: str) -> None:
    import sqlite3

    if creation.is_in_memory_db(name):
        return
    for old in sorted(KEPT_IN.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-4]:
        old.unlink()
    unfinished = KEPT_IN / "unfinished"
    unfinished.unlink(missing_ok=True)
    # SQLite's own copy, since the newest changes may be in the write-ahead log.
    with closing(sqlite3.connect(name)) as made, closing(sqlite3.connect(unfinished)) as kept:
        made.backup(kept)
    unfinished.rename(kept_file())


# --- PostgreSQL: a template database -----------------------------------------------------------


def _template() -> str:
    return f"conduct_template_{key()}"


def _postgresql_is_kept(creation: Any) -> bool:
    with creation._nodb_cursor() as cursor:
        return bool(creation._database_exists(cursor, _template()))


def _copy_postgresql(creation: Any, make_empty: Any, verbosity: int, autoclobber: bool) -> str:
    options = creation.connection.settings_dict["TEST"]
    before, options["TEMPLATE"] = options.get("TEMPLATE"), _template()
    try:
        return str(make_empty(creation, verbosity, autoclobber, False))
    finally:
        options["TEMPLATE"] = before


def _keep_postgresql(creation: Any, name: str) -> None:
    creation.connection.close()
    creation.connection.close_pool()
    with creation._nodb_cursor() as cursor:
        cursor.execute(
            f"CREATE DATABASE {creation._quote_name(_template())} "
            f"TEMPLATE {creation._quote_name(name)}"
        )
