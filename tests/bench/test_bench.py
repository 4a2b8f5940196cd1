"""The benchmarks touch no database but their own, and their table hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measuring import measure, percentile
from bench.naming import own_database
from bench.rows import Result, Row, Timing
from bench.table import table

POSTGRESQL = "django.db.backends.postgresql"


def test_the_database_is_never_the_one_that_is_named():
    named = {"ENGINE": POSTGRESQL, "NAME": "complaints", "HOST": "db"}
    assert own_database(named, Path("/var"), 10_000) == {
        "ENGINE": POSTGRESQL,
        "NAME": "bench_complaints_10000",
        "HOST": "db",
    }
    assert named["NAME"] == "complaints"
    lite = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/db.sqlite3"}
    assert own_database(lite, Path("/var"), 300)["NAME"] == "/var/bench_300.sqlite3"


@pytest.mark.parametrize(("share", "value"), [(0, 1.0), (0.5, 51.0), (0.95, 96.0), (1, 100.0)])
def test_percentiles(share, value):
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


def row(*, aim: float | None, is_list: bool) -> Row:
    return Row("inbox", "empty list", aim, is_list)


FAST = Timing(p50=10, p95=20, reference_p50=10, reference_p95=20, requests=60)
SLOW = Timing(p50=15, p95=80, reference_p50=10, reference_p95=20, requests=60)


def test_what_misses_its_aim_says_which():
    list_ = row(aim=2, is_list=True)
    assert Result(list_, 10_000, FAST, 5).verdict == "met"
    assert Result(list_, 10_000, SLOW, 5).verdict == "MISSING (ratio)"
    grown = Result(list_, 1_000_000, SLOW, 5, first=FAST)
    assert (grown.ratio, grown.growth) == (4, 4)
    assert grown.verdict == "MISSING (ratio, growth)"
    # A page is judged by its median.
    assert Result(row(aim=2, is_list=False), 10_000, SLOW, 5, first=FAST).verdict == "met"
    assert Result(row(aim=None, is_list=True), 10_000, SLOW, 5).verdict == ""


def test_growth_is_that_of_the_list_and_not_of_its_reference():
    slower = Timing(p50=10, p95=30, reference_p50=30, reference_p95=60, requests=60)
    assert Result(row(aim=None, is_list=True), 1_000_000, slower, 5, first=FAST).growth == 1.5


class Stage:
    """Answers at once with times that somebody wrote down, and keeps when it was asked."""

    def __init__(self, name: str, asked: list[str], *times: float) -> None:
        self.name, self.asked, self.times = name, asked, list(times)

    def warm_up(self, number: int) -> None:
        self.asked.append(f"{self.name} warm")

    def turn(self, number: int, *, reversed_: bool) -> tuple[float, float]:
        self.asked.append(f"{self.name}{number}{' back' if reversed_ else ''}")
        return self.times.pop(0), 1.0


def test_sizes_are_asked_in_turns_and_none_always_first():
    asked: list[str] = []
    few, many = Stage("few", asked, 1, 2, 3), Stage("many", asked, 10, 20, 30)
    timings = measure([few, many], 7, requests=3, seconds=60)
    assert asked == [
        "few warm", "many warm",
        "few7", "many7", "many7 back", "few7 back", "few7", "many7",
    ]  # fmt: skip
    assert timings == [Timing(2, 3, 1, 1, 3), Timing(20, 30, 1, 1, 3)]


def test_every_result_is_a_row():
    lines = table([Result(row(aim=2, is_list=True), 10_000, SLOW, 5)]).splitlines()
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells == [
        "inbox", "10,000", "60", "15.0", "80.0", "5", "empty list", "10.0", "20.0", "4.00", "≤ 2",
        "", "", "MISSING (ratio)",
    ]  # fmt: skip
