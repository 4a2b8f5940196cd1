"""Settings of a site that one request asks for many times."""

from __future__ import annotations

from typing import Any, Self

from wagtail.contrib.settings.models import BaseSiteSetting


class RememberedSiteSetting(BaseSiteSetting):
    """Read once for each `Site` object: a request has its own, so nothing stays longer than it."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Any) -> Self:
        if site is None:
            return super().for_site(site)
        known = site.__dict__.setdefault("_conduct_settings", {})
        if cls not in known:
            known[cls] = super().for_site(site)
        return known[cls]
