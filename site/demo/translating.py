"""Ties the demo's pages together for translating side by side, with every sentence translated."""

from __future__ import annotations

from wagtail.models import Locale, Page

from conduct.tied_translations import tie
from demo.texts import languages


def tie_translations(home: Page) -> None:
    """For the home page and every page below it."""
    locales = [Locale.objects.get(language_code=language) for language in languages()[1:]]
    for page in home.get_descendants(inclusive=True).specific():
        tie(page, locales)
