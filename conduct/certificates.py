"""Certificates that a page shows: complete or not at all, and gone on the day after their last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.fields import StreamField

BLOCK = "certificate"
FIELDS = ("scheme_owner", "number", "scope", "expires_on", "link")


@dataclass(frozen=True, slots=True)
class Certificate:
    """All of it is needed: whoever reads it can check it with the owner of the scheme."""

    scheme_owner: str
    number: str
    scope: str
    expires_on: dt.date
    link: str

    def days_left(self, day: dt.date) -> int:
        """Until its last day, that day included as 0; negative once it is over."""
        return (self.expires_on - day).days


def certificates_on(page: Any) -> Iterator[Certificate]:
    """Those in the blocks of a page, over or not. Incomplete ones in a draft are left out."""
    for field in page._meta.concrete_fields:
        if not isinstance(field, StreamField):
            continue
        for child in field.value_from_object(page):
            if child.block_type == BLOCK and all(child.value.get(name) for name in FIELDS):
                yield Certificate(**{name: child.value[name] for name in FIELDS})


def holds(expires_on: dt.date | str | None, day: dt.date | None = None) -> bool:
    """Whether a certificate may be shown; its last day counts. Takes a date or ISO 8601."""
    last = parse_date(expires_on) if isinstance(expires_on, str) else expires_on
    return last is not None and last >= (day or timezone.localdate())


def over_from(expires_on: dt.date | str) -> dt.datetime:
    """The instant from which it must not be shown: the midnight after its last day."""
    last = parse_date(expires_on) if isinstance(expires_on, str) else expires_on
    assert last is not None
    return timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min))
