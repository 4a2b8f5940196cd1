"""Finding cases by what staff type: the one place to put a better index behind."""

from __future__ import annotations

from typing import Any

from complaints.backoffice.entry import sees_words
from complaints.models import Case
from complaints.models.case import CaseQuerySet
from complaints.privacy.encryption import lookup_hash
from complaints.references import understand_reference

#: Words are looked for in this many of the newest cases: reading all of a million takes seconds.
NEWEST = 5000


def search_cases(cases: CaseQuerySet, text: str, user: Any) -> CaseQuerySet:
    """Narrow cases the person sees: by reference, exact e-mail, else words of the subject.

    Who may not read names and words finds by reference only: a hit would tell them.
    """
    text = text.strip()
    if reference := understand_reference(text):
        found = cases.filter(reference=reference)
        # Eight letters of a word may look like a reference.
        if not sees_words(user) or found.exists():
            return found
    if text.upper().startswith("C-"):
        return cases.filter(reference__startswith=text.upper())
    if not sees_words(user):
        return cases.none()
    if "@" in text:
        return cases.filter(pk__in=_of_address(cases, text))
    newest = cases.order_by("-received_at", "-pk").values("pk")[:NEWEST]
    said = Case.objects.filter(pk__in=newest).order_by()
    for word in text.split():
        said = said.filter(subject__icontains=word)
    # Looked for once: the page and the count both ask for what was found.
    return cases.filter(pk__in=list(said.values_list("pk", flat=True)))


def _of_address(cases: CaseQuerySet, address: str) -> set[int]:
    """Ids of the cases of either person with this address: two small look-ups by index.

    In one query with the list's order no index serves both people of a case.
    """
    found = lookup_hash(address)
    ids = cases.order_by().values_list("pk", flat=True)
    return {
        *ids.filter(complainant__email_hash=found),
        *ids.filter(representative__email_hash=found),
    }
