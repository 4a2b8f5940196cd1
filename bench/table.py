"""One table: what was measured, how it compares, and which aim it misses."""

from __future__ import annotations

from dataclasses import dataclass

from bench.measuring import Timing
from bench.subjects import Subject

HEADINGS = (
    "what", "cases", "p50 ms", "p95 ms", "queries", "reference", "p50 ms", "p95 ms", "ratio",
    "aim", "growth", "aim", "result",
)  # fmt: skip
NOTES = """
ratio   ours / reference, measured in turns: of p95 for lists, of p50 for all else
growth  p95 / reference's p95, over the same at the first number of cases
"""


@dataclass(frozen=True)
class Result:
    subject: Subject
    cases: int
    timing: Timing
    queries: int
    #: At the first number of cases.
    first: Timing | None = None

    @property
    def ratio(self) -> float:
        return self.timing.tail_ratio if self.subject.is_list else self.timing.ratio

    @property
    def growth(self) -> float | None:
        if self.first is None or not self.subject.is_list:
            return None
        return self.timing.tail_ratio / self.first.tail_ratio

    @property
    def verdict(self) -> str:
        judged = [
            (name, value, aim)
            for name, value, aim in (
                ("ratio", self.ratio, self.subject.aim),
                ("growth", self.growth, self.growth_aim),
            )
            if value is not None and aim is not None
        ]
        if not judged:
            return ""
        missed = [name for name, value, aim in judged if value > aim]
        return f"MISSING ({', '.join(missed)})" if missed else "met"

    @property
    def growth_aim(self) -> float | None:
        return None if self.growth is None else self.subject.growth_aim

    def cells(self) -> list[str]:
        timing, aim, growth = self.timing, self.subject.aim, self.growth
        return [
            self.subject.what,
            f"{self.cases:,}",
            f"{timing.p50:.1f}",
            f"{timing.p95:.1f}",
            str(self.queries),
            self.subject.reference_name,
            f"{timing.reference_p50:.1f}",
            f"{timing.reference_p95:.1f}",
            f"{self.ratio:.2f}",
            "" if aim is None else f"≤ {aim:g}",
            "" if growth is None else f"{growth:.2f}",
            "" if self.growth_aim is None else f"≤ {self.growth_aim:g}",
            self.verdict,
        ]


def table(results: list[Result]) -> str:
    """Markdown, aligned for reading in a terminal."""
    rows = [list(HEADINGS), *(result.cells() for result in results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n" + NOTES
