"""What every way of ending a case has in common."""

from __future__ import annotations

from functools import partial

from complaints.actions.doing import Doing
from complaints.lifecycle import Outcome, State
from complaints.models import Case, ClockName
from complaints.signals import case_closed

#: Ends that are no handling at all: nobody is asked how satisfied they are.
NOT_HANDLED = frozenset({Outcome.OUT_OF_SCOPE, Outcome.DUPLICATE, Outcome.ABUSE})


def end_case(doing: Doing, outcome: str) -> None:
    """Close the case with its outcome, stop its clocks, and tell the layers above after commit."""
    case = doing.case
    case.state = State.CLOSED
    case.outcome = outcome
    case.closed_at = doing.now
    doing.event_data["outcome"] = str(outcome)
    doing.clocks.stop(*ClockName.values, at=doing.now)
    if outcome not in NOT_HANDLED:
        doing.after_commit.append(partial(_announce, case.pk, doing))


def _announce(pk: int, doing: Doing) -> None:
    case = Case.objects.get(pk=pk)
    case_closed.send_robust(sender=Case, case=case, outcome=case.outcome, at=doing.now)
