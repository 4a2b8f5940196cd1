"""Was a form sent from our own pages? Stands in for CSRF tokens, which a cached page can't have."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_own_site(request: HttpRequest) -> bool:
    """Whether the browser says that the request comes from this host.

    Browsers send `Sec-Fetch-Site` over https and `Origin` with every POST; a script can't change
    either. `none` is a person's own doing, such as a reload. Without both there is no browser that
    could be misused.
    """
    fetched_from = request.headers.get("Sec-Fetch-Site", "").lower()
    if fetched_from:
        return fetched_from in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    if not origin:
        return True
    # The scheme is left out: behind a proxy, Django may not know its own.
    return urlsplit(origin).netloc.lower() == request.get_host().lower() or origin in (
        settings.CSRF_TRUSTED_ORIGINS
    )
