"""Names: of the database that is measured (never one that anybody keeps data in), of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PREFIX = "bench_"
CODE = "/en/code-of-conduct/"
#: The slug of the page that has the same words.
PLAIN = "bench-plain-text"


def own_database(chosen: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The settings of `chosen`, but with a database of our own beside it."""
    if chosen["ENGINE"] == "django.db.backends.sqlite3":
        return {**chosen, "NAME": str(folder / f"{PREFIX}cases.sqlite3")}
    name = str(chosen["NAME"]).removeprefix(PREFIX)
    return {**chosen, "NAME": f"{PREFIX}{name}"}
