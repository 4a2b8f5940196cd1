"""What is known about an edition when it is reviewed: measured, asked, and how old it is (8.4).

Other apps add what they know, such as themes of complaints: `register` takes a
function that is called with the edition and the time and gives a `Known` or None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conduct.following.clarity import clarity_of
from conduct.models import Consultation, Edition, Organisation, Promise, Review
from conduct.performance import public_figures


@dataclass(frozen=True)
class Known:
    """A heading with sentences below it."""

    heading: str | LazyText
    sentences: tuple[str, ...]


Source = Callable[[Edition, dt.datetime], Known | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Show what this function knows with every review. Registering twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def known_about(edition: Edition, now: dt.datetime | None = None) -> list[Known]:
    """Everything that the sources know about an edition, in the order they were registered."""
    moment = now or timezone.now()
    found = [source(edition, moment) for source in (*OWN, *_sources)]
    return [one for one in found if one is not None and one.sentences]


def age(edition: Edition, now: dt.datetime) -> Known:
    """How long it has been in force, and what the last review decided."""
    since = timezone.localdate(edition.effective_from)
    days = (timezone.localdate(now) - since).days
    sentences = [
        ngettext(
            "In force since %(date)s, for %(days)d day.",
            "In force since %(date)s, for %(days)d days.",
            days,
        )
        % {"date": formats.date_format(since), "days": days}
    ]
    last = (
        Review.objects.decided()
        .filter(edition__series=edition.series)
        .order_by("-held_on", "-pk")
        .first()
    )
    if last is not None:
        sentences.append(
            gettext("Last review on %(date)s: %(decision)s.")
            % {
                "date": formats.date_format(last.held_on),
                "decision": last.get_decision_display(),
            }
        )
    return Known(_("Age"), tuple(sentences))


def performance(edition: Edition, now: dt.datetime) -> Known | None:
    """Each promise of the edition over the last twelve months, as readers see it."""
    codes = list(edition.promises.order_by("order", "code").values_list("code", flat=True))
    if not codes:
        return None
    promises = list(Promise.objects.filter(code__in=codes))
    threshold = Organisation.for_site(edition.site).small_number_threshold
    figures = public_figures(promises, threshold=threshold, now=now)
    found = {code: of_promise.year for code, of_promise in figures.items()}
    sentences = tuple(
        f"{code}: {found[code].sentence()}. {found[code].verdict()}."
        if found[code].is_published
        else f"{code}: {found[code].sentence()}."
        for code in codes
        if code in found
    )
    return Known(_("How the promises were kept in the last 12 months"), sentences)


def consultations(edition: Edition, now: dt.datetime) -> Known | None:
    """What people were asked about this code or policy, and how much of it was answered."""
    rows = (
        Consultation.objects.opened()
        .filter(page__translation_key=edition.series)
        .select_related("page")
        .counted()
    )
    sentences = tuple(
        gettext(
            "“%(title)s”, until %(date)s: %(received)d received, %(answered)d answered, "
            "%(unanswered)d not yet."
        )
        % {
            "title": row.title,
            "date": formats.date_format(row.closes_on),
            "received": row.received,
            "answered": row.answered,
            "unanswered": row.unanswered,
        }
        for row in rows
    )
    return Known(_("Consultations"), sentences)


def clarity(edition: Edition, now: dt.datetime) -> Known:
    """What readers of the edition answered to “Was this clear?” (4.6)."""
    return Known(_("Was this clear and useful?"), (str(clarity_of(edition)),))


OWN: tuple[Source, ...] = (age, performance, clarity, consultations)
