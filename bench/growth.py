"""`python -m bench.growth`: processor time of each list, where a busy machine hides the rest.

One line for each list and search: milliseconds of this process and of its PostgreSQL together, and
of PostgreSQL alone, on average, in the database that `KEEP=1 python -m bench` has left on the same
machine: `CASES=10000` and `CASES=1000000` say which; run it once for each.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

REQUESTS = 10
ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    sys.path.insert(1, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from bench.subjects import lists, saved, searches

    only = os.environ.get("ONLY", "")
    for subject in (*lists(), *saved(), *searches()):
        if only in subject.row.what:
            whole, server = measured(subject.visit.path, subject.visit.cookie)
            sys.stdout.write(f"{subject.row.what}\t{whole:.1f}\t{server:.1f}\n")
            sys.stdout.flush()


def measured(path: str, cookie: str) -> tuple[float, float]:
    """Milliseconds of both, on average, and of the database server alone."""
    from django.db import connection

    from bench.visiting import in_process

    client = in_process(cookie)
    for _turn in range(2):
        client.get(path)
    with connection.cursor() as cursor:
        # Work in other processes of the server would not be seen.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        server = int(cursor.fetchone()[0])
    ours, theirs = time.process_time(), _ticks(server)
    for _turn in range(REQUESTS):
        if client.get(path).status_code != 200:
            raise RuntimeError(f"{path} did not answer.")
    ours, theirs = time.process_time() - ours, _ticks(server) - theirs
    database = theirs / TICK * 1000 / REQUESTS
    return ours * 1000 / REQUESTS + database, database


def _ticks(process: int) -> int:
    """Of the processor, for a process and for the kernel on its behalf."""
    values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(values[11]) + int(values[12])


if __name__ == "__main__":
    main()
