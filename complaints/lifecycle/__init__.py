"""The life of a case: what states it has, what may happen in each, who may do it and what it needs.

Read this package first, after the words in `complaints.states`: one table, `ACTIONS`, with its rows
in one module for each subject. It imports nothing else of the app, so that models, forms, views and
the documentation can all derive from it; nothing else changes a state. What an action does once it
is allowed is in `complaints.actions`, who someone is in `complaints.access`.

Clause numbers are those of ISO 10002:2018.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise as LazyText

from complaints.lifecycle import (
    answer,
    assessment,
    conversation,
    ending,
    people,
    receipt,
    redacting,
    together,
)
from complaints.lifecycle.rows import Action, Need
from complaints.states import (
    FINDINGS_WORST_FIRST,
    HIGH_SEVERITY,
    OPEN_STATES,
    PUBLIC_STATUS,
    AuthorityResult,
    Channel,
    ComplaintWish,
    ConsentPurpose,
    DataCondition,
    Finding,
    Kind,
    LinkKind,
    ModerationResult,
    NamedStep,
    Objectivity,
    Others,
    Outcome,
    Priority,
    RestrictionMeasure,
    ReviewOfRestriction,
    Role,
    Route,
    Scale,
    ScopeReason,
    Severity,
    State,
    WhatBecomes,
    WhyBlackedOut,
)

if TYPE_CHECKING:
    from complaints.access import Actor
    from complaints.models import Case, Event

__all__ = [
    "ACTIONS",
    "FINDINGS_WORST_FIRST",
    "HIGH_SEVERITY",
    "OPEN_STATES",
    "PUBLIC_STATUS",
    "Action",
    "AuthorityResult",
    "Channel",
    "ComplaintWish",
    "ConsentPurpose",
    "DataCondition",
    "Finding",
    "Kind",
    "LinkKind",
    "ModerationResult",
    "NamedStep",
    "Need",
    "Objectivity",
    "Others",
    "Outcome",
    "Priority",
    "Refused",
    "RestrictionMeasure",
    "ReviewOfRestriction",
    "Role",
    "Route",
    "Scale",
    "ScopeReason",
    "Severity",
    "State",
    "WhatBecomes",
    "WhyBlackedOut",
    "perform",
]


def _table(*rooms: tuple[Action, ...]) -> dict[str, Action]:
    return {row.name: row for room in rooms for row in room}


#: In the order in which screens offer them.
ACTIONS: Mapping[str, Action] = _table(
    receipt.ROWS,
    assessment.ROWS,
    conversation.ROWS,
    answer.ROWS,
    together.ROWS,
    people.ROWS,
    redacting.ROWS,
    ending.ROWS,
)


class Refused(Exception):
    """An action that was not done. `message` says why, in words a person can act on.

    `code` is one of changed, not_possible, not_allowed, conflict, missing.
    `fields` names the needs that are missing or wrong, name -> words.
    """

    def __init__(
        self,
        message: str | LazyText,
        code: str = "not_possible",
        fields: Mapping[str, str | LazyText] | None = None,
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.code = code
        self.fields = dict(fields or {})


def perform(
    case: Case,
    action: str,
    *,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    now: datetime | None = None,
    seen_version: int | None = None,
) -> Event:
    """Do one action on a case, or raise `Refused`: the only door through which a state changes.

    Locks the row, checks state, rights, conflicts of interest and needs, writes and appends the
    event,
    all in one transaction; people are told after commit. `seen_version` is the case's version the
    actor
    looked at: if somebody else has acted since, the action is refused with what changed.
    `case` is refreshed to the new state.
    """
    from complaints.actions.performing import perform_action

    return perform_action(
        case, ACTIONS[action], actor=actor, data=data or {}, now=now, seen_version=seen_version
    )
