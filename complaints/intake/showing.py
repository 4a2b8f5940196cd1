"""What the complaint form shows beside its fields, in any page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from complaints.intake.choices import language_choices
from complaints.models import HandlingSettings


def form_context(request: HttpRequest | None) -> dict[str, Any]:
    """The organisation's own words for the form; nothing about the person who asks."""
    site = Site.find_for_request(request) if request else None
    return {
        "handling": HandlingSettings.for_site(site) if site else None,
        "form_languages": [code for code, _name in language_choices()],
    }
