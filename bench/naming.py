"""Names: of the databases that are measured (never one that anybody keeps data in), of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PREFIX = "bench_"
#: Cases of the smaller database.
FIRST = 10_000
CODE = "/en/code-of-conduct/"
#: The slug of the page that has the same words.
PLAIN = "bench-plain-text"


def own_database(chosen: dict[str, Any], folder: Path, cases: int) -> dict[str, Any]:
    """The settings of `chosen`, but with a database of our own for this number of cases: beside it,
    or in this folder."""
    if chosen["ENGINE"] == "django.db.backends.sqlite3":
        return {**chosen, "NAME": str(folder / f"{PREFIX}{cases}.sqlite3")}
    return {**chosen, "NAME": f"{PREFIX}{chosen['NAME']}_{cases}"}
