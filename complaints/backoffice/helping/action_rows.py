"""The action table (`complaints.lifecycle.ACTIONS`) in words: nothing here is typed by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from complaints.lifecycle import (
    ACTIONS,
    OPEN_STATES,
    PUBLIC_STATUS,
    Action,
    Kind,
    Need,
    Role,
    State,
)

Words = str | LazyText


@dataclass(frozen=True)
class StateRow:
    """One state: the staff's word and what the complainant reads meanwhile."""

    code: str
    label: Words
    told: Words


@dataclass(frozen=True)
class ActionRow:
    """One action; each column as a reader needs it."""

    name: str
    label: Words
    sources: list[Words]
    targets: list[Words]
    who: list[Words]
    needs: tuple[Need, ...]
    kinds: list[Words]
    clause: str


def state_rows() -> list[StateRow]:
    return [StateRow(state.value, state.label, PUBLIC_STATUS[state]) for state in State]


def action_rows() -> list[ActionRow]:
    return [
        ActionRow(
            name=action.name,
            label=action.label,
            sources=_sources(action),
            targets=[State(target).label for target in action.targets] or [_("The same")],
            who=role_labels(action.who),
            needs=action.needs,
            kinds=_kinds(action),
            clause=clause_words(action.clause),
        )
        for action in ACTIONS.values()
    ]


def role_labels(who: Collection[str]) -> list[Words]:
    return [role.label for role in Role if role in who]


def actions_of(role: str) -> list[Words]:
    """What the table lets a role do."""
    return [action.label for action in ACTIONS.values() if role in action.who]


def _sources(action: Action) -> list[Words]:
    if action.sources == frozenset(State):
        return [_("Any")]
    if action.sources == OPEN_STATES:
        return [_("Any but closed")]
    return [state.label for state in State if state in action.sources]


def _kinds(action: Action) -> list[Words]:
    """Empty where every kind of case has the action."""
    if action.kinds == frozenset(Kind):
        return []
    return [kind.label for kind in Kind if kind in action.kinds]


def clause_words(clause: str) -> str:
    """ "7.2" as "ISO 10002, 7.2"; what names its standard stays as it is."""
    if not clause or clause.startswith("ISO"):
        return clause
    if clause.startswith("annex "):
        letter = clause.removeprefix("annex ")
        return _("ISO 10002, annex %(letter)s") % {"letter": letter}
    return f"ISO 10002, {clause}"
