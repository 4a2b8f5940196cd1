"""Which way a case should go, proposed from what was sorted; a person decides (7.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.authority import own_limit
from complaints.competence import is_competent
from complaints.lifecycle import HIGH_SEVERITY, Kind, Route, Scale, Severity
from complaints.models import Case, HandlingSettings, Involvement, RemedyKind

#: Ways that begin with a plan of what to ask and look at.
WITH_PLAN = frozenset({Route.URGENT, Route.PLANNED})


@dataclass(frozen=True)
class Proposal:
    """`reasons`: sentences in the active language."""

    route: str
    reasons: tuple[str, ...]


def proposed_route(case: Case, user: Any) -> Proposal:
    """From the assessment that the case carries, saved or not, for who would handle it.

    Only a complaint walks a way; everything else is answered and closed.
    """
    if case.kind != Kind.COMPLAINT or case.severity is None:
        return Proposal("", ())
    if urgent := tuple(_urgent(case)):
        return Proposal(Route.URGENT, urgent)
    if careful := tuple(_careful(case)):
        return Proposal(Route.PLANNED, careful)
    if against := tuple(_against_early(case, user)):
        return Proposal(Route.INVESTIGATE, against)
    return Proposal(Route.EARLY, (_for_early(case, user),))


def _said(rows: Iterable[tuple[bool, str]]) -> Iterator[str]:
    return (words for holds, words in rows if holds)


def _urgent(case: Case) -> Iterator[str]:
    return _said(
        (
            (case.safety, _("Somebody’s safety is at risk.")),
            (case.severity == Severity.CRITICAL, _("It is critical for the person.")),
            (case.immediate_needed, _("Something must be done at once.")),
        )
    )


def _careful(case: Case) -> Iterator[str]:
    return _said(
        (
            ((case.severity or 0) >= HIGH_SEVERITY, _("It is serious for the person.")),
            (_names_staff(case), _("It is about a member of staff: both sides are heard.")),
            (case.complexity == Scale.HIGH, _("It is complex.")),
            (case.impact == Scale.HIGH, _("It reaches far.")),
        )
    )


def _against_early(case: Case, user: Any) -> Iterator[str]:
    return _said(
        (
            (case.severity == Severity.SERIOUS, _("It is more than a minor matter.")),
            (case.complexity != Scale.LOW, _("It is not simple.")),
            (case.impact != Scale.LOW, _("It reaches others or costs more than a little.")),
            (case.vulnerable, _("The person needs special support.")),
            (_is_above(case, user), _("What they want is more than you may give by yourself.")),
            (
                not is_competent(user, case, timezone.localdate()),
                _("It needs somebody who is trained for it."),
            ),
        )
    )


def _for_early(case: Case, user: Any) -> str:
    limit = _limit(case, user)
    if not limit:
        return _("It is minor and simple: perhaps it can be settled with the person at once.")
    return _(
        "It is minor and simple, and you may give up to %(amount)s %(currency)s by yourself."
    ) % {"amount": limit, "currency": HandlingSettings.for_site(case.site).currency}


def _names_staff(case: Case) -> bool:
    named = case.involvements.filter(part=Involvement.Part.NAMED)
    return bool(case.staff_named.strip()) or named.exists()


def _is_above(case: Case, user: Any) -> bool:
    """They want money, and this person may give none."""
    money = case.remedies_wanted.filter(family=RemedyKind.Family.MONEY)
    return not _limit(case, user) and money.exists()


def _limit(case: Case, user: Any) -> Decimal:
    """Up to which somebody puts right at once, without a second pair of eyes."""
    rules = HandlingSettings.for_site(case.site)
    return min(own_limit(user, case, rules.currency), rules.verify_above)
