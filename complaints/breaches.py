"""A promise that staff find broken: everybody it touched gets what the promise says, unasked.

ISO 10001:2018, 6.4: nobody needs to claim what we know we owe.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from complaints.access import Actor
from complaints.intake.receiving import receive
from complaints.intake.submission import Submission
from complaints.lifecycle import Channel, ModerationResult, State, perform
from complaints.models import Case, Category, RemedyKind
from conduct.models import Promise


@dataclass(frozen=True)
class Customer:
    """Somebody whom a broken promise touched."""

    name: str
    email: str = ""


@dataclass(frozen=True)
class Breach:
    """What happened, whom it touched, and what each of them gets."""

    site: Site
    promise: Promise
    category: Category
    happened: str
    cause: str
    language: str
    remedy_kind: RemedyKind
    words: str
    description: str = ""
    amount: Decimal | None = None
    due_on: date | None = None
    #: The same id again (a double click) makes nothing twice.
    breach_id: str = ""


@transaction.atomic
def record_breach(
    breach: Breach, customers: Iterable[Customer], *, user: Any, now: datetime | None = None
) -> Sequence[Case]:
    """Make a case with a promised remedy for each customer and tell them; all of them, or none."""
    now = now or timezone.now()
    breach_id = breach.breach_id or uuid.uuid4().hex
    return [
        _put_right(breach, customer, token_id, user=user, now=now)
        for customer, token_id in _with_tokens(breach_id, customers)
    ]


def _with_tokens(breach_id: str, customers: Iterable[Customer]) -> list[tuple[Customer, str]]:
    """A token by who the customer is and not by the line: another list after the browser's back
    button is not a repetition, and whoever stands in both is not paid twice."""
    lines: Counter[str] = Counter()
    found = []
    for customer in customers:
        who = f"{customer.email.casefold()}:{customer.name}"
        found.append((customer, f"breach:{breach_id}:{who}:{lines[who]}"))
        lines[who] += 1
    return found


def _put_right(
    breach: Breach, customer: Customer, token_id: str, *, user: Any, now: datetime
) -> Case:
    receipt = receive(
        Submission(
            site=breach.site,
            language=breach.language,
            description=breach.happened,
            channel=Channel.STAFF,
            complainant={"name": customer.name, "email": customer.email},
            category=breach.category,
            promise=breach.promise,
            token_id=token_id,
            received_by=user,
            found_by_staff=True,
        ),
        now=now,
    )
    case, actor = receipt.case, Actor.staff(user)
    if case.state != State.RECEIVED:
        return case
    accept = {"result": ModerationResult.ACCEPT, "category": breach.category}
    perform(case, "moderate", actor=actor, data=accept, now=now)
    remedy = {
        "remedy_kind": breach.remedy_kind,
        "description": breach.description,
        "amount": breach.amount,
        "due_on": breach.due_on,
        "cause": breach.cause,
        "text": breach.words,
        "key": receipt.key,
    }
    perform(case, "put_right", actor=actor, data=remedy, now=now)
    return case
