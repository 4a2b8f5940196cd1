"""What is measured, how fast it should be, and how fast it was."""

from __future__ import annotations

from dataclasses import dataclass

#: p95 at the larger number of cases over p95 at the smaller.
GROWTH = 1.5


@dataclass(frozen=True)
class Row:
    """One row of the table, for each number of cases."""

    what: str
    reference_name: str
    #: At most so many times the reference; None: measured without an aim.
    aim: float | None
    #: The aim is about p95 and about growth, too.
    is_list: bool = False
    requests: int = 200
    growth_aim: float | None = GROWTH


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one visit and of its reference."""

    p50: float
    p95: float
    reference_p50: float
    reference_p95: float
    requests: int

    @property
    def ratio(self) -> float:
        return self.p50 / self.reference_p50

    @property
    def tail_ratio(self) -> float:
        return self.p95 / self.reference_p95


@dataclass(frozen=True)
class Result:
    row: Row
    cases: int
    timing: Timing
    queries: int
    #: At the first number of cases, in the same turns.
    first: Timing | None = None

    @property
    def ratio(self) -> float:
        return self.timing.tail_ratio if self.row.is_list else self.timing.ratio

    @property
    def growth(self) -> float | None:
        if self.first is None or not self.row.is_list:
            return None
        return self.timing.p95 / self.first.p95

    @property
    def growth_aim(self) -> float | None:
        return None if self.growth is None else self.row.growth_aim

    @property
    def verdict(self) -> str:
        judged = [
            (name, value, aim)
            for name, value, aim in (
                ("ratio", self.ratio, self.row.aim),
                ("growth", self.growth, self.growth_aim),
            )
            if value is not None and aim is not None
        ]
        if not judged:
            return ""
        missed = [name for name, value, aim in judged if value > aim]
        return f"MISSING ({', '.join(missed)})" if missed else "met"

    def __str__(self) -> str:
        grown = "" if self.growth is None else f", grown {self.growth:.2f} ×"
        return f"{self.ratio:.2f} × {self.row.reference_name}{grown} {self.verdict}"
