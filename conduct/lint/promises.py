"""Everything that stands out in a promise. It warns and never stops anyone, but for one link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from conduct.models.promise import Promise

from . import certificates, completeness, contradictions, wording
from .findings import Finding


def of_promise(
    promise: Promise, *, others: Iterable[Promise] = (), today: dt.date | None = None
) -> list[Finding]:
    """Findings for the editor; empty where nothing stands out. `others` are compared with it."""
    return [
        *contradictions.contradictions(promise, others),
        *wording.vague_words(promise),
        *completeness.missing(promise, today or timezone.localdate()),
        *certificates.in_promise(promise),
    ]


def of_saved_promise(promise: Promise) -> list[Finding]:
    """The same, compared with all the others that bind."""
    others = Promise.objects.filter(state__in=contradictions.BINDING).exclude(pk=promise.pk)
    return [
        *of_promise(promise, others=others),
        *completeness.without_data(promise, timezone.now()),
    ]


def of_all_promises(*, today: dt.date | None = None) -> list[tuple[Promise, list[Finding]]]:
    """Each promise with its findings, in two passes over one query."""
    promises = list(Promise.objects.all())
    return [(promise, of_promise(promise, others=promises, today=today)) for promise in promises]
