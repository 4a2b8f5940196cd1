"""For one person on one machine: SQLite, mail as files, tasks at once."""

from .base import *
from .base import MEDIA_ROOT, STATIC_ROOT, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str(
    "SECRET_KEY", default="for-development-only-not-a-secret-0123456789abcdefghijkl"
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CONDUCT_FIELD_ENCRYPTION_KEYS = env.list(
    "FIELD_ENCRYPTION_KEYS", default=["ZGV2ZWxvcG1lbnQtb25seS1ub3QtYS1zZWNyZXQtISE="]
)
if "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
for folder in (VAR_DIR, VAR_DIR / "mail", MEDIA_ROOT, STATIC_ROOT):
    folder.mkdir(parents=True, exist_ok=True)
# WhiteNoise serves straight from the apps' folders, without collectstatic and without DEBUG.
WHITENOISE_USE_FINDERS = True
SERVE_MEDIA = True
WHITENOISE_AUTOREFRESH = DEBUG
