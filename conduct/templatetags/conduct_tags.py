"""Tags that the public templates of all three apps may use."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from typing import Any

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Page, Site

from conduct import (
    certificates,
    definitions,
    links,
    page_cache,
    performance,
    privacy_notice,
    rights,
)
from conduct.documents import ShownPromise
from conduct.formats import OtherFormat
from conduct.lint.pages import of_page
from conduct.models import Edition, EditionText, Organisation, Review

register = template.Library()


@register.simple_tag(takes_context=True)
def organisation(context: template.Context) -> Organisation | None:
    """The organisation of the request's site; None outside a request."""
    request: HttpRequest | None = context.get("request")
    return Organisation.for_request(request) if request is not None else None


@register.simple_tag(takes_context=True)
def organisation_pages(context: template.Context) -> dict[str, Page]:
    """The organisation's pages (`code_page`, …) in the active language; one query a request."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return {}
    language = links.content_language()
    known: dict[str, dict[str, Page]] = request.__dict__.setdefault("_conduct_pages", {})
    if language not in known:
        known[language] = links.organisation_pages(Organisation.for_request(request), language)
    return known[language]


@register.simple_tag(takes_context=True)
def privacy_layers(context: template.Context) -> list[privacy_notice.Layer]:
    """What people are told about their data on the request's site, in the active language."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    return privacy_notice.layers(site) if site is not None else []


@register.simple_tag
def localized_page(page: Page | None, language: str | None = None) -> Page | None:
    """The live page in the active or given language, else the page itself if that is live."""
    return links.localized(page, language)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, page: Page | None) -> str:
    """The address of a page; empty where there is none."""
    if page is None:
        return ""
    return page.get_url(request=context.get("request")) or ""


@register.simple_tag(takes_context=True)
def full_address(context: template.Context, page: Page | None) -> str:
    """The address of a page as it is typed in from paper; empty where there is none."""
    return (page.get_full_url(context.get("request")) or "") if page is not None else ""


@register.simple_tag
def definition(term: str, meaning: str) -> SafeString:
    """A term that opens its meaning: by keyboard, closed with Esc, without JavaScript."""
    identifier = hashlib.sha256(f"{term}{meaning}".encode()).hexdigest()[:10]
    return definitions.definition_html(term, meaning, f"definition-{identifier}")


@register.simple_tag(takes_context=True)
def certificate_holds(context: template.Context, expires_on: dt.date | None) -> bool:
    """Whether a certificate may be shown today; a kept page then goes with its last day."""
    if expires_on is None or not certificates.holds(expires_on):
        return False
    page_cache.keep_until(context.get("request"), certificates.over_from(expires_on))
    return True


@register.inclusion_tag("conduct/includes/editor_checks.html", takes_context=True)
def editor_checks(context: template.Context) -> dict[str, Any]:
    """In a preview: hidden marks of what stands out, and Wagtail's bar that checks the page.

    Belongs at the end of the body of every page's frame; readers get nothing of it.
    """
    request: HttpRequest | None = context.get("request")
    page = context.get("page")
    if not getattr(request, "is_preview", False) or not isinstance(page, Page):
        return {"lints": []}
    found = of_page(page, Site.find_for_request(request))
    lints = dict.fromkeys(finding.lint.value for finding in found)
    return {"lints": lints, "request": request, "page": page, "is_preview": True}


@register.simple_tag
def rights_sentence() -> str:
    return rights.rights_sentence()


@register.simple_tag
def language_attributes(language: str | None) -> SafeString:
    """` lang="…" dir="…"` where a text is in another language than the page; else nothing."""
    if not language or language == links.content_language():
        return SafeString("")
    right_to_left = translation.get_language_info(language)["bidi"]
    return format_html(' lang="{}" dir="{}"', language, "rtl" if right_to_left else "ltr")


@register.simple_tag
def promise_words(shown: ShownPromise, field: str) -> SafeString:
    """The words of a promise, marked with their language where that isn't the page's."""
    words = getattr(shown.words, field)
    attributes = language_attributes(shown.words.languages.get(field))
    if not attributes:
        return format_html("{}", words)
    return format_html("<span{}>{}</span>", attributes, words)


@register.simple_tag
def other_formats() -> list[OtherFormat]:
    return list(OtherFormat)


@register.filter
def asked_about(edition: Edition) -> str:
    """What a question in an address is about: "code-2", or "code" before the first edition."""
    return f"{edition.kind}-{edition.number}" if edition.number else edition.kind


@register.simple_tag
def decision_about(edition: Edition | None) -> Review | None:
    """What the last review of an edition decided; asked once, None for a draft."""
    if edition is None or edition.pk is None:
        return None
    # On the edition of this request: its templates ask more than once.
    known: dict[int, Review | None] = edition.__dict__.setdefault("_conduct_decision", {})
    if edition.pk not in known:
        known[edition.pk] = Review.objects.last_of(edition)
    return known[edition.pk]


@register.simple_tag
def written_in(language: str) -> SafeString:
    """The same for words of people, whose language may be one that the site does not have."""
    return language_attributes(language) if language else SafeString(' dir="auto"')


@register.simple_tag
def approver_role(edition: Edition, text: EditionText | None) -> SafeString:
    """Of who approved an edition: as its text in this language says it, else as it was entered."""
    own = text.approved_by_role if text else ""
    words = own or edition.approved_by_role
    attributes = language_attributes(text.language if text and own else edition.source_language)
    if not attributes:
        return format_html("{}", words)
    return format_html("<span{}>{}</span>", attributes, words)


@register.simple_tag
def row_language(row: Model, field: str) -> SafeString:
    """` lang="…" dir="…"` where editors have not translated a row's field for this page."""
    columns = {
        language: build_localized_fieldname(field, language)
        for language in (links.content_language(), DEFAULT_LANGUAGE, *AVAILABLE_LANGUAGES)
    }
    written = (language for language, column in columns.items() if getattr(row, column, None))
    return language_attributes(next(written, None))


@register.simple_tag
def row_words(row: Model, field: str) -> SafeString:
    """Words of a row that editors translate: the page's language, else the main one, marked."""
    language = links.content_language()
    words = getattr(row, build_localized_fieldname(field, language), None)
    if words:
        return format_html("{}", words)
    main = getattr(row, build_localized_fieldname(field, DEFAULT_LANGUAGE), None) or ""
    return format_html("<span{}>{}</span>", language_attributes(DEFAULT_LANGUAGE), main)


@register.filter
def language_name(language: str) -> str:
    """The name of a language in that language."""
    try:
        return str(translation.get_language_info(language)["name_local"])
    except KeyError:
        return language


@register.filter
def direction(text: str) -> str:
    """ "rtl" or "ltr", as the first letter has it: for paper, where `dir="auto"` does nothing."""
    strong = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


@register.filter
def lookup(mapping: dict[str, Any], key: str) -> Any:
    """A value of a dictionary by a variable key; None where it has none."""
    return mapping.get(key)


@register.filter
def per_cent(value: float) -> str:
    """A figure between 0 and 100 with one decimal and its sign, as the language writes it."""
    return performance.percentage(value, 1)


@register.filter
def target_words(promise: Any) -> str:
    """Such as "at least 95 %"."""
    return performance.target_words(promise)


@register.filter
def count(value: int) -> str:
    """A whole number, grouped as the active language writes it."""
    return performance.number(value)
