"""The benchmarks touch no database but their own, and their table hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measuring import Timing, percentile
from bench.naming import own_database
from bench.subjects import Subject
from bench.table import Result, table
from bench.visiting import Visit

POSTGRESQL = "django.db.backends.postgresql"


def test_the_database_is_never_the_one_that_is_named():
    named = {"ENGINE": POSTGRESQL, "NAME": "complaints", "HOST": "db"}
    assert own_database(named, Path("/var")) == {
        "ENGINE": POSTGRESQL,
        "NAME": "bench_complaints",
        "HOST": "db",
    }
    assert named["NAME"] == "complaints"
    lite = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/db.sqlite3"}
    assert own_database(lite, Path("/var"))["NAME"] == "/var/bench_cases.sqlite3"


@pytest.mark.parametrize(("share", "value"), [(0, 1.0), (0.5, 51.0), (0.95, 96.0), (1, 100.0)])
def test_percentiles(share, value):
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


def subject(*, aim: float | None, is_list: bool) -> Subject:
    visit = Visit(["/"])
    return Subject("inbox", visit, visit, "empty list", aim, is_list)


FAST = Timing(p50=10, p95=20, reference_p50=10, reference_p95=20, requests=60)
SLOW = Timing(p50=15, p95=80, reference_p50=10, reference_p95=20, requests=60)


def test_what_misses_its_aim_says_which():
    list_ = subject(aim=2, is_list=True)
    assert Result(list_, 10_000, FAST, 5).verdict == "met"
    assert Result(list_, 10_000, SLOW, 5).verdict == "MISSING (ratio)"
    grown = Result(list_, 1_000_000, SLOW, 5, first=FAST)
    assert (grown.ratio, grown.growth) == (4, 4)
    assert grown.verdict == "MISSING (ratio, growth)"
    # A page is judged by its median.
    assert Result(subject(aim=2, is_list=False), 10_000, SLOW, 5, first=FAST).verdict == "met"
    assert Result(subject(aim=None, is_list=True), 10_000, SLOW, 5).verdict == ""


def test_every_result_is_a_row():
    lines = table([Result(subject(aim=2, is_list=True), 10_000, SLOW, 5)]).splitlines()
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells == [
        "inbox", "10,000", "15.0", "80.0", "5", "empty list", "10.0", "20.0", "4.00", "≤ 2", "",
        "", "MISSING (ratio)",
    ]  # fmt: skip
