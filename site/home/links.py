"""Where the header and the footer lead: other languages, and the pages an organisation names.

Every function here costs the same few queries whatever the number of languages and pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import Page, Site

from conduct.models import Organisation


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switcher; `url` is a path, and `name` is in the language itself.

    `is_same` tells a translation of what is on the screen from a home page that stands in for it.
    """

    code: str
    name: str
    direction: str
    url: str
    is_current: bool
    is_same: bool


def home_url(language: str) -> str:
    """The path of a language's home, such as `/ko/`."""
    with translation.override(language):
        try:
            return reverse("wagtail_serve", args=("",))
        except NoReverseMatch:
            return reverse("wagtail_serve")


def language_links(request: HttpRequest | None, page: Page | None) -> list[LanguageLink]:
    """The same thing in each language: the translated page where there is one, else that home.

    `page` is None on the apps' own screens, which exist in every language under the same path.
    `request` is None where a page could not be made, and then every link leads home.
    """
    current = translation.get_language() or settings.LANGUAGE_CODE
    urls: dict[str, str] = {}
    if request is not None and page is not None:
        urls = _translated_urls(request, page)
    elif request is not None:
        urls = {code: _same_path(request, current, code) for code, _name in settings.LANGUAGES}
    return [
        LanguageLink(
            code=code,
            name=_own_name(code),
            direction="rtl" if translation.get_language_info(code)["bidi"] else "ltr",
            url=urls.get(code) or home_url(code),
            is_current=code == current,
            is_same=code in urls,
        )
        for code, _name in settings.LANGUAGES
    ]


def _own_name(language: str) -> str:
    # Django keeps some names with their marks apart, which not every font draws well.
    return capfirst(normalize("NFC", translation.get_language_info(language)["name_local"]))


def _same_path(request: HttpRequest, current: str, language: str) -> str:
    full_path, prefix = request.get_full_path(), home_url(current)
    if not full_path.startswith(prefix):
        return home_url(language)
    return home_url(language) + full_path.removeprefix(prefix)


def _translated_urls(request: HttpRequest, page: Page) -> dict[str, str]:
    """Addresses of the page's live translations; what follows the page's own address is kept,
    so that a part of a page (an edition, a comparison) leads to the same part."""
    own = page.get_url(request) or ""
    rest = request.path.removeprefix(own) if own and request.path.startswith(own) else ""
    translations = (
        Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
    )
    urls = {other.locale.language_code: other.get_url(request) for other in translations}
    return {code: url + rest for code, url in urls.items() if url}


def organisation(request: HttpRequest | None) -> Organisation | None:
    """The organisation behind the request's site; None where no site answers to the host."""
    if request is None or Site.find_for_request(request) is None:
        return None
    return Organisation.for_request(request)
