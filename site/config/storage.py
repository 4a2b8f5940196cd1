"""Files in an S3-compatible store, from one variable: `s3://bucket?region=eu-west-2&endpoint=https://…`.

Access keys come from the environment as the store's own tools read them (AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY) or from the machine's role, and never from the address.
"""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured


def storages_from(url: str) -> dict[str, dict[str, Any]]:
    """Storages `default` (public pictures, documents) and `conduct_private` (what customers send).

    Raises `ImproperlyConfigured` for another kind of address or a missing package.
    """
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("STORAGE_URL must look like s3://bucket?region=eu-west-2")
    if find_spec("storages") is None:
        raise ImproperlyConfigured(
            "STORAGE_URL needs django-storages: pip install 'wagtail-conduct[s3]'"
        )
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    common = {
        # netloc and not hostname: that one is lower-cased.
        "bucket_name": parts.netloc,
        "region_name": query.get("region"),
        "endpoint_url": query.get("endpoint"),
        "file_overwrite": False,
        "default_acl": None,
    }
    backend = "storages.backends.s3.S3Storage"
    return {
        "default": {
            "BACKEND": backend,
            "OPTIONS": common | {"location": "media", "querystring_auth": False},
        },
        # Signed addresses that end soon; the bucket's policy must not open `private/` to all.
        "conduct_private": {
            "BACKEND": backend,
            "OPTIONS": common
            | {"location": "private", "querystring_auth": True, "querystring_expire": 60},
        },
    }
