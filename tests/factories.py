"""Cases for tests, made through the real intake and the real actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Site

from complaints.access import Actor
from complaints.intake.receiving import receive
from complaints.intake.submission import Receipt, Submission
from complaints.lifecycle import Finding, Kind, Objectivity, Priority, Scale, State, perform
from complaints.models import Case, Category, RemedyKind
from tests import people

WORDS = "The parcel was left in the rain and everything in it is wet."


def make_category(code: str = "delivery", **fields: Any) -> Category:
    fields.setdefault("name", code.capitalize())
    fields.setdefault("team", people.make_team())
    category, _created = Category.objects.get_or_create(code=code, defaults=fields)
    return category


def make_remedy_kind(code: str = "refund") -> RemedyKind:
    kind, _created = RemedyKind.objects.get_or_create(
        code=code, defaults={"name": code.capitalize(), "family": RemedyKind.Family.MONEY}
    )
    return kind


def submit(
    *,
    now: datetime | None = None,
    email: str = "kim@example.com",
    name: str = "Kim Min-ji",
    **fields: Any,
) -> Receipt:
    """Send a complaint as a customer would; `fields` are those of `Submission`."""
    fields.setdefault("site", Site.objects.get(is_default_site=True))
    fields.setdefault("language", "en")
    fields.setdefault("description", WORDS)
    fields.setdefault("complainant", {"name": name, "email": email})
    fields.setdefault("category", make_category())
    # As who allowed a survey; a permission as a row of its own comes with `consents`.
    fields["details"] = {"may_be_surveyed": True} | dict(fields.get("details") or {})
    return receive(Submission(**fields), now=now)


def _user(username: str, make: Callable[[], Any]) -> Any:
    return get_user_model().objects.filter(username=username).first() or make()


class Staff:
    """The handler and the lead of the customer care team, made on first use."""

    @property
    def handler(self) -> Any:
        return _user("handler", people.make_handler)

    @property
    def lead(self) -> Any:
        return _user("lead", people.make_lead)


ASSESSMENT = {"severity": 3, "complexity": Scale.LOW, "impact": Scale.LOW}


def proposal(case: Case, finding: str = Finding.UPHELD, **fields: Any) -> dict[str, Any]:
    """What `propose` needs, with a refund of 20."""
    return {
        "findings": {issue.pk: (finding, "It rained.") for issue in case.issues.all()},
        "remedies": [{"kind": make_remedy_kind(), "description": "Postage back", "amount": 20}],
        "cause": "No shelter at the door",
        "prevention": "A shelter is built.",
        "answer": "We are sorry. We pay the postage back.",
        "others_affected": "Nobody else on this tour.",
        "external_route": "Consumer Ombudsman",
    } | fields


#: How a case gets to each state, one step after the other.
STEPS: tuple[tuple[str, str, str], ...] = (
    (State.RECEIVED, State.OPEN, "moderate"),
    (State.OPEN, State.INVESTIGATING, "investigate"),
    (State.INVESTIGATING, State.DECIDING, "propose"),
    (State.DECIDING, State.ANSWERED, "approve"),
    (State.ANSWERED, State.PUTTING_RIGHT, "accept"),
)
SIDE_STEPS = {
    State.WAITING: (State.INVESTIGATING, "ask"),
    State.REVIEWING: (State.ANSWERED, "request_review"),
}


def act(
    case: Case, action: str, user: Any = None, *, now: datetime | None = None, **data: Any
) -> None:
    """One action by a member of staff, or by the complainant where no user is given."""
    actor = Actor.staff(user) if user else Actor.complainant()
    perform(case, action, actor=actor, data=data, now=now)


def walk_to(case: Case, state: str, *, now: datetime | None = None) -> Case:
    """Lead a received case to a state through real actions of the handler, the lead and the
    complainant."""
    staff = Staff()
    if state in SIDE_STEPS:
        before, action = SIDE_STEPS[State(state)]
        walk_to(case, before, now=now)
        if action == "ask":
            act(case, "ask", staff.handler, now=now, text="Which day was it?")
        else:
            act(case, "request_review", now=now)
        return case
    if state == State.CLOSED:
        walk_to(case, State.PUTTING_RIGHT, now=now)
        for remedy in case.remedies.all():
            act(case, "deliver_remedy", staff.handler, now=now, remedy=remedy, proof="Bank slip 7")
            act(case, "verify_remedy", staff.lead, now=now, remedy=remedy)
        act(case, "close", staff.handler, now=now, lesson="Put up a shelter.")
        return case
    for source, _target, action in STEPS:
        if case.state == state:
            break
        if case.state == source:
            _step(case, action, staff, now)
    assert case.state == state, f"{case.state} instead of {state}"
    return case


def _step(case: Case, action: str, staff: Staff, now: datetime | None) -> None:
    if action == "moderate":
        act(case, "moderate", staff.handler, now=now, result="accept", category=make_category())
    elif action == "investigate":
        act(case, "assess", staff.handler, now=now, **ASSESSMENT)
        act(case, "assign", staff.lead, now=now, handler=staff.handler)
        act(case, "investigate", staff.handler, now=now)
    elif action == "propose":
        act(case, "propose", staff.handler, now=now, **proposal(case))
    elif action == "approve":
        act(case, "approve", staff.lead, now=now, checklist=list(Objectivity))
    else:
        act(case, action, now=now)


def make_case(
    state: str = State.RECEIVED,
    *,
    kind: str = Kind.COMPLAINT,
    now: datetime | None = None,
    **fields: Any,
) -> Case:
    """A case in a state; `fields` are those of `submit`. Kinds other than complaints walk the same
    way."""
    if state == State.REFERRED:
        raise ValueError("No action leads to 'referred' yet.")
    case = submit(kind=kind, now=now, **fields).case
    return walk_to(case, state, now=now)


__all__ = ["ASSESSMENT", "Priority", "Staff", "act", "make_case", "proposal", "submit", "walk_to"]
