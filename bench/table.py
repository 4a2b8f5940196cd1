"""One table: what was measured, how it compares, and which aim it misses."""

from __future__ import annotations

from bench.rows import Result

HEADINGS = (
    "what", "cases", "requests", "p50 ms", "p95 ms", "queries", "reference", "p50 ms", "p95 ms",
    "ratio", "aim", "growth", "aim", "result",
)  # fmt: skip
NOTES = """
ratio   ours / reference, measured in turns: of p95 for lists, of p50 for all else
growth  p95 over the p95 at the first number of cases, both measured in turns
"""


def table(results: list[Result]) -> str:
    """Markdown, aligned for reading in a terminal."""
    rows = [list(HEADINGS), *(_cells(result) for result in results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n" + NOTES


def _cells(result: Result) -> list[str]:
    row, timing, growth = result.row, result.timing, result.growth
    return [
        row.what,
        f"{result.cases:,}",
        str(timing.requests),
        f"{timing.p50:.1f}",
        f"{timing.p95:.1f}",
        str(result.queries),
        row.reference_name,
        f"{timing.reference_p50:.1f}",
        f"{timing.reference_p95:.1f}",
        f"{result.ratio:.2f}",
        "" if row.aim is None else f"≤ {row.aim:g}",
        "" if growth is None else f"{growth:.2f}",
        "" if result.growth_aim is None else f"≤ {result.growth_aim:g}",
        result.verdict,
    ]
