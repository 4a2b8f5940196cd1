"""What has to be looked at again, and by when: codes, policies, promises, evidence (8.4, 4.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.functional import lazy
from django.utils.text import Truncator
from django.utils.translation import gettext
from wagtail.models import Page, Site

from conduct.models import CodeOfConductPage, Edition, PolicyPage, Promise, Review
from conduct.models.promise import EVIDENCE_AGE
from conduct.models.review import Decision


@dataclass(frozen=True)
class Due:
    """One date. `subject` names it for good, such as "promise:12"; `person` gets the reminders.

    `words` are said in the language in which they are read.
    """

    subject: str
    words: str | LazyText
    due_on: dt.date
    address: str
    site: Site | None
    person: Any = None

    def is_past(self, day: dt.date) -> bool:
        return self.due_on < day


def due_by(day: dt.date, *, now: dt.datetime | None = None) -> list[Due]:
    """Everything that is due by a day or was due before, the longest overdue first.

    The number of queries does not grow with what is due.
    """
    moment = now or timezone.now()
    found = [*_documents(moment), *_promises(day, timezone.localdate(moment))]
    return sorted((one for one in found if one.due_on <= day), key=lambda one: one.due_on)


def past(day: dt.date | None = None) -> list[Due]:
    """What is past its date today (or on a day)."""
    today = day or timezone.localdate()
    return due_by(today - dt.timedelta(days=1))


def next_review(edition: Edition, decision: Review | None) -> dt.date | None:
    """When an edition is looked at again: as its last review decided, else as it says itself."""
    if decision is None:
        return edition.review_date
    return None if decision.decision == Decision.WITHDRAW else decision.next_review_on


def review_of(page: Any) -> dt.date | None:
    """The date by which a code or policy page is to be reviewed; None before its first edition."""
    edition = Edition.objects.of_page(page).at(timezone.now())
    if edition is None:
        return None
    return next_review(edition, Review.objects.last_of(edition))


def editions_in_force(now: dt.datetime) -> list[Edition]:
    """The edition in force of each code and policy."""
    latest: dict[Any, Edition] = {}
    for edition in Edition.objects.filter(effective_from__lte=now).order_by("-number"):
        latest.setdefault(edition.series, edition)
    return list(latest.values())


def pages_of(editions: Iterable[Edition]) -> dict[Any, Any]:
    """Live pages in the language that each edition was written in, by series; in two queries."""
    wanted = {(edition.series, edition.source_language) for edition in editions}
    series = [key for key, _language in wanted]
    pages: dict[Any, Any] = {}
    for model in (CodeOfConductPage, PolicyPage):
        rows = model.objects.filter(translation_key__in=series, live=True, alias_of=None)
        for page in rows.select_related("locale", "accountable"):
            if (page.translation_key, page.locale.language_code) in wanted:
                pages[page.translation_key] = page
    return pages


def _documents(now: dt.datetime) -> Iterator[Due]:
    editions = editions_in_force(now)
    pages = pages_of(editions)
    decisions: dict[int, Review] = {}
    for review in Review.objects.decided().filter(edition__in=editions).order_by("held_on", "pk"):
        decisions[review.edition_id] = review
    sites = {site.pk: site for site in Site.objects.all()}
    for edition in editions:
        page: Page | None = pages.get(edition.series)
        day = next_review(edition, decisions.get(edition.pk))
        if page is not None and day is not None:
            yield Due(
                subject=f"edition:{edition.pk}",
                words=lazy(_review_of_page, str)(page.title),
                due_on=day,
                address=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                site=sites.get(edition.site_id),
                person=page.accountable,
            )


def _promises(day: dt.date, today: dt.date) -> Iterator[Due]:
    site = Site.objects.filter(is_default_site=True).first()
    evidence = Q(evidence_expires_on__lte=day) | Q(
        evidence_expires_on=None, evidence_date__lte=day - EVIDENCE_AGE
    )
    rows = Promise.objects.live(today).filter(Q(review_on__lte=day) | evidence)
    for promise in rows.select_related("owner"):
        common = {"address": _address(promise), "site": site, "person": promise.owner}
        if promise.review_on is not None:
            yield Due(
                subject=f"promise:{promise.pk}",
                words=lazy(_review_of_promise, str)(promise),
                due_on=promise.review_on,
                **common,
            )
        if (until := promise.evidence_until) is not None:
            yield Due(
                subject=f"evidence:{promise.pk}",
                words=lazy(_evidence_for, str)(promise),
                due_on=until,
                **common,
            )


# Said when they are read: each person reads them in a language of their own.


def _review_of_page(title: str) -> str:
    return gettext("Review of “%(title)s”") % {"title": title}


def _review_of_promise(promise: Promise) -> str:
    return gettext("Review of promise %(code)s: %(words)s") % _words_of(promise)


def _evidence_for(promise: Promise) -> str:
    return gettext("Evidence for promise %(code)s: %(words)s") % _words_of(promise)


def _words_of(promise: Promise) -> dict[str, str]:
    return {"code": promise.code, "words": Truncator(promise.statement).chars(80)}


def _address(promise: Promise) -> str:
    return reverse("wagtailsnippets_conduct_promise:edit", args=[promise.pk])
