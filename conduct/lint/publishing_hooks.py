"""What must not be on any page also holds for pages of types that know nothing of us.

Pages that build on `CheckedPage` say it at the form. For all others Wagtail asks here before it
publishes: what was written stays as a draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from .pages import stopping


def before_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A `before_publish_page` hook."""
    found = [finding.sentence for finding in stopping(page)]
    if not found:
        return None
    for sentence in found:
        messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk)


def before_bulk_publishing(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """A `before_bulk_action` hook. Asks of the drafts, which is what would be published."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    for page in objects:
        draft = page.get_latest_revision_as_object()
        found = stopping(draft)
        if found:
            messages.error(request, f"{draft.title}: {found[0].sentence}")
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None
