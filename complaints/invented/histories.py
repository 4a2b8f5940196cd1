"""The courses that invented cases take: which actions, by whom, after how many working days."""

from __future__ import annotations

from dataclasses import dataclass

from complaints.lifecycle import Finding, Kind, Outcome, Role, State


@dataclass(frozen=True, slots=True)
class Step:
    """One action: done by a role, leading to a state, some days after the step before."""

    action: str
    role: str
    to: str
    days: float


@dataclass(frozen=True, slots=True)
class History:
    """A course with its weight among all cases of its age group ("old", "recent")."""

    steps: tuple[Step, ...]
    old: int
    recent: int
    kind: str = Kind.COMPLAINT
    outcome: str = ""
    finding: str = ""
    remedy: bool = False
    contested: bool = False

    @property
    def state(self) -> str:
        return self.steps[-1].to


RECEIVE = Step("receive", Role.COMPLAINANT, State.RECEIVED, 0)
ACKNOWLEDGE = Step("acknowledge", Role.SYSTEM, State.RECEIVED, 0)
MODERATE = Step("moderate", Role.HANDLER, State.OPEN, 0.5)
ASSESS = Step("assess", Role.HANDLER, State.OPEN, 0.3)
ASSIGN = Step("assign", Role.LEAD, State.OPEN, 0.2)
INVESTIGATE = Step("investigate", Role.HANDLER, State.INVESTIGATING, 1)
NOTE = Step("note", Role.HANDLER, State.INVESTIGATING, 2)
UPDATE = Step("update", Role.HANDLER, State.INVESTIGATING, 2)
PROPOSE = Step("propose", Role.HANDLER, State.DECIDING, 4)
APPROVE = Step("approve", Role.LEAD, State.ANSWERED, 1)
ACCEPT = Step("accept", Role.COMPLAINANT, State.PUTTING_RIGHT, 3)
ACCEPT_AND_END = Step("accept", Role.COMPLAINANT, State.CLOSED, 3)
REJECT = Step("reject", Role.COMPLAINANT, State.ANSWERED, 4)
DELIVER = Step("deliver_remedy", Role.HANDLER, State.PUTTING_RIGHT, 3)
VERIFY = Step("verify_remedy", Role.LEAD, State.PUTTING_RIGHT, 1)
CLOSE = Step("close", Role.HANDLER, State.CLOSED, 1)
CLOSE_AT_ONCE = Step("close", Role.HANDLER, State.CLOSED, 1)

_begun = (RECEIVE, ACKNOWLEDGE)
_opened = (*_begun, MODERATE)
_owned = (*_opened, ASSESS, ASSIGN)
_looked_into = (*_owned, INVESTIGATE, NOTE, UPDATE)
_proposed = (*_looked_into, PROPOSE)
_answered = (*_proposed, APPROVE)

HISTORIES = (
    History(_begun, 0, 12),
    History(_opened, 0, 10),
    History(_owned, 0, 10),
    History(_looked_into, 1, 25),
    History(_proposed, 0, 12, finding=Finding.PARTLY_UPHELD),
    History(_answered, 1, 12, finding=Finding.NOT_UPHELD),
    History((*_answered, REJECT), 1, 3, finding=Finding.NOT_UPHELD, contested=True),
    History((*_answered, ACCEPT), 1, 6, finding=Finding.UPHELD, remedy=True),
    History(
        (*_answered, ACCEPT, DELIVER, VERIFY, CLOSE),
        46,
        3,
        outcome=Outcome.UPHELD,
        finding=Finding.UPHELD,
        remedy=True,
    ),
    History(
        (*_answered, ACCEPT_AND_END),
        30,
        3,
        outcome=Outcome.NOT_UPHELD,
        finding=Finding.NOT_UPHELD,
    ),
    History((*_opened, CLOSE_AT_ONCE), 10, 2, kind=Kind.COMPLIMENT, outcome=Outcome.NOTED),
    History((*_opened, CLOSE_AT_ONCE), 10, 2, kind=Kind.QUESTION, outcome=Outcome.NOTED),
)
