"""The form of an assessment: what it suggests, with the reasons, before somebody decides (7.5)."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from complaints.actions.assessment import ASSESSED, proposed_priority
from complaints.backoffice.action_form import ActionForm
from complaints.conflicts import colleagues_in_words
from complaints.lifecycle import Priority, Route
from complaints.routing import proposed_route


@dataclass(frozen=True)
class Suggestion:
    priority: str
    route: str
    reasons: tuple[str, ...]


class AssessmentForm(ActionForm):
    """What stands in the fields now is judged as `assess` will judge it; nothing is stored."""

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """None while it is not said how serious it is."""
        case = copy.copy(self.case)
        for name in ASSESSED:
            setattr(case, name, self._now(name))
        if case.severity is None:
            return None
        priority = proposed_priority(
            severity=case.severity,
            safety=case.safety,
            impact=case.impact,
            immediate_needed=case.immediate_needed,
            vulnerable=case.vulnerable,
        )
        route = proposed_route(case, self.user)
        return Suggestion(
            str(Priority(priority).label),
            str(Route(route.route).label) if route.route else "",
            route.reasons,
        )

    @cached_property
    def colleagues(self) -> list[Any]:
        """Whom the words name, and nobody has said yet whether the complaint is about them."""
        return colleagues_in_words(self.case)

    def _now(self, name: str) -> object:
        """What was typed, as a value of the case; of what can't be one, what the case has."""
        field = self.fields[name]
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        stored = getattr(self.case, name)
        if not self.is_bound:
            return stored
        if isinstance(stored, bool):
            return bool(typed)
        if name == "severity":
            return int(typed) if str(typed).isdigit() else None
        return str(typed or "")
