"""Cases beside a case: those that staff joined or linked, and those of the same person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Value
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.access import with_readable_words
from complaints.models import Case, CaseLink, Party
from complaints.states import LinkKind, Outcome

SHOWN, PEOPLE, LINKS = 5, 100, 200


@dataclass(frozen=True)
class Linked:
    """Another case of the same incident, a related one, or one that was joined with this one.

    `how` says it in words; `link` is None where nobody linked the two.
    """

    case: Any
    how: str | LazyText
    link: int | None = None
    leads: bool = False


class Tie(NamedTuple):
    """What ties two cases together: a link or, where `link` is 0, that `case` repeats `other`."""

    link: int
    case: int
    other: int
    kind: str


def linked_cases(case: Case, user: Any) -> list[Linked]:
    """Those joined with it, then links of both directions, who leads the incident first."""
    return goes_on_and_linked(case, user)[1]


def goes_on_and_linked(case: Case, user: Any) -> tuple[Case | None, list[Linked]]:
    """The case that goes on instead of this one, and the linked ones without it.

    Only what the viewer may see and read; two queries, and one where there is nothing.
    """
    ties = _ties(case)
    ids = {tie.other if tie.case == case.pk else tie.case for tie in ties}
    if case.duplicate_of_id is not None:
        ids.add(case.duplicate_of_id)
    seen = with_readable_words(Case.objects.visible_to(user), user).only(
        "reference", "subject", "state", "received_at"
    )
    # Taken out one by one: what was joined is no second time there as linked.
    by_id = seen.in_bulk(ids) if ids else {}
    goes_on = by_id.pop(case.duplicate_of_id or 0, None)
    repeats = [by_id.pop(tie.case) for tie in ties if not tie.link and tie.case in by_id]
    links = [linked for tie in ties if tie.link and (linked := _linked(case, tie, by_id))]
    return goes_on, [
        *(Linked(other, Outcome.DUPLICATE.label) for other in repeats),
        *sorted(links, key=lambda linked: not linked.leads),
    ]


def _ties(case: Case) -> list[Tie]:
    """In one query, each part of it by an index of its own; what was joined with it first."""
    links: Any = CaseLink.objects.of(case).order_by()
    repeats: Any = Case.objects.filter(duplicate_of=case.pk).order_by()
    rows = links.values_list("pk", "case_id", "other_id", "kind").union(
        repeats.values_list(Value(0), "pk", "duplicate_of_id", Value("")), all=True
    )
    return [Tie(*row) for row in rows.order_by("pk", "case_id")[:LINKS]]


def _linked(case: Case, tie: Tie, seen: dict[int, Case]) -> Linked | None:
    is_ours = tie.case == case.pk
    other = seen.get(tie.other if is_ours else tie.case)
    if other is None:
        return None
    if tie.kind != LinkKind.INCIDENT:
        return Linked(other, LinkKind(tie.kind).label, tie.link)
    if is_ours:
        return Linked(other, _("Leads the incident"), tie.link, leads=True)
    return Linked(other, _("Same incident; this case leads"), tie.link)


def same_person(case: Case, user: Any) -> list[Case]:
    """Other cases of the same e-mail address that the viewer may see."""
    address = case.complainant.email_hash
    if not address:
        return []
    # Ids first: joined, a database may rather walk through all cases by date.
    people = Party.objects.filter(email_hash=address).order_by("-pk")
    cases = with_readable_words(Case.objects.visible_to(user), user).exclude(pk=case.pk)
    return list(
        cases.filter(complainant__in=list(people.values_list("pk", flat=True)[:PEOPLE]))
        .order_by("-received_at")
        .only("reference", "subject", "state", "received_at")[:SHOWN]
    )
