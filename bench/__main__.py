"""`python -m bench`: build databases, serve the site on each, measure in turns, print one table.

`DATABASE_URL` chooses the database server (the run's own databases `bench_…` stand beside the one
that is named). `CASES` adds a second size to the first ten thousand cases; both are then asked in
turns. `KEEP=1` keeps the databases for the next run. `ONLY=step,list` measures what has "step" or
"list" in its name, `SECONDS` is about how long each row takes at each size.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from bench.measuring import measure
from bench.naming import FIRST
from bench.rows import Result
from bench.server import free_ports, serving
from bench.stage import Stage
from bench.table import table

SECONDS = 12


def main() -> None:
    last = int(os.environ.get("CASES") or FIRST)
    sizes = sorted({min(FIRST, last), last})
    keep = bool(os.environ.get("KEEP"))
    with ExitStack() as stack:
        stages = []
        for size, port in zip(sizes, free_ports(len(sizes)), strict=True):
            stage = stack.enter_context(Stage(size, port))
            if not keep:
                stack.callback(stage.drop)
            say(f"A database with {size:,} cases …")
            if speed := stage.fill(keep=keep):
                say(f"{speed:,.0f} cases a second were made.")
            stages.append(stage)
        for stage in stages:
            stack.enter_context(serving(stage.environment, stage.port))
        print(table(results(stages)))


def results(stages: list[Stage]) -> list[Result]:
    """Every row at every size."""
    only = os.environ.get("ONLY", "").split(",")
    seconds = float(os.environ.get("SECONDS") or SECONDS)
    rows = stages[0].rows()
    for stage in stages[1:]:
        if stage.rows() != rows:
            raise RuntimeError("The sizes would be measured by different rows.")
    found: list[Result] = []
    for number, row in enumerate(rows):
        if not any(part in row.what for part in only):
            continue
        timings = measure(stages, number, requests=row.requests, seconds=seconds * len(stages))
        for stage, timing in zip(stages, timings, strict=True):
            first = None if stage is stages[0] else timings[0]
            result = Result(row, stage.cases, timing, stage.queries(number), first)
            say(f"  {row.what}, {stage.cases:,}: {result}")
            found.append(result)
    return found


def say(text: str) -> None:
    """Progress, apart from the table."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
