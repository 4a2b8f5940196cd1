"""From what an action needs (`complaints.lifecycle.Need`) to a field of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from complaints.access import STAFF_PERMISSIONS, who_has
from complaints.actions.performing import FILL_IN
from complaints.assigning import people_to_assign
from complaints.backoffice.appearance import person_name
from complaints.backoffice.people_panel import everybody, sees_named
from complaints.lifecycle import Need, Scale, Severity
from complaints.models import (
    Case,
    CaseLink,
    Category,
    Cause,
    Involvement,
    Remedy,
    RemedyKind,
    Team,
)
from conduct.models import Promise

__all__ = ["COMPOSITE", "FIELDS", "PersonField", "asking_kindly", "field_for", "people_to_assign"]
#: Up to this many choices are shown side by side instead of in a list.
FEW = 5
#: Characters of longer words in a list to choose from.
SHORT = 80


class PersonField(forms.ModelChoiceField):
    """Names, with the number of open cases where the query has counted them."""

    def label_from_instance(self, obj: Any) -> str:
        name, load = person_name(obj), getattr(obj, "open_cases", None)
        if load is None:
            return name
        words = ngettext("%(name)s (%(load)s open case)", "%(name)s (%(load)s open cases)", load)
        return words % {"name": name, "load": load}


class IssueField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return issue_words(obj)


class IssuesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return issue_words(obj)


class LinkField(forms.ModelChoiceField):
    """Linked cases by reference: those that the viewer may see."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def show_to(self, user: Any) -> None:
        seen = Case.objects.visible_to(user).values("pk")
        queryset: Any = self.queryset
        self.queryset = queryset.filter(case__in=seen, other__in=seen)

    def label_from_instance(self, obj: Any) -> str:
        other = obj.other if obj.case_id == self.case.pk else obj.case
        return f"{other.reference} ({obj.get_kind_display()})"


class NamedField(forms.ModelChoiceField):
    """Colleagues a case is about: for the lead, the privacy officer and who works on it."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def show_to(self, user: Any) -> None:
        if not sees_named(user, self.case, everybody(self.case)):
            queryset: Any = self.queryset
            self.queryset = queryset.none()

    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj.user)


class OutreachField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(Truncator(obj.who).chars(SHORT))


class MessageField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(Truncator(" ".join(obj.body.split())).chars(SHORT))


class FileOfCaseField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def issue_words(issue: Any) -> str:
    """ "2. Delivery: left in the rain"."""
    words = issue.summary or " ".join(issue.description.split())
    about = ": ".join(str(part) for part in (issue.category, words) if part)
    return f"{issue.number}. {Truncator(about).chars(SHORT)}"


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
    return _chosen_alone(
        RemedyField(queryset=open_ones, empty_label=None, widget=forms.RadioSelect)
    )


def _chosen_alone(field: Any) -> forms.Field:
    """What is the only one need not be chosen."""
    rows = list(field.queryset[:2])
    field.initial = rows[0].pk if len(rows) == 1 else None
    return field


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


def _user(need: Need, case: Case) -> forms.Field:
    people = people_to_assign(case)

    def least_busy() -> Any:
        """A proposal; a person decides. Asked only for a form that is shown."""
        loads = people.order_by().values_list("open_cases", "pk")
        return min(loads)[1] if case.handler_id is None and loads else None

    return PersonField(queryset=people, initial=least_busy)


def _colleague(need: Need, case: Case) -> forms.Field:
    """Who may be complained about: staff, whether or not they work on cases, and whoever worked on
    this one; no accounts of the website."""
    # A customer who complains has a part, too: the one that bars an account with their address.
    worked = case.involvements.exclude(part__in=Involvement.BARRED)
    staff = who_has("wagtailadmin.access_admin", *STAFF_PERMISSIONS)
    staff |= Q(pk__in=worked.values("user"))
    people = get_user_model()._default_manager.filter(staff, is_active=True)
    return PersonField(queryset=people.order_by("first_name", "last_name", "pk"))


def _issue(need: Need, case: Case) -> forms.Field:
    issues = case.issues.select_related("category")
    first = list(issues)
    field = IssueField(
        queryset=issues, empty_label=None, widget=forms.RadioSelect if len(first) <= FEW else None
    )
    field.initial = first[0].pk if len(first) == 1 else None
    return field


def _issues(need: Need, case: Case) -> forms.Field:
    return IssuesField(
        queryset=case.issues.select_related("category"), widget=forms.CheckboxSelectMultiple
    )


def _promise(need: Need, case: Case) -> forms.Field:
    return forms.ModelChoiceField(queryset=Promise.objects.all(), empty_label="—")


def _linked(need: Need, case: Case) -> forms.Field:
    links = CaseLink.objects.of(case).select_related("case", "other")
    return LinkField(queryset=links, case=case, empty_label=None, widget=forms.RadioSelect)


def _named(need: Need, case: Case) -> forms.Field:
    named = case.involvements.filter(part=Involvement.Part.NAMED).select_related("user")
    field = NamedField(queryset=named, case=case, empty_label=None, widget=forms.RadioSelect)
    return _chosen_alone(field)


def _checklist(need: Need, case: Case) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=need.choices.choices if need.choices else (), widget=forms.CheckboxSelectMultiple
    )


def _outreach(need: Need, case: Case) -> forms.Field:
    field = OutreachField(
        queryset=case.outreach.outstanding(), empty_label=None, widget=forms.RadioSelect
    )
    return _chosen_alone(field)


def _message(need: Need, case: Case) -> forms.Field:
    return MessageField(queryset=case.messages.public(), empty_label=None)


def _file(need: Need, case: Case) -> forms.Field:
    return FileOfCaseField(queryset=case.attachments.filter(withheld_at=None), empty_label=None)


def _language(need: Need, case: Case) -> forms.Field:
    field = forms.ChoiceField(choices=settings.LANGUAGES)
    field.initial = get_language()
    return field


FIELDS: dict[str, Callable[[Need, Case], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "choice": _choice,
    "yes_no": lambda need, case: forms.BooleanField(),
    "date": lambda need, case: forms.DateField(widget=AdminDateInput),
    "user": _user,
    "colleague": _colleague,
    "issue": _issue,
    "issues": _issues,
    "promise": _promise,
    "linked": _linked,
    "named": _named,
    "checklist": _checklist,
    "outreach": _outreach,
    "message": _message,
    "language": _language,
    "file": _file,
    "number": lambda need, case: forms.IntegerField(min_value=0, max_value=10_000_000),
    "cause": lambda need, case: forms.ModelChoiceField(
        queryset=Cause.objects.filter(is_active=True)
    ),
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
