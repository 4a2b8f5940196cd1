"""The form of any action, made from the table of actions; `perform` decides, the form only asks."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property

from complaints.actions.assessment import ASSESSED
from complaints.backoffice.action_fields import COMPOSITE, LinkField, NamedField, field_for
from complaints.backoffice.writing import AIDS, WritingForm
from complaints.lifecycle import Action, Refused
from complaints.models import Case

#: What a form begins with: fields of the case by the name of the action.
FROM_CASE = {
    "moderate": ("kind", "team"),
    "assess": (*ASSESSED, "route"),
    "assign": ("handler",),
    "set_confidential": ("confidential",),
    "change_kind": ("kind",),
    "investigate": ("plan",),
    "propose": ("cause", "cause_kind", "others_affected"),
    "close": ("lesson",),
}


#: Buttons and marks of the page, which are no answers.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "confirmed", "look", "translation_read"}) | AIDS


class ActionForm(WritingForm):
    """Asks for the needs of one action on one case.

    `version` is the version of the case that the person looks at; `submission_id` makes a double
    click one message.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    submission_id = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, action: Action, user: Any, **kwargs: Any) -> None:
        self.case, self.action, self.user = case, action, user
        super().__init__(*args, **kwargs)
        for need in action.needs:
            if need.kind not in COMPOSITE:
                self.fields[need.name] = field_for(need, case)
        for field in self.fields.values():
            if isinstance(field, LinkField | NamedField):
                field.show_to(user)
        self.prepare_writing()
        self.initial = self.first_values() | dict(self.initial)

    def first_values(self) -> dict[str, Any]:
        case = self.case
        values: dict[str, Any] = {
            "version": case.version,
            "submission_id": uuid.uuid4().hex,
        }
        names = FROM_CASE.get(self.action.name, ())
        values |= {name: v for name in names if (v := getattr(case, name)) is not None}
        if self.action.name == "moderate":
            issue = case.issues.select_related("category").first()
            values |= {"result": "accept", "category": issue.category if issue else None}
        return values

    @property
    def seen_version(self) -> int:
        return int(self.cleaned_data["version"])

    @cached_property
    def values(self) -> dict[str, Any]:
        """What `perform` takes."""
        return self.answers() | self.sources

    def answers(self) -> dict[str, Any]:
        """The needs with a field of their own; aids of writing are nobody's business."""
        cleaned = self.cleaned_data
        names = ["submission_id", *(need.name for need in self.action.needs)]
        return {name: cleaned[name] for name in names if name in cleaned}

    def typed(self) -> list[tuple[str, str]]:
        """All that was typed, to be carried through the preview."""
        data: Any = self.data
        return [
            (name, value) for name in data if name not in NOT_TYPED for value in data.getlist(name)
        ]

    def leave_unchecked(self) -> None:
        """Show what was typed without finding fault: the person isn't done yet."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def take_refusal(self, refused: Refused) -> None:
        """Put the words of a refusal beside their fields, and all that has none on top."""
        beside = {n: words for n, words in refused.fields.items() if n in self.fields}
        for name, words in beside.items():
            self.add_error(name, str(words))
        if not beside or str(refused.message) not in map(str, beside.values()):
            self.add_error(None, str(refused.message))

    def look_again(self) -> None:
        """After a change by somebody else: keep what was typed, take the version of now."""
        self.case.refresh_from_db()
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("version")] = str(self.case.version)
        self.data = data
