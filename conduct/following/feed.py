"""The editions of a code or policy as an Atom feed, one for each language (RFC 4287)."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext

from conduct.models.edition import Edition, EditionText
from conduct.models.organisation import Organisation
from conduct.models.pages import EditionedPage

#: Readers ask again after so many seconds.
FRESH = 300


def serve(page: Any, request: HttpRequest, rows: list[tuple[Edition, EditionText]]) -> HttpResponse:
    """The feed of a page; `rows` are its editions, newest first, each with its words."""
    feed = _feed(page, request)
    for edition, text in rows:
        _add(feed, page, request, edition, text)
    updated = max((text.created_at for _edition, text in rows), default=None)
    response = HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
    response["Cache-Control"] = f"public, max-age={FRESH}"
    return _unless_known(request, response, updated)


def identifier(series: Any, *parts: object) -> str:
    """An id that stays, wherever the site moves to."""
    return uuid.uuid5(series, "/".join(map(str, parts))).urn


def _feed(page: EditionedPage, request: HttpRequest) -> Atom1Feed:
    address = _address(page, request)
    language = page.locale.language_code
    title = {"title": page.title}
    return Atom1Feed(
        title=gettext("Editions: %(title)s") % title,
        link=f"{address}editions/",
        description="",
        subtitle=gettext("Every edition with what changed and when it comes into force."),
        language=language,
        author_name=Organisation.for_request(request).name or title["title"],
        feed_url=f"{address}editions/feed/",
        feed_guid=identifier(page.translation_key, language),
    )


def _add(
    feed: Atom1Feed, page: Any, request: HttpRequest, edition: Edition, text: EditionText
) -> None:
    context = {"edition": edition, "text": text, "page": page}
    feed.add_item(
        title=gettext("%(title)s, edition %(number)s")
        % {"title": text.title, "number": edition.number},
        link=f"{_address(page, request)}editions/{edition.number}/",
        description=render_to_string("conduct/following/feed_entry.html", context).strip(),
        unique_id=identifier(page.translation_key, page.locale.language_code, edition.number),
        pubdate=edition.created_at,
        # A correction, or a translation that came later, is news of the same entry.
        updateddate=text.created_at,
    )


def _address(page: Any, request: HttpRequest) -> str:
    return str(page.get_full_url(request))


def _unless_known(
    request: HttpRequest, response: HttpResponse, updated: datetime | None
) -> HttpResponse:
    """Nothing but a status for a reader program that has it already."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    if updated is not None:
        response["Last-Modified"] = http_date(updated.timestamp())
    conditional = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(conditional, HttpResponse)
    return conditional
