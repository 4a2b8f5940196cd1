"""The form of an approval: the objectivity checklist where a case is serious or contested
(annex D)."""

from __future__ import annotations

from typing import Any

from django import forms

from complaints.backoffice.action_form import ActionForm
from complaints.lifecycle import HIGH_SEVERITY, Need
from complaints.models import Case

#: What the check is made of; asked for only where one is needed.
CHECK = ("checked", "checklist", "check_notes")


def checklist_field(need: Need, case: Case) -> forms.Field:
    """Each point to be confirmed by itself; the value is a set of codes."""
    return Checklist(
        choices=need.choices.choices if need.choices else [],
        widget=forms.CheckboxSelectMultiple,
    )


class Checklist(forms.MultipleChoiceField):
    def clean(self, value: Any) -> set[str]:
        return set(super().clean(value))


def needs_check(case: Case) -> bool:
    """The same rule as in `complaints.actions.deciding`, which decides."""
    return (case.severity or 0) >= HIGH_SEVERITY or case.contested or case.stage > 1


class ApprovalForm(ActionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_check(self.case):
            for name in CHECK:
                self.fields.pop(name, None)
