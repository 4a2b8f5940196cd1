"""The reference site as production runs it, with a database and references of its own."""

import os

from bench.naming import FIRST, own_database
from config.settings.dev import *  # noqa: F403
from config.settings.dev import DATABASES, INSTALLED_APPS, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
CASES = int(os.environ.get("CASES") or FIRST)
VAR_DIR = VAR_DIR / f"bench-{CASES}"
VAR_DIR.mkdir(parents=True, exist_ok=True)
DATABASES["default"] = own_database(DATABASES["default"], VAR_DIR, CASES)
DATABASES["default"]["CONN_MAX_AGE"] = 600
# Shared by the workers, as production demands.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
    }
}
CONDUCT_PAGE_CACHE_SECONDS = 600
CONDUCT_SUBMISSIONS_PER_HOUR = 1_000_000
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
