"""Cases beside a case: those that staff linked, and those of the same person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.access import with_readable_words
from complaints.models import Case, CaseLink, Party
from complaints.states import LinkKind

SHOWN, PEOPLE, LINKS = 5, 100, 200


@dataclass(frozen=True)
class Linked:
    """Another case of the same incident or a related one. `how` says it in words."""

    case: Any
    how: str | LazyText
    link: int
    leads: bool = False


def linked_cases(case: Case, user: Any) -> list[Linked]:
    """Both directions, who leads the incident first; only what the viewer may see."""
    links = list(CaseLink.objects.filter(Q(case=case.pk) | Q(other=case.pk))[:LINKS])
    ids = {link.other_id if link.case_id == case.pk else link.case_id for link in links}
    seen = with_readable_words(Case.objects.visible_to(user), user).only(
        "reference", "subject", "state", "received_at"
    )
    by_id = seen.in_bulk(ids) if ids else {}
    found = [linked for link in links if (linked := _linked(case, link, by_id))]
    return sorted(found, key=lambda linked: not linked.leads)


def _linked(case: Case, link: CaseLink, seen: dict[int, Case]) -> Linked | None:
    is_ours = link.case_id == case.pk
    other = seen.get(link.other_id if is_ours else link.case_id)
    if other is None:
        return None
    if link.kind != LinkKind.INCIDENT:
        return Linked(other, LinkKind(link.kind).label, link.pk)
    if is_ours:
        return Linked(other, _("Leads the incident"), link.pk, leads=True)
    return Linked(other, _("Same incident; this case leads"), link.pk)


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
