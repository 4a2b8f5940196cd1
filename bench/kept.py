"""What was measured at the first number of cases, for a run that finds a database with more."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.conf import settings

from bench.measuring import Timing

FILE = settings.VAR_DIR / "bench-first.json"


def kept_timings() -> dict[str, Timing]:
    """By the subject's name; none where nothing was kept."""
    if not FILE.exists():
        return {}
    return {what: Timing(**values) for what, values in json.loads(FILE.read_text()).items()}


def keep_timings(timings: dict[str, Timing]) -> None:
    """Beside what other runs have kept of other subjects."""
    kept = kept_timings() | timings
    FILE.write_text(json.dumps({what: asdict(timing) for what, timing in kept.items()}, indent=1))
