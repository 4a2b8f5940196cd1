"""What can be done now: the few next steps as buttons, all else under "More"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as LazyText

from complaints.access import Actor
from complaints.actions.performing import available_actions
from complaints.fitting import Facts
from complaints.lifecycle import Action, Channel, Kind, Route, State
from complaints.models import Case, Remedy

#: The usual next steps of each state, the first is the main one.
NEXT_STEPS = {
    State.RECEIVED: ("release", "moderate", "make_complaint", "acknowledge"),
    State.OPEN: ("assess", "assign", "investigate", "ask"),
    State.INVESTIGATING: ("propose", "ask", "update"),
    State.WAITING: ("reply", "update"),
    State.DECIDING: ("approve", "return"),
    State.ANSWERED: ("deliver_remedy", "accept", "reject"),
    State.PUTTING_RIGHT: ("deliver_remedy", "verify_remedy", "close"),
    State.REVIEWING: ("assign", "propose", "ask"),
    State.REFERRED: ("update", "note"),
    State.CLOSED: ("reopen",),
}
MAIN_STEPS = 3


@dataclass(frozen=True)
class Offer:
    name: str
    label: LazyText
    icon: str
    url: str


@dataclass(frozen=True)
class Offers:
    """`now`: buttons; `more`: the rest."""

    now: list[Offer]
    more: list[Offer]

    @property
    def names(self) -> set[str]:
        return {offer.name for offer in (*self.now, *self.more)}


def action_url(case: Case, name: str) -> str:
    return reverse("conduct_complaints_admin:action", args=[case.reference, name])


def may_verify(remedy: Remedy) -> bool:
    return remedy.delivered_at is not None and remedy.verified_at is None


def _makes_sense(case: Case, action: Action, user: Any, remedies: list[Remedy]) -> bool:
    """False for what the table allows but this case would refuse for a plain reason."""
    sense = True
    match action.name:
        case "acknowledge":
            sense = case.acknowledged_at is None
        case "deliver_remedy":
            sense = any(remedy.delivered_at is None for remedy in remedies)
        case "verify_remedy":
            sense = any(may_verify(remedy) for remedy in remedies)
        case "investigate":
            sense = case.assessed_at is not None and case.handler_id is not None
        case "put_right":
            sense = case.channel == Channel.STAFF
        case "hand_over":
            sense = case.handler_id is not None
        case "request_review":
            sense = case.stage == 1
        case "approve":
            proposed = case.decisions.order_by("-number").first()
            sense = proposed is None or proposed.proposed_by_id != user.pk
    return sense


def offers_for(case: Case, user: Any, remedies: list[Remedy], facts: Facts | None = None) -> Offers:
    """The actions this person can do on this case now."""
    possible = {
        action.name: action
        for action in available_actions(case, Actor.staff(user), facts)
        if _makes_sense(case, action, user, remedies)
    }
    names = [name for name in _next_steps(case) if name in possible][:MAIN_STEPS]
    offers = [
        Offer(action.name, action.label, action.icon, action_url(case, action.name))
        for action in possible.values()
    ]
    by_name = {offer.name: offer for offer in offers}
    return Offers(
        now=[by_name[name] for name in names],
        more=[offer for offer in offers if offer.name not in names],
    )


def _next_steps(case: Case) -> tuple[str, ...]:
    """Of an open case what is missing comes first."""
    steps = NEXT_STEPS[State(case.state)]
    if case.state != State.OPEN:
        return steps
    if case.kind != Kind.COMPLAINT:
        return ("close", "make_complaint", "ask", "assign")
    if case.assessed_at and case.route == Route.EARLY:
        steps = ("resolve_early", *steps)
    done = {"assess": case.assessed_at, "assign": case.handler_id}
    return tuple(sorted(steps, key=lambda name: bool(done.get(name))))
