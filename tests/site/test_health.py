"""`/healthz` and `/readyz` as a supervisor sees them."""

import logging

import pytest
from django.test import Client

from config import health

PLAIN = ["Set-Cookie", "Vary", "Content-Language", "Location"]


def test_healthz_answers_without_database_language_or_cookie(client: Client) -> None:
    response = client.get("/healthz", headers={"accept-language": "ko"})

    assert response.json() == {"status": "ok"}
    assert [name for name in PLAIN if name in response.headers] == []
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_names_each_thing_that_is_ready(client: Client) -> None:
    response = client.get("/readyz", headers={"accept-language": "ar"})

    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {"database": "ok", "cache": "ok", "migrations": "ok"},
    }
    assert [name for name in PLAIN if name in response.headers] == []


@pytest.mark.django_db
def test_readyz_says_which_part_is_not_ready_and_logs_why(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bool:
        raise ConnectionError("cache.internal refused")

    monkeypatch.setitem(health.CHECKS, "cache", broken)
    caplog.set_level(logging.ERROR, logger="config.health")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "checks": {"database": "ok", "cache": "failed", "migrations": "ok"},
    }
    assert "internal" not in response.content.decode()
    assert "cache.internal refused" in caplog.text


@pytest.mark.django_db
def test_an_unapplied_migration_is_not_ready(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="sessions").delete()

    assert client.get("/readyz").json()["checks"]["migrations"] == "failed"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_take_no_posts(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
