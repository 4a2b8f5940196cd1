"""Every certificate on a live page, the one that ends first on top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from conduct.certificates import BLOCK, Certificate, certificates_on


@dataclass(frozen=True, slots=True)
class Listed:
    page: str
    language: str
    certificate: Certificate
    mend: str


def certificates() -> list[Listed]:
    """One query for each type of page that may hold one."""
    found = [
        Listed(
            page=page.title,
            language=page.locale.language_code,
            certificate=certificate,
            mend=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
        for page in _pages()
        for certificate in certificates_on(page)
    ]
    return sorted(found, key=lambda listed: (listed.certificate.expires_on, listed.page))


def _pages() -> Iterator[Page]:
    for model in get_page_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, StreamField) and BLOCK in field.stream_block.child_blocks:
                yield from (
                    model._default_manager.filter(live=True, alias_of=None)
                    .annotate(_stored=Cast(field.name, models.TextField()))
                    .filter(_stored__contains=f'"{BLOCK}"')
                    .select_related("locale")
                )
