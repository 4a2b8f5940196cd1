"""Search over the public pages in the reader's language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

MAX_QUERY_LENGTH = 100
RESULTS_PER_SCREEN = 10
MAX_RESULTS = 100
SNIPPET_LENGTH = 180
# The first of these that a page has and fills describes it in the results.
DESCRIPTIONS = ("search_description", "intro", "purpose", "scope")


@dataclass(frozen=True)
class Result:
    """One found page as plain text."""

    title: str
    url: str
    snippet: str


def clean_query(text: str) -> str:
    """What was typed as one short line: control characters gone, spaces single."""
    printable = "".join(
        character if character.isprintable() else " " for character in text[: MAX_QUERY_LENGTH * 10]
    )
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


def words_of(query: str) -> str:
    """The query as bare lower-case words: the SQLite backend takes quotes, colons and capital AND,
    OR, NOT or NEAR for its own query language and breaks on them."""
    return " ".join(
        "".join(
            character if unicodedata.category(character)[0] in "LMN" else " " for character in query
        )
        .lower()
        .split()
    )


def search(request: HttpRequest) -> HttpResponse:
    """`?q=`: what to look for; `?page=`: which ten results."""
    query = clean_query(request.GET.get("q", ""))
    found = _pages_with(query, _searchable_pages(request)) if query else []
    slice_ = Paginator(found, RESULTS_PER_SCREEN).get_page(request.GET.get("page"))
    results = [_result(page, request) for page in slice_]
    context = {
        "query": query,
        "results": results,
        "slice": slice_,
        "max_length": MAX_QUERY_LENGTH,
    }
    return render(request, "home/search.html", context)


def _searchable_pages(request: HttpRequest) -> PageQuerySet:
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    # Not Locale.get_active(): it falls back to the default where a language has no pages.
    locale = Locale.objects.filter(language_code=translation.get_language()).first()
    root = site.root_page.get_translation_or_none(locale) if locale else None
    if root is None:
        return Page.objects.none()
    return Page.objects.live().public().descendant_of(root, inclusive=True)


def _pages_with(query: str, pages: PageQuerySet) -> list[Page]:
    """Best first. Full-text search finds words only, and scripts without spaces have none it can
    see, so titles and descriptions that contain the query as it stands are added."""
    words = words_of(query)
    ranked = [page.pk for page in pages.search(words)[:MAX_RESULTS]] if words else []
    containing = pages.filter(
        Q(title__icontains=query) | Q(search_description__icontains=query)
    ).exclude(pk__in=ranked)
    ranked += containing.order_by("title").values_list("pk", flat=True)[:MAX_RESULTS]
    found = Page.objects.filter(pk__in=ranked).specific().in_bulk()
    return [found[pk] for pk in ranked if pk in found]


def _result(page: Page, request: HttpRequest) -> Result:
    texts = (strip_tags(str(getattr(page, name, "") or "")).strip() for name in DESCRIPTIONS)
    snippet = next((text for text in texts if text), "")
    return Result(
        title=page.title,
        url=page.get_url(request) or "",
        snippet=Truncator(snippet).chars(SNIPPET_LENGTH),
    )
