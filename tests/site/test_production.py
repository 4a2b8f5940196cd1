"""The production settings, loaded for real in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings.required import REQUIRED, problems
from tools.lint import SAMPLE_PRODUCTION

SHOW = """
import json, sys
sys.path[1:1] = ["site"]
from config.settings import production as settings
names = sys.argv[1].split(",")
print(json.dumps({name: getattr(settings, name, None) for name in names}, default=str))
"""


def start(repository: Path, names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings with just this environment and print some of them as JSON."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SHOW, names],
        cwd=repository,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def load(repository: Path, names: str, **changes: str) -> dict[str, object]:
    result = start(repository, names, **(SAMPLE_PRODUCTION | changes))
    assert result.returncode == 0, result.stderr
    loaded: dict[str, object] = json.loads(result.stdout)
    return loaded


def test_refuses_to_start_and_names_all_that_is_missing_at_once(repository: Path) -> None:
    result = start(repository, "DEBUG")

    assert result.returncode == 1
    assert [name for name in REQUIRED if f"{name} is missing" not in result.stderr] == []
    assert "secrets.token_urlsafe(64)" in result.stderr


@pytest.mark.parametrize("name", [name for name in REQUIRED if " or " not in name])
def test_each_variable_is_missed_by_itself(name: str) -> None:
    environment = {key: value for key, value in SAMPLE_PRODUCTION.items() if key != name}

    assert [line.split(" is ")[0] for line in problems(environment)] == [name]


@pytest.mark.parametrize("given", [{"MEDIA_ROOT": "/srv/media"}, {"STORAGE_URL": "s3://bucket"}])
def test_either_place_for_files_is_enough(given: dict[str, str]) -> None:
    environment = {k: v for k, v in SAMPLE_PRODUCTION.items() if k != "MEDIA_ROOT"}

    assert problems(environment | given) == []


def test_a_wrong_encryption_key_is_told_by_its_place_and_never_quoted() -> None:
    keys = f"{SAMPLE_PRODUCTION['FIELD_ENCRYPTION_KEYS']},not-a-key"

    (problem,) = problems(SAMPLE_PRODUCTION | {"FIELD_ENCRYPTION_KEYS": keys})

    assert problem.startswith("FIELD_ENCRYPTION_KEYS: key 2 is not 32 bytes")
    assert "not-a-key" not in problem


def test_short_secret_is_refused() -> None:
    assert problems(SAMPLE_PRODUCTION | {"SECRET_KEY": "short"}) == [
        "SECRET_KEY is too short (5 of 50 characters)."
    ]


def test_defaults_are_the_safe_ones(repository: Path) -> None:
    names = (
        "DEBUG,SECURE_SSL_REDIRECT,SECURE_HSTS_SECONDS,SESSION_COOKIE_SECURE,CSRF_COOKIE_SECURE,"
        "SESSION_COOKIE_HTTPONLY,SERVE_MEDIA,TASKS_BACKEND,WAGTAILADMIN_BASE_URL"
    )

    assert load(repository, names) == {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SERVE_MEDIA": False,
        "TASKS_BACKEND": "database",
        "WAGTAILADMIN_BASE_URL": "https://conduct.example.org",
    }


def test_proxy_header_and_pool_come_from_the_environment(repository: Path) -> None:
    loaded = load(
        repository,
        "SECURE_PROXY_SSL_HEADER,PROXY_COUNT,DATABASES",
        PROXY_SSL_HEADER="X-Forwarded-Proto",
        PROXY_COUNT="1",
        DATABASE_URL="postgres://u:p@localhost/conduct",
    )

    assert loaded["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert loaded["PROXY_COUNT"] == 1
    database = loaded["DATABASES"]["default"]  # type: ignore[index]
    assert database["OPTIONS"]["pool"] is True
    assert database["CONN_MAX_AGE"] == 0
