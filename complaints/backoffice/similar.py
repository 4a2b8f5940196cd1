"""Cases that may be the same matter again, or the same incident, and why (7.2; SEC-DUP).

Suggestions only, among cases that the viewer may see, for who may read their words. Nothing here is
ever shown to a complainant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from complaints.access import with_readable_words
from complaints.backoffice.near_words import NEAR, READ, nearness, tokens, weights
from complaints.models import Case, Issue

#: Looked at: so many of the same category or promise, and so many that came at the same time.
LOOKED_AT = 150
#: Nothing from longer before or after is about the same thing.
AROUND = timedelta(days=90)
#: "At the same time".
SAME_TIME = timedelta(days=7)
SUGGESTED = 5


@dataclass(frozen=True)
class Suggestion:
    """Another case, with the reasons in words."""

    case: Any
    why: list[str]
    #: By the same person: perhaps sent twice, so that merging makes sense.
    same_person: bool
    score: float


def similar_cases(
    case: Case, issues: Iterable[Issue], user: Any, *, apart: Collection[int] = ()
) -> list[Suggestion]:
    """The nearest first. `issues` are the case's; `apart`: ids that the page shows already. Three
    queries, whatever there is."""
    others = [other for other in _looked_at(case, issues, user) if other.pk not in apart]
    own = tokens(case.subject, case.description)
    words = {other.pk: tokens(other.subject, other.beginning) for other in others}
    weight = weights([own, *words.values()])
    found = [
        suggestion
        for other in others
        if (suggestion := _suggestion(case, other, nearness(own, words[other.pk], weight)))
    ]
    return sorted(found, key=lambda suggestion: -suggestion.score)[:SUGGESTED]


def _looked_at(case: Case, issues: Iterable[Issue], user: Any) -> list[Any]:
    """Few, and found by indexes alone, so that it stays cheap among a million."""
    categories = {issue.category_id for issue in issues if issue.category_id}
    promises = {issue.promise_id for issue in issues if issue.promise_id}
    same = Issue.objects.filter(Q(category__in=categories) | Q(promise__in=promises))
    alike = list(same.order_by("-pk").values_list("case", flat=True)[:LOOKED_AT])
    around = (case.received_at - AROUND, case.received_at + AROUND)
    cases = (
        with_readable_words(Case.objects.visible_to(user), user)
        .filter(received_at__range=around, held=False)
        .exclude(pk=case.pk)
        .select_related("complainant")
        .annotate(beginning=Substr("description", 1, READ))
        .only(
            "reference", "subject", "state", "received_at", "product", "happened_on",
            "complainant__email_hash",
        )
    )  # fmt: skip
    of_the_kind = list(cases.filter(pk__in=alike))
    at_the_time = list(cases.order_by("-received_at", "-pk")[:LOOKED_AT])
    return list({other.pk: other for other in (*of_the_kind, *at_the_time)}.values())


def _suggestion(case: Case, other: Any, near: float) -> Suggestion | None:
    address = case.complainant.email_hash
    same_person = bool(address) and other.complainant.email_hash == address
    same_product = _same(case.product, other.product) and _same_time(case, other)
    why = []
    if near >= NEAR:
        why.append(_("Near words"))
    if same_product:
        why.append(_("Same product at the same time"))
    if not why:
        return None
    if same_person:
        why.insert(0, _("Same person"))
    return Suggestion(other, why, same_person, near + same_product * 0.5 + same_person * 0.5)


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def _same_time(case: Case, other: Any) -> bool:
    if case.happened_on and other.happened_on:
        return bool(abs(case.happened_on - other.happened_on) <= SAME_TIME)
    return bool(abs(case.received_at - other.received_at) <= SAME_TIME)
