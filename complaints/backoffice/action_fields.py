"""From what an action needs (`complaints.lifecycle.Need`) to a field of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from complaints.access import HANDLE
from complaints.actions.assessment import is_under_review, took_part
from complaints.actions.performing import FILL_IN
from complaints.backoffice.appearance import person_name
from complaints.lifecycle import Need, Scale, Severity
from complaints.models import Case, Category, Involvement, Remedy, RemedyKind, Team

#: Up to this many choices are shown side by side instead of in a list.
FEW = 5


def people_to_assign(case: Case) -> QuerySet[Any]:
    """Who may get it: active, allowed to handle, in the team, not barred, new to a review.

    The same rule as `complaints.access.may_be_assigned`, which decides; as one query.
    """
    app, codename = HANDLE.split(".")
    permission = {"content_type__app_label": app, "codename": codename}
    may = Q(is_superuser=True)
    for path in ("user_permissions", "groups__permissions"):
        may |= Q(**{f"{path}__{key}": value for key, value in permission.items()})
    people = get_user_model()._default_manager.filter(may, is_active=True)
    if case.team_id is not None:
        people = people.filter(Q(complaint_memberships__team=case.team_id) | Q(is_superuser=True))
    if is_under_review(case):
        people = people.exclude(took_part(case))
    barred = case.involvements.filter(part__in=Involvement.BARRED).values("user")
    return people.exclude(pk__in=barred).distinct().order_by("first_name", "last_name", "pk")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class RemedyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return remedy_words(obj)


def remedy_words(remedy: Remedy) -> str:
    """ "Refund: postage back, 20.00 EUR"."""
    words = str(remedy.kind)
    if remedy.description:
        words = f"{words}: {remedy.description}"
    if remedy.amount is not None:
        words = f"{words}, {remedy.amount} {remedy.currency}".rstrip()
    return words


def _choice(need: Need, case: Case) -> forms.Field:
    choices = list(need.choices.choices) if need.choices else []
    if need.required and len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=choices if need.required else [("", "—"), *choices])


def _severity(need: Need, case: Case) -> forms.Field:
    return forms.TypedChoiceField(
        choices=Severity.choices, coerce=int, empty_value=None, widget=forms.RadioSelect
    )


def _scale(need: Need, case: Case) -> forms.Field:
    return forms.ChoiceField(choices=Scale.choices, widget=forms.RadioSelect)


def _remedy(need: Need, case: Case) -> forms.Field:
    open_ones = case.remedies.filter(verified_at=None).select_related("kind")
    return RemedyField(queryset=open_ones, empty_label=None, widget=forms.RadioSelect)


def _text(need: Need, case: Case) -> forms.Field:
    return forms.CharField(max_length=200, widget=forms.TextInput)


def _long_text(need: Need, case: Case) -> forms.Field:
    return forms.CharField(max_length=20000, widget=AdminAutoHeightTextInput(attrs={"rows": 5}))


def _case(need: Need, case: Case) -> forms.Field:
    return forms.CharField(
        max_length=40, widget=forms.TextInput(attrs={"placeholder": "C-XXXX-XXXX"})
    )


def _amount(need: Need, case: Case) -> forms.Field:
    return forms.DecimalField(max_digits=12, decimal_places=2, min_value=0)


FIELDS: dict[str, Callable[[Need, Case], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "choice": _choice,
    "yes_no": lambda need, case: forms.BooleanField(),
    "date": lambda need, case: forms.DateField(widget=AdminDateInput),
    "user": lambda need, case: PersonField(queryset=people_to_assign(case)),
    "category": lambda need, case: forms.ModelChoiceField(
        queryset=Category.objects.filter(is_active=True)
    ),
    "team": lambda need, case: forms.ModelChoiceField(
        queryset=Team.objects.all(),
        empty_label=_("The team of the category"),
    ),
    "severity": _severity,
    "scale": _scale,
    "remedy": _remedy,
    "remedy_kind": lambda need, case: forms.ModelChoiceField(
        queryset=RemedyKind.objects.filter(is_active=True)
    ),
    "amount": _amount,
    "case": _case,
}
#: Needs with a form of their own inside the form (`complaints.backoffice.proposal_form`).
COMPOSITE = frozenset({"issue_findings", "remedies"})


def field_for(need: Need, case: Case) -> forms.Field:
    """The form field of one need."""
    field = FIELDS[need.kind](need, case)
    field.label = str(need.label)
    field.help_text = str(need.hint or "")
    field.required = need.required
    return asking_kindly(field)


def asking_kindly(field: forms.Field) -> forms.Field:
    """The field with our own words where it was left empty."""
    field.error_messages["required"] = FILL_IN
    return field
