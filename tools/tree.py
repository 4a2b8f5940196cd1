"""What must not be in the tree, whatever it holds: files that break imports or tell too much."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = {
    "site/__init__.py": "a package named `site` shadows the standard library's",
    "locale/__init__.py": "a package named `locale` shadows the standard library's",
    ".python-version": "it would make version managers ask for one exact Python",
    ".env": "it holds secrets",
}
# Django's autodiscovery imports every module and package of that name.
NO_ADMIN_IN = ["conduct", "complaints", "feedback"]
MOST_LINES = 400
MOST_LINES_OF_TESTS = 600  # tables of cases are long, and read one at a time
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "core"}


def tracked_files() -> list[Path]:
    """Every file that git knows, relative to the root; all files where there is no git."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return [path.relative_to(ROOT) for path in ROOT.rglob("*.py") if ".venv" not in path.parts]
    return [Path(name) for name in listing.split("\0") if name]


def problems(files: list[Path]) -> list[str]:
    """One sentence for each thing that must not be there."""
    found = [
        f"{name} must not exist: {why}."
        for name, why in FORBIDDEN.items()
        if (ROOT / name).exists()
    ]
    found += [
        f"{app}/{name} must not exist: Django imports everything named admin."
        for app in NO_ADMIN_IN
        for name in ("admin.py", "admin/__init__.py")
        if (ROOT / app / name).exists()
    ]
    for path in files:
        if path.suffix != ".py" or not (ROOT / path).exists():
            continue
        if path.stem in VAGUE_NAMES or VAGUE_NAMES & set(path.parts[:-1]):
            found.append(f"{path}: name it after what it is about.")
        most = MOST_LINES_OF_TESTS if path.parts[0] == "tests" else MOST_LINES
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > most and "migrations" not in path.parts:
            found.append(f"{path} has {lines} lines; {most} is the most.")
    return found


def main() -> int:
    found = problems(tracked_files())
    print("\n".join(found) or "Nothing is in the tree that must not be.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
