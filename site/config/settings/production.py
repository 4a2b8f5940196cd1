"""For a server. Refuses to start without what it needs, and says what that is.

Every variable is explained in docs/operations.md.
"""

import os
from importlib.util import find_spec

from .required import demand

demand(os.environ)
# A server has a worker; without one, a slow mail server would keep visitors waiting.
os.environ.setdefault("TASKS_BACKEND", "database")

from config.errors import report_to  # noqa: E402
from config.storage import storages_from  # noqa: E402

from .base import *  # noqa: E402
from .base import DATABASES, MIDDLEWARE, STORAGES, env  # noqa: E402

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
WAGTAILADMIN_BASE_URL = env.str(
    "WAGTAILADMIN_BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
)

# Only https, and cookies only over it.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Probes ask over plain http from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=12 * 60 * 60)
SILENCED_SYSTEM_CHECKS = [
    # Other names below the same domain, and a list in browsers, are the owner's to decide.
    "security.W005",
    "security.W021",
    # Wagtail's preview shows pages of this site in a frame of this site.
    "security.W019",
]

# Behind a proxy: the header by which it says "this came over https" (it must strip the visitor's
# own), and how many proxies append to X-Forwarded-For.
if header := env.str("PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{header.upper().replace('-', '_')}", "https")
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
MIDDLEWARE.insert(0, "config.middleware.ClientAddressMiddleware")

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if env.bool("DATABASE_POOL", default=find_spec("psycopg_pool") is not None):
        # The pool keeps connections, so Django must not.
        DATABASES["default"]["CONN_MAX_AGE"] = 0
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = True

STORAGES["staticfiles"] = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}
if url := env.str("STORAGE_URL", default=""):
    STORAGES.update(storages_from(url))
    CSP_MEDIA_HOSTS = env.list("MEDIA_HOSTS", default=[])
STATIC_ROOT = env.str("STATIC_ROOT", default=str(STATIC_ROOT))

# The cache is shared here: `CACHE_URL` is required.
CONDUCT_PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.errors.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own default would mail tracebacks, with the values in them, to the admins.
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

if dsn := env.str("SENTRY_DSN", default=""):
    report_to(dsn, environment=env.str("SENTRY_ENVIRONMENT", default="production"))
