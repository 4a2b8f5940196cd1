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
    kind: str = Kind.COMPLAINT.value
    outcome: str = ""
    finding: str = ""
    remedy: bool = False
    contested: bool = False

    @property
    def state(self) -> str:
        return self.steps[-1].to


def _step(action: str, role: Role, to: State, days: float) -> Step:
    # Plain text: enumerations are slow to write and to hash, a million times.
    return Step(action, role.value, to.value, days)


RECEIVE = _step("receive", Role.COMPLAINANT, State.RECEIVED, 0)
ACKNOWLEDGE = _step("acknowledge", Role.SYSTEM, State.RECEIVED, 0)
MODERATE = _step("moderate", Role.HANDLER, State.OPEN, 0.5)
ASSESS = _step("assess", Role.HANDLER, State.OPEN, 0.3)
ASSIGN = _step("assign", Role.LEAD, State.OPEN, 0.2)
INVESTIGATE = _step("investigate", Role.HANDLER, State.INVESTIGATING, 1)
NOTE = _step("note", Role.HANDLER, State.INVESTIGATING, 2)
UPDATE = _step("update", Role.HANDLER, State.INVESTIGATING, 2)
PROPOSE = _step("propose", Role.HANDLER, State.DECIDING, 4)
APPROVE = _step("approve", Role.LEAD, State.ANSWERED, 1)
ACCEPT = _step("accept", Role.COMPLAINANT, State.PUTTING_RIGHT, 3)
ACCEPT_AND_END = _step("accept", Role.COMPLAINANT, State.CLOSED, 3)
REJECT = _step("reject", Role.COMPLAINANT, State.ANSWERED, 4)
DELIVER = _step("deliver_remedy", Role.HANDLER, State.PUTTING_RIGHT, 3)
VERIFY = _step("verify_remedy", Role.LEAD, State.PUTTING_RIGHT, 1)
CLOSE = _step("close", Role.HANDLER, State.CLOSED, 1)

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
    History(_proposed, 0, 12, finding=Finding.PARTLY_UPHELD.value),
    History(_answered, 1, 12, finding=Finding.NOT_UPHELD.value),
    History((*_answered, REJECT), 1, 3, finding=Finding.NOT_UPHELD.value, contested=True),
    History((*_answered, ACCEPT), 1, 6, finding=Finding.UPHELD.value, remedy=True),
    History(
        (*_answered, ACCEPT, DELIVER, VERIFY, CLOSE),
        46,
        3,
        outcome=Outcome.UPHELD.value,
        finding=Finding.UPHELD.value,
        remedy=True,
    ),
    History(
        (*_answered, ACCEPT_AND_END),
        30,
        3,
        outcome=Outcome.NOT_UPHELD.value,
        finding=Finding.NOT_UPHELD.value,
    ),
    History((*_opened, CLOSE), 10, 2, kind=Kind.COMPLIMENT.value, outcome=Outcome.NOTED.value),
    History((*_opened, CLOSE), 10, 2, kind=Kind.QUESTION.value, outcome=Outcome.NOTED.value),
)
