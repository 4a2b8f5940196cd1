"""Everything that stands out on a page, of whatever type."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from conduct.models.organisation import Organisation
from conduct.models.pages import EditionedPage

from . import certificates, odr, rights
from .findings import Finding, Lint
from .routes import missing_routes


def stopping(page: Any) -> list[Finding]:
    """What a page can't be published with, beside what its own type asks for."""
    found = list(odr.on_page(page))
    if isinstance(page, EditionedPage):
        found += rights.on_page(page)
    return found


def of_page(page: Any, site: Site | None, *, today: dt.date | None = None) -> list[Finding]:
    """Findings for the editor of a page as it stands, what stops publishing first."""
    day = today or timezone.localdate()
    found = stopping(page)
    if isinstance(page, EditionedPage):
        found += _routes(site)
    found += certificates.on_page(page, day)
    if isinstance(page, EditionedPage):
        from .document import of_document

        found += of_document(page, page.locale.language_code, day)
    return found


def _routes(site: Site | None) -> list[Finding]:
    if site is None:
        return []
    sentences = missing_routes(Organisation.for_site(site))
    return [Finding(Lint.ROUTE, sentence, stops=True) for sentence in sentences]
