"""`make lint`: every check that reads the code without running it as a site.

All checks run, also after one has failed, and the last lines name those that failed.
`make lint ARGS="ruff types"` runs some of them.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]

# Enough for the production settings to start. None of it is a secret or leads anywhere.
SAMPLE_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "sample-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "conduct.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "CACHE_URL": "locmemcache://",
    "MEDIA_ROOT": "var/media",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "FIELD_ENCRYPTION_KEYS": "c2FtcGxlLWZvci10aGUtZGVwbG95LWNoZWNrLW9ubHk=",
    "WAGTAILADMIN_BASE_URL": "https://conduct.example.org",
}


def _tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "format": (_tool("ruff", "format", "--check", "--quiet", "--diff", "."), {}),
    "ruff": (_tool("ruff", "check", "--quiet", "."), {}),
    "types": (_tool("mypy"), {}),
    "layers": (_tool("lint-imports"), {"PYTHONPATH": "site"}),
    "templates": (
        _tool("djlint", "--lint", "--quiet", "conduct", "complaints", "feedback", "site"),
        {},
    ),
    "migrations": (
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
        {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
    ),
    "catalogues": ([sys.executable, "-m", "tools.catalogues"], {}),
    "deployment": (
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        SAMPLE_PRODUCTION,
    ),
    "tree": ([sys.executable, "-m", "tools.tree"], {}),
}


def run(name: str) -> bool:
    """Run one check and show what it says only where it fails; True where it passes."""
    command, environment = CHECKS[name]
    start = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = result.returncode == 0
    print(f"{'ok  ' if passed else 'FAIL'}  {name}  ({time.monotonic() - start:.0f} s)", flush=True)
    if not passed:
        print(result.stdout, flush=True)
    return passed


def main() -> int:
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"No such check: {', '.join(unknown)}. There are: {', '.join(CHECKS)}.")
        return 2
    failed = [name for name in names if not run(name)]
    print(f"\nmake lint: {len(names) - len(failed)} of {len(names)} checks passed.")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
