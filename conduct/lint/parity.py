"""Blocking the next edition until the last one is there in every language (I18N-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language_info, gettext

if TYPE_CHECKING:
    from conduct.models.pages import EditionedPage


def problems(page: EditionedPage, *, block_until_translated: bool) -> list[str]:
    """One sentence that names the languages still missing; empty where it may be published.

    For the page in the language it was written in; a translation may always be published. What
    makes no new edition (a correction, the same text again) isn't held up: `conduct.publishing`
    asks only where there will be one.
    """
    from conduct.models.edition import Edition

    if not block_until_translated:
        return []
    last = Edition.objects.of_page(page).first()
    if last is None:
        return []
    missing = missing_languages(last)
    if not missing:
        return []
    return [
        gettext(
            "Edition %(number)s isn't there yet in: %(languages)s. Publish these translations "
            "first; then the next edition can follow."
        )
        % {
            "number": last.number,
            "languages": ", ".join(
                str(get_language_info(language)["name_local"]) for language in missing
            ),
        }
    ]


def missing_languages(edition: object) -> list[str]:
    """The content languages of the site in which an edition has no words."""
    from conduct.governance.translations import languages
    from conduct.models.edition import Edition

    assert isinstance(edition, Edition)
    known = set(edition.texts.values_list("language", flat=True))
    return [language for language in languages() if language not in known]
