"""Finding cases by what staff type: a reference, exact contact data, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.access import with_readable_words
from complaints.backoffice.entry import sees_words
from complaints.models import Case, ContactDigest
from complaints.models.case import CaseQuerySet
from complaints.privacy.contact_digests import digests_asked
from complaints.privacy.encryption import lookup_hash
from complaints.references import ALPHABET, understand_reference
from complaints.search.analyser import query_of
from complaints.search.finding import find, find_all

NEWEST_FIRST = ("-received_at", "-pk")
#: Of so many people with one number or line (a town, a tower block), the newest ones, the cases
#: are found.
MOST_PEOPLE = 1000
#: As much of a reference as anybody has typed, with its dashes.
_BEGINNING = re.compile(f"C-(?:[{ALPHABET}]{{0,3}}|[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{0,4}})?)")


@dataclass(frozen=True)
class Searched:
    """What was found, and what to say of it where the person has to know more."""

    cases: CaseQuerySet
    says: str = ""


def search_cases(
    cases: CaseQuerySet,
    text: str,
    user: Any,
    *,
    order: Sequence[str] = NEWEST_FIRST,
    whole: bool = False,
) -> Searched:
    """Narrow cases the person sees: by reference, exact e-mail address, else by the words in them
    and by a whole telephone number or line of a postal address.

    Who may not read names and words finds by reference only: a hit would tell them. `whole`: all
    that have a common word, not only the first ones in the order; for exports.
    """
    text = text.replace("\0", " ").strip()
    if reference := _reference_asked(text):
        found = cases.filter(reference)
        # Eight letters of a word may look like a reference, and few after "C-" like a beginning.
        if not sees_words(user) or found.exists():
            return Searched(found)
    if not sees_words(user):
        return Searched(cases.none(), _only_references())
    cases = with_readable_words(cases, user)
    if "@" in text and len(text.split()) == 1:
        return Searched(cases.filter(pk__in=_of_email(cases, text)))
    by_words = _by_words(cases, text, order, whole=whole)
    if by_contact := _of_contact(cases, text):
        return Searched(cases.filter(pk__in=by_contact) | by_words.cases, by_words.says)
    return by_words


def is_whole_reference(text: str, user: Any) -> bool:
    """Whether it is the reference of a case that this person sees."""
    reference = understand_reference(text)
    return bool(reference) and Case.objects.visible_to(user).filter(reference=reference).exists()


def _reference_asked(text: str) -> Q:
    """What to look for where it may be a reference or its beginning; one of them short of its last
    character may also be taken for another, whole one. Else nothing.
    """
    asked, typed = Q(), text.upper()
    if reference := understand_reference(text):
        asked |= Q(reference=reference)
    if typed != reference and _BEGINNING.fullmatch(typed):
        asked |= Q(reference__startswith=typed)
    return asked


def _by_words(cases: CaseQuerySet, text: str, order: Sequence[str], *, whole: bool) -> Searched:
    query = query_of(text)
    if not query:
        return Searched(cases.none(), _no_words())
    if whole:
        return Searched(find_all(cases, query))
    found = find(cases, query, order)
    return Searched(found.cases, _looked_in(found.looked_in) if found.looked_in else "")


def _of_email(cases: CaseQuerySet, address: str) -> set[int]:
    """Ids of the cases of either person with this address."""
    return _of_people(cases, email_hash=lookup_hash(address))


def _of_contact(cases: CaseQuerySet, text: str) -> set[int]:
    """Ids of the cases of either person with this telephone number or line of an address."""
    asked = digests_asked(text)
    if not asked:
        return set()
    people = ContactDigest.objects.filter(digest__in=asked).order_by("-party_id")
    found = list(people.values_list("party_id", flat=True)[:MOST_PEOPLE])
    return _of_people(cases, pk__in=found) if found else set()


def _of_people(cases: CaseQuerySet, **who: Any) -> set[int]:
    """Two small look-ups by index: in one query with the list's order no index serves both people
    of a case.
    """
    ids = cases.order_by().values_list("pk", flat=True)
    return {
        *ids.filter(**{f"complainant__{name}": value for name, value in who.items()}),
        *ids.filter(**{f"representative__{name}": value for name, value in who.items()}),
    }


def _only_references() -> str:
    return _(
        "You can look for a whole reference. Names and words are for those who work on the case."
    )


def _no_words() -> str:
    return _("There is no letter or digit in what you look for. Type a word, or a part of one.")


def _looked_in(number: int) -> str:
    return ngettext(
        "These words are in very many cases: they were looked for in the first %(number)s case of "
        "this list. Add a word or a filter, or choose another order, to find others.",
        "These words are in very many cases: they were looked for in the first %(number)s cases of "
        "this list. Add a word or a filter, or choose another order, to find others.",
        number,
    ) % {"number": number}
