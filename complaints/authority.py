"""How much somebody may promise without anybody else (5.4.4, table F1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from complaints.access import LEAD
from complaints.lifecycle import Refused
from complaints.models import AuthorityLimit, Case, RemedyKind, TeamMember

Amounts = Iterable[tuple[RemedyKind, Decimal | None]]
NOTHING = Decimal(0)


def lacks_amount(kind: RemedyKind, amount: Decimal | None) -> bool:
    """Whether money is promised without saying how much: no limit could hold it."""
    given = amount or NOTHING
    # Less than nothing would make room for more of something else.
    return given < NOTHING or (given == NOTHING and kind.family == RemedyKind.Family.MONEY)


def check_amount(kind: RemedyKind, amount: Decimal | None, *, field: str = "amount") -> None:
    """Raise `Refused`, with the name of the need, where an amount is missing."""
    if lacks_amount(kind, amount):
        missing = _("Something is missing: %(fields)s.") % {"fields": _("Amount")}
        raise Refused(missing, code="missing", fields={field: _("Fill this in.")})


def exceeds(user: Any, case: Case, amounts: Amounts, currency: str, *, approving: bool) -> bool:
    """Whether these remedies together are more than this person may promise, or approve.

    A kind of remedy with a limit of its own is judged by that, everything else together by the
    general one. Who approves as a lead has no limit where none was set for leads.
    """
    promised: dict[int, Decimal] = defaultdict(Decimal)
    for kind, amount in amounts:
        promised[kind.pk] += amount or NOTHING
    if not any(promised.values()):
        return False
    limits = _limits(user, case, currency, approving=approving)
    if limits is None:
        return False
    rest = sum((sum_ for kind, sum_ in promised.items() if kind not in limits), NOTHING)
    above = any(sum_ > limits[kind] for kind, sum_ in promised.items() if kind in limits)
    return above or rest > limits[None]


def _limits(
    user: Any, case: Case, currency: str, *, approving: bool
) -> Mapping[int | None, Decimal] | None:
    """By kind of remedy, `None` for all others; no mapping at all where there is no limit."""
    membership = TeamMember.objects.filter(user=user.pk, team=case.team_id).first()
    leads = user.is_superuser or bool(membership and membership.is_lead and user.has_perm(LEAD))
    role = AuthorityLimit.For.LEAD if leads else AuthorityLimit.For.HANDLER
    rows = AuthorityLimit.objects.filter(role=role, currency=currency)
    limits: dict[int | None, Decimal] = dict(rows.values_list("remedy_kind", "amount"))
    if approving and leads and not limits:
        return None
    own = membership.authority_limit if membership else NOTHING
    # One's own limit is for everything: what is higher counts.
    return {kind: max(amount, own) for kind, amount in ({None: own} | limits).items()}


def own_limit(user: Any, case: Case, currency: str) -> Decimal:
    """Up to which somebody may promise what has no limit of its own."""
    limits = _limits(user, case, currency, approving=False)
    assert limits is not None, "only approving may know no limit"
    return limits[None]
