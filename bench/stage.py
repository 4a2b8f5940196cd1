"""One number of cases: its database, and who visits the site on it, in a process of their own.

Django knows one database at a time; two stages are two processes, which answer in turns.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from bench.rows import Row
    from bench.subjects import Subject
    from bench.visiting import Visitor

ROOT = Path(__file__).resolve().parents[1]
TOKENS = 1000


@dataclass
class Stage:
    """What another process does at this number of cases, asked from here."""

    cases: int
    port: int
    process: ProcessPoolExecutor = field(init=False)

    def __enter__(self) -> Self:
        # Nothing is taken over from this process, which stays without Django.
        self.process = ProcessPoolExecutor(
            1, get_context("spawn"), _begin, (self.environment, self.port)
        )
        return self

    def __exit__(self, *error: object) -> None:
        self.process.shutdown()

    @property
    def environment(self) -> dict[str, str]:
        """For every process that works at this number of cases."""
        return {
            "CASES": str(self.cases),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "TASKS_BACKEND": "database",
            "WAGTAILADMIN_BASE_URL": f"http://127.0.0.1:{self.port}",
        }

    def fill(self, *, keep: bool) -> float:
        """Build the database, unless one was kept, and make what is missing; cases a second."""
        return self.process.submit(_fill, self.cases, keep=keep).result()

    def drop(self) -> None:
        self.process.submit(_drop).result()

    def rows(self) -> list[Row]:
        """What can be measured. The same at every number of cases."""
        return self.process.submit(_rows).result()

    def warm_up(self, number: int) -> None:
        self.process.submit(_warm_up, number).result()

    def turn(self, number: int, *, reversed_: bool) -> tuple[float, float]:
        """Milliseconds of one visit of this row and of its reference, one after the other."""
        return self.process.submit(_turn, number, reversed_=reversed_).result()

    def queries(self, number: int) -> int:
        return self.process.submit(_queries, number).result()


# --- In the other process ----------------------------------------------------------------------

#: So that templates and statements are ready on both workers.
WARM_UP = 6
_ports: list[int] = []


def _begin(environment: dict[str, str], port: int) -> None:
    os.environ.update(environment)
    sys.path.insert(1, str(ROOT / "site"))
    _ports.append(port)
    import django

    django.setup()


def _fill(cases: int, *, keep: bool) -> float:
    from django.core.cache import cache as kept_pages

    from bench import database

    kept_pages.clear()
    if not (keep and database.is_built()):
        database.build()
    return database.grow(cases)


def _drop() -> None:
    from bench import database

    database.drop()


@cache
def _subjects() -> list[Subject]:
    from bench.subjects import get_tokens, subjects

    get_tokens(TOKENS)
    return subjects()


@cache
def _visitor() -> Visitor:
    from bench.visiting import Visitor

    return Visitor(_ports[0])


def _rows() -> list[Row]:
    return [subject.row for subject in _subjects()]


def _warm_up(number: int) -> None:
    for _time in range(WARM_UP):
        _turn(number, reversed_=False)


def _turn(number: int, *, reversed_: bool) -> tuple[float, float]:
    subject, visitor = _subjects()[number], _visitor()
    visits = (subject.visit, subject.reference)
    if reversed_:
        theirs, ours = (visitor.ask(visit)[0] for visit in visits[::-1])
    else:
        ours, theirs = (visitor.ask(visit)[0] for visit in visits)
    return ours, theirs


def _queries(number: int) -> int:
    from bench.visiting import queries_of

    return queries_of(_subjects()[number].visit)
