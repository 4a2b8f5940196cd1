"""The name of the database that is measured: never one that anybody keeps data in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PREFIX = "bench_"


def own_database(chosen: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The settings of `chosen`, but with a database of our own beside it."""
    if chosen["ENGINE"] == "django.db.backends.sqlite3":
        return {**chosen, "NAME": str(folder / f"{PREFIX}cases.sqlite3")}
    name = str(chosen["NAME"]).removeprefix(PREFIX)
    return {**chosen, "NAME": f"{PREFIX}{name}"}
