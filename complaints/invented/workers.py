"""Several processes that make cases at once, each with ids of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from complaints.invented.bulk import forward_sequences
from complaints.invented.case_rows import COLUMNS
from complaints.invented.making import BATCH, Maker


def make_in_parallel(
    maker: Maker, count: int, workers: int, progress: Callable[[int], None]
) -> None:
    """Make `count` cases, shared among `workers` processes; raises `RuntimeError` if one fails.

    PostgreSQL only: SQLite has one writer. Not inside a transaction: the others would not see it.
    """
    batches = -(-count // BATCH)
    share = -(-batches // workers)
    context = multiprocessing.get_context("fork")
    done = context.Value("i", 0)
    # A connection can't be shared by processes.
    connections.close_all()
    processes = []
    for first in range(0, batches, share):
        size = min(share * BATCH, count - first * BATCH)
        arguments = (maker, size, first, done, progress)
        processes.append(context.Process(target=_make_share, args=arguments))
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("A process that made cases failed; its message is above.")
    # Each set the sequences after its own ids, whoever was last.
    connection.ensure_connection()
    forward_sequences(COLUMNS)


def _make_share(
    maker: Maker, size: int, first: int, done: Any, progress: Callable[[int], None]
) -> None:
    before = 0

    def tell(made: int) -> None:
        nonlocal before
        with done.get_lock():
            done.value += made - before
            progress(done.value)
        before = made

    maker.make(size, tell, first=first, skip=first * BATCH)
