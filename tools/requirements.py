"""Which test proves which requirement of docs/requirements.csv.

`make requirements` collects the tests (it runs none) and prints the table. As a pytest plugin this
module refuses a `@pytest.mark.requirement` with an id that isn't in the list.
"""

import contextlib
import csv
import io
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

LIST = Path(__file__).resolve().parents[1] / "docs" / "requirements.csv"


@dataclass(frozen=True)
class Requirement:
    """One row of the list. `priority` is must, should or could."""

    id: str
    priority: str
    app: str
    title: str


def read(path: Path = LIST) -> dict[str, Requirement]:
    """The list by id, in its own order."""
    with path.open(newline="", encoding="utf-8") as file:
        return {row["id"]: Requirement(**row) for row in csv.DictReader(file)}


def marked(item: pytest.Item) -> list[str]:
    """The ids a test is marked with."""
    return [str(id_) for mark in item.iter_markers("requirement") for id_ in mark.args]


def unknown_marks(items: list[pytest.Item], known: dict[str, Requirement]) -> list[str]:
    """One line for each mark that names no requirement."""
    return [f"{item.nodeid}: {id_}" for item in items for id_ in marked(item) if id_ not in known]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if strangers := unknown_marks(items, read()):
        raise pytest.UsageError(
            "These requirement ids are not in docs/requirements.csv:\n" + "\n".join(strangers)
        )


def proofs(items: list[pytest.Item]) -> dict[str, list[str]]:
    """Test names by requirement id; a test with parameters counts once."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        name = item.nodeid.split("[")[0]
        for id_ in marked(item):
            if name not in found[id_]:
                found[id_].append(name)
    return dict(found)


def table(known: dict[str, Requirement], proven: dict[str, list[str]]) -> str:
    """Proven requirements with their tests, then the must-ids without one."""
    lines = []
    for requirement in known.values():
        if tests := proven.get(requirement.id):
            lines.append(f"{requirement.id:<14} {requirement.priority:<7} {requirement.title}")
            lines += [f"{'':<14} {test}" for test in tests]
    missing = [r for r in known.values() if r.priority == "must" and r.id not in proven]
    musts = sum(r.priority == "must" for r in known.values())
    lines += ["", f"Must-requirements without a test ({len(missing)} of {musts}):"]
    lines += [f"{r.id:<14} {r.app:<11} {r.title}" for r in missing]
    lines += ["", f"{len(proven)} of {len(known)} requirements are proven by a test."]
    return "\n".join(lines)


class Collector:
    """Takes what pytest collects."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = list(session.items)


def main() -> int:
    collector = Collector()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-q", "--no-header"], [collector])
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        print(said.getvalue())
        return int(code)
    print(table(read(), proofs(collector.items)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
