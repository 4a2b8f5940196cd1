"""Where the header and the footer lead: other languages, and the pages an organisation names.

Every function here costs the same few queries whatever the number of languages and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from conduct.models import Organisation
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import Page, Site

ORGANISATION_PAGES = (
    "code_page",
    "policy_page",
    "complaint_page",
    "feedback_page",
    "performance_page",
    "accessibility_page",
    "privacy_page",
)


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switcher; `url` is a path, and `name` is in the language itself."""

    code: str
    name: str
    direction: str
    url: str
    is_current: bool


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
    urls = _translated_urls(request, page) if request and page else {}
    links = []
    for code, _name in settings.LANGUAGES:
        if page is None and request is not None:
            url = _same_path(request, current, code)
        else:
            url = urls.get(code) or home_url(code)
        info = translation.get_language_info(code)
        links.append(
            LanguageLink(
                code=code,
                name=capfirst(info["name_local"]),
                direction="rtl" if info["bidi"] else "ltr",
                url=url,
                is_current=code == current,
            )
        )
    return links


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


def organisation_urls(request: HttpRequest | None) -> dict[str, str]:
    """Addresses of the pages the organisation names, in the active language, or else the original.

    Keys are the field names (`code_page`, ...); a page that is not set or not live has none.
    """
    owner = organisation(request)
    if owner is None:
        return {}
    wanted = {name: getattr(owner, f"{name}_id") for name in ORGANISATION_PAGES}
    ids = {pk for pk in wanted.values() if pk}
    if not ids:
        return {}
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    language = translation.get_language()
    pages = list(
        Page.objects.live().filter(
            Q(pk__in=ids) | Q(translation_key__in=keys, locale__language_code=language)
        ).select_related("locale")
    )
    originals = {page.pk: page for page in pages}
    translated = {
        page.translation_key: page for page in pages if page.locale.language_code == language
    }
    urls = {}
    for name, pk in wanted.items():
        original = originals.get(pk)
        if original is not None:
            page = translated.get(original.translation_key, original)
            urls[name] = page.get_url(request) or ""
    return {name: url for name, url in urls.items() if url}
