"""`python -m bench`: build a database, serve the site, measure, print one table.

`DATABASE_URL` chooses the database server (its own database `bench_…` beside the one that is
named), `CASES` how many cases to grow to after the first ten thousand; with `KEEP=1` the database
stays, and the next run with it goes on from there (what it needs of the first ten thousand was
kept, too). `ONLY=step,list` measures what has "step" or "list" in its name.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.measuring import Timing
    from bench.table import Result

ROOT = Path(__file__).resolve().parents[1]
FIRST = 10_000
#: For each row of the table, about.
SECONDS = 12
TOKENS = 300


def main() -> None:
    last = int(os.environ.get("CASES") or FIRST)
    sys.path.insert(1, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["TASKS_BACKEND"] = "database"
    from bench.server import free_port

    port = free_port()
    os.environ["WAGTAILADMIN_BASE_URL"] = f"http://127.0.0.1:{port}"
    import django

    django.setup()
    from bench import database

    shutil.rmtree(ROOT / "var" / "bench-cache", ignore_errors=True)
    keep = bool(os.environ.get("KEEP"))
    try:
        if not (keep and database.is_built()):
            say("Building a database of its own …")
            database.build()
        print(run(port, last))
    finally:
        if not keep:
            database.drop()


def run(port: int, last: int) -> str:
    """Measure at the first and at the last number of cases; the table."""
    from bench import database
    from bench.kept import kept_timings
    from bench.server import serving
    from bench.table import table

    results: list[Result] = []
    with serving(port):
        for number in sorted({min(FIRST, last), last}):
            if number < last and database.has_more_than(number):
                say(f"At {number:,} cases: as measured before the database grew.")
                continue
            say(f"Growing to {number:,} cases …")
            if speed := database.grow(number):
                say(f"{speed:,.0f} cases a second were made.")
            results += stage(port, number, {} if number <= FIRST else kept_timings())
    return table(results)


def stage(port: int, number: int, first: dict[str, Timing]) -> list[Result]:
    """Every subject at this number of cases."""
    from bench.kept import keep_timings
    from bench.measuring import measure, queries_of
    from bench.subjects import get_tokens, subjects
    from bench.table import Result
    from bench.visiting import Visitor

    results = []
    get_tokens(TOKENS)
    visitor = Visitor(port)
    only = os.environ.get("ONLY", "").split(",")
    for subject in subjects():
        if not any(part in subject.what for part in only):
            continue
        visit, reference = subject.visit, subject.reference
        timing = measure(visitor, visit, reference, requests=subject.requests, seconds=SECONDS)
        result = Result(subject, number, timing, queries_of(visit), first.get(subject.what))
        say(f"  {subject.what}: {result.ratio:.2f} × {subject.reference_name} {result.verdict}")
        results.append(result)
        if number == FIRST:
            keep_timings({subject.what: timing})
    return results


def say(text: str) -> None:
    """Progress, apart from the table."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
