"""From a page an organisation chose to the same page in the reader's language."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page

from .models import Organisation

PAGE_FIELDS = (
    "code_page",
    "policy_page",
    "how_to_complain_page",
    "complaint_page",
    "feedback_page",
    "performance_page",
    "accessibility_page",
    "privacy_page",
)


def content_language(language: str | None = None) -> str:
    """The language of content that serves a language (the active one if none is given)."""
    wanted = language or translation.get_language() or ""
    try:
        return get_supported_content_language_variant(wanted)
    except LookupError:
        return wanted


def localized(page: Page | None, language: str | None = None) -> Page | None:
    """The live page in a language, else the one chosen if that is live, else None."""
    if page is None:
        return None
    return _best(_candidates([page.pk]), {page.pk: page.translation_key}, language).get(page.pk)


def organisation_pages(organisation: Organisation, language: str | None = None) -> dict[str, Page]:
    """All pages that an organisation has chosen, in a language, by field name; in one query."""
    chosen = {
        field: getattr(organisation, f"{field}_id")
        for field in PAGE_FIELDS
        if getattr(organisation, f"{field}_id")
    }
    if not chosen:
        return {}
    candidates = _candidates(list(chosen.values()))
    keys = {page.pk: page.translation_key for page in candidates}
    found = _best(candidates, {pk: keys[pk] for pk in chosen.values() if pk in keys}, language)
    return {field: found[pk] for field, pk in chosen.items() if pk in found}


def page_url(
    page: Page | None, language: str | None = None, request: HttpRequest | None = None
) -> str:
    """The full address of a page in a language, fit for mails; empty where none is live."""
    found = localized(page, language)
    return (found.get_full_url(request) or "") if found is not None else ""


def _candidates(pks: list[int]) -> list[Page]:
    keys = Page.objects.filter(pk__in=pks).values("translation_key")
    return list(
        Page.objects.filter(translation_key__in=keys)
        .filter(Q(live=True) | Q(pk__in=pks))
        .select_related("locale")
    )


def _best(
    candidates: list[Page], wanted: dict[int, object], language: str | None
) -> dict[int, Page]:
    code = content_language(language)
    by_language = {
        page.translation_key: page
        for page in candidates
        if page.live and page.locale.language_code == code
    }
    originals = {page.pk: page for page in candidates if page.live}
    best = {pk: by_language.get(key) or originals.get(pk) for pk, key in wanted.items()}
    return {pk: page for pk, page in best.items() if page is not None}
