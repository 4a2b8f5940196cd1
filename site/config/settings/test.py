"""For the test run: fast password hashing, mail in memory, files in a temporary folder."""

import tempfile
from pathlib import Path

from .base import *
from .base import DATABASES, STORAGES, env

SECRET_KEY = "for-tests-only-not-a-secret-0123456789abcdefghijklmnopqrstuvwxyz"
DEBUG = False
ALLOWED_HOSTS = ["*"]
CONDUCT_FIELD_ENCRYPTION_KEYS = ["dGVzdHMtb25seS1ub3QtYS1zZWNyZXQtYXQtYWxsLSE="]
# Tests that want a scanner start their own.
CONDUCT_CLAMD_URL = ""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_TMP = Path(tempfile.mkdtemp(prefix="conduct-test-"))
MEDIA_ROOT = _TMP / "media"
# WhiteNoise misses a folder that isn't there, although it serves from the apps' own.
STATIC_ROOT = _TMP / "static"
STATIC_ROOT.mkdir()
STORAGES["conduct_private"]["OPTIONS"]["location"] = str(_TMP / "private")  # type: ignore[index]
WHITENOISE_USE_FINDERS = True
SERVE_MEDIA = True
# Looked for when asked for, not all of them at the start of every client.
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = ":memory:"
    # A test's database may be lost, so nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    # A live server's threads need a file, and only a file can be kept with --reuse-db.
    DATABASES["default"]["TEST"] = {
        "NAME": env.str("TEST_SQLITE", default=str(_TMP / "test.sqlite3"))
    }
