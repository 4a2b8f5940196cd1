"""What one action needs, asked once for all chosen cases."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.access import HANDLE, LEAD
from complaints.backoffice.action_fields import PersonField, asking_kindly, field_for
from complaints.lifecycle import ACTIONS, Action, Need
from complaints.models import Case

#: At once, in one request.
MOST = 500
#: Actions that mean the same for many cases, in the order of the menu.
FOR_MANY = (
    "assign", "recategorise", "update", "note", "acknowledge", "set_confidential", "close",
)  # fmt: skip
EXPORT = "export"


def actions_for_many() -> list[Action]:
    return [ACTIONS[name] for name in FOR_MANY if name in ACTIONS]


def offered_to(user: Any) -> list[tuple[str, str | LazyText]]:
    """The menu below a list: what is done is decided case by case."""
    offers: list[tuple[str, str | LazyText]] = []
    if user.has_perm(HANDLE) or user.has_perm(LEAD):
        offers += [(action.name, action.label) for action in actions_for_many()]
    offers.append((EXPORT, _("Export as a table (CSV)")))
    return offers


def people_for(cases: Sequence[Case]) -> QuerySet[Any]:
    """Who may get at least one of the cases; whether somebody may get each, the preview shows."""
    people = get_user_model()._default_manager.with_perm(HANDLE, is_active=True)
    teams = {case.team_id for case in cases}
    if None not in teams:
        people = people.filter(Q(complaint_memberships__team__in=teams) | Q(is_superuser=True))
    return people.distinct().order_by("first_name", "last_name", "pk")


class BulkForm(forms.Form):
    """`batch` makes a double click or a reload do nothing twice."""

    batch = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, cases: Sequence[Case], action: Action, user: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action, self.user = action, user
        for need in action.needs:
            if need.kind == "issue":
                # Of a case with one problem it need not be said, and the others' are not alike.
                continue
            self.fields[need.name] = _field(need, cases)
        self.initial = {"batch": uuid.uuid4().hex, "confidential": True} | dict(self.initial)

    @property
    def values(self) -> dict[str, Any]:
        """What `perform` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "batch"}


def _field(need: Need, cases: Sequence[Case]) -> forms.Field:
    if need.kind != "user":
        return field_for(need, cases[0])
    field = PersonField(queryset=people_for(cases), label=str(need.label), required=need.required)
    return asking_kindly(field)
