"""Published pages for readers without a session, kept in the cache, new at once after a change.

Off unless `CONDUCT_PAGE_CACHE_SECONDS` says how long a page is kept; the cache must be shared by
all processes. A change of a page, a setting or a word that editors translate gives every kept page
another key, after its transaction; what changes by itself (an edition that comes into force,
measured figures) is late by those seconds at most. What must be gone at an instant, such as a
certificate, says so with `keep_until` while the page is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import has_vary_header
from modeltranslation.translator import translator
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published, page_unpublished

PREFIX = "conduct-pages"
VERSION = f"{PREFIX}-version"
#: Names of the address patterns that show pages.
PAGE_VIEWS = frozenset({"wagtail_serve"})


def seconds() -> int:
    """How long a page is kept; 0: never."""
    return int(getattr(settings, "CONDUCT_PAGE_CACHE_SECONDS", 0))


class PageCacheMiddleware:
    """Answers from the cache; belongs above `SessionMiddleware` and below what adds policies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        lifetime = seconds()
        if not lifetime or not _is_anonymous_reading(request):
            return self.get_response(request)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if _may_be_kept(request, response):
            assert isinstance(response, HttpResponse)
            left = min(lifetime, _seconds_left(request))
            if left > 0:
                cache.set(key, (response.content, dict(response.items())), left)
        return response


def keep_until(request: HttpRequest | None, moment: dt.datetime) -> None:
    """What answers this request must not be shown from `moment` on; the earliest one counts."""
    if request is not None:
        known = request.__dict__.get("_conduct_keep_until", moment)
        request.__dict__["_conduct_keep_until"] = min(known, moment)


def _seconds_left(request: HttpRequest) -> int:
    """Whole seconds until the first instant that was named; the usual ones where none was."""
    moment: dt.datetime | None = request.__dict__.get("_conduct_keep_until")
    if moment is None:
        return seconds()
    return math.floor((moment - timezone.now()).total_seconds())


def _is_anonymous_reading(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _key(request: HttpRequest) -> str:
    # Read before the page is made: one that was made from what has changed since is never found.
    version = cache.get(VERSION)
    if version is None:
        version = cache.get_or_set(VERSION, lambda: uuid.uuid4().hex, None)
    address = f"{request.scheme} {request.get_host()} {request.path}"
    return f"{PREFIX}-{version}-{hashlib.sha256(address.encode()).hexdigest()}"


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and match.view_name in PAGE_VIEWS
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.headers.get("Content-Type", "").startswith("text/html")
        and not response.cookies
        and "Cache-Control" not in response.headers
        and not has_vary_header(response, "Cookie")
        and not has_vary_header(response, "Accept-Language")
    )


def forget_pages() -> None:
    """From now on, and once the transaction ends well, every page is made anew."""
    transaction.on_commit(_forget, robust=True)


def _forget() -> None:
    cache.set(VERSION, uuid.uuid4().hex, None)


def _something_changed(sender: type[models.Model], **kwargs: Any) -> None:
    # Only what readers may see: a complaint that comes in must not empty the cache.
    shown = (Page, Site, Locale, BaseSiteSetting, BaseGenericSetting)
    if seconds() and (issubclass(sender, shown) or sender in translator.get_registered_models()):
        forget_pages()


def _page_changed(**kwargs: Any) -> None:
    if seconds():
        forget_pages()


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(_something_changed, dispatch_uid="conduct.page_cache")
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid="conduct.page_cache")
