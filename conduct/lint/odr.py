"""Links to the EU's platform for online disputes, which closed on 20 July 2025 (EU 2024/3228)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from .findings import Finding, Lint
from .texts import texts_of

#: Its own addresses, and those that led to it; in any case, with or without https://.
_ADDRESSES = re.compile(
    r"(?:webgate\.(?:acceptance\.|training\.)?ec\.europa\.eu|(?<![\w.])(?:www\.)?ec\.europa\.eu)"
    r"/+(?:consumers/+)?(?:odr|solvedispute)(?![a-z])"
    r"|(?<![\w.])(?:www\.)?europa\.eu/+youreurope/[\w/]*odr(?![a-z])",
    re.IGNORECASE,
)
#: The same for a link in a page that a browser shows.
SELECTOR = ", ".join(
    f'a[href*="{address}"]'
    for address in (
        "ec.europa.eu/consumers/odr",
        "ec.europa.eu/odr",
        "ec.europa.eu/consumers/solvedispute",
    )
)


def links_to_platform(text: str) -> bool:
    """Also where the address is written with %2F, with &#47; or over the protocol http."""
    return _ADDRESSES.search(unquote(html.unescape(text))) is not None


def on_page(page: models.Model) -> Iterator[Finding]:
    """One finding for each field that leads there."""
    for field in _fields_with_link(page):
        yield Finding(Lint.ODR, _sentence(field), stops=True)


def refuse_link(instance: models.Model) -> None:
    """For `clean` of settings, promises and templates: ValidationError that names each field."""
    errors = [_sentence(field) for field in _fields_with_link(instance)]
    if errors:
        raise ValidationError(errors)


def _fields_with_link(instance: models.Model) -> list[models.Field]:
    names = {name for name, text in texts_of(instance) if links_to_platform(text)}
    return [field for field in instance._meta.concrete_fields if field.name in names]


def _sentence(field: models.Field) -> str:
    return gettext(
        "“%(field)s” leads to the EU platform for online disputes, which closed on 20 July 2025. "
        "Take the link out; name the outside body in Settings › Organisation instead."
    ) % {"field": capfirst(str(field.verbose_name))}
