"""How a person wants to be dealt with, shown wherever somebody writes to them (4.6; SEC-VULN)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.backoffice.appearance import language
from complaints.models import Case, Party


@dataclass(frozen=True)
class SupportNeed:
    """What to do for one person. `person` is named only where there are two."""

    words: str
    person: str = ""
    ask_again_on: date | None = None
    is_due: bool = False


@dataclass(frozen=True)
class Contact:
    """Whom we write to, how, in which language and when, and what to mind."""

    person: str
    way: str | LazyText
    language: str
    times: str
    urgent: bool
    needs: list[SupportNeed]


def contact_of(case: Case, today: date) -> Contact:
    """Of whom we write to; the complainant's support needs in any case."""
    person = case.correspondent
    people = [case.complainant]
    if person is not case.complainant:
        people.append(person)
    return Contact(
        person=_name(person),
        way=way_to_reach(person),
        language=language(case.language).name,
        times=person.contact_times,
        urgent=case.urgent,
        needs=[_need(one, today, named=len(people) > 1) for one in people if one.support_words],
    )


def way_to_reach(person: Party) -> str | LazyText:
    """How they want it, where that is possible; else how they can be reached at all."""
    ways = {
        Party.ReplyBy.EMAIL: person.email,
        Party.ReplyBy.PHONE: person.phone,
        Party.ReplyBy.POST: person.postal_address,
    }
    wanted = Party.ReplyBy(person.reply_by)
    if not ways.get(wanted) and wanted != Party.ReplyBy.ONLINE:
        wanted = next((way for way, known in ways.items() if known), Party.ReplyBy.ONLINE)
    # The model's words are those that the person reads.
    return _("on the case page only") if wanted == Party.ReplyBy.ONLINE else wanted.label


def _need(person: Party, today: date, *, named: bool) -> SupportNeed:
    ask_again_on = person.support_review_on
    return SupportNeed(
        words=person.support_words,
        person=_name(person) if named else "",
        ask_again_on=ask_again_on,
        is_due=ask_again_on is not None and ask_again_on <= today,
    )


def _name(person: Party) -> str:
    return person.name or _("somebody who gave no name")
