"""The migrations fit a host whatever its languages are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = """
from config.settings.test import *

LANGUAGES = [("it", "Italian"), ("pt-br", "Brazilian Portuguese")]
LANGUAGE_CODE = "it"
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
MODELTRANSLATION_DEFAULT_LANGUAGE = "it"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("it",)
INSTALLED_APPS = [
    app for app in INSTALLED_APPS if app not in ("home", "demo", "feedback", "complaints")
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "host.sqlite3"}}
"""
SCRIPT = """
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", "conduct", check=True, dry_run=True, skip_checks=True)
call_command("migrate", verbosity=0, skip_checks=True)
from conduct.models import Promise
Promise.objects.create(code="D1", statement_it="Ecco.", statement_pt_br="Aqui.")
print(list(Promise.objects.values_list("statement_it", "statement_pt_br")))
"""


@pytest.mark.slow
def test_a_host_with_other_languages_gets_its_own_columns_and_no_new_migration(
    tmp_path: Path, repository: Path
) -> None:
    (tmp_path / "host_settings.py").write_text(SETTINGS)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "host_settings",
        "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, repository, repository / "site"))),
    }

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "No changes detected in app 'conduct'",
        "[('Ecco.', 'Aqui.')]",
    ]
