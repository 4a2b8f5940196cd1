"""Who works on cases: a first team from people who have an account already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from complaints.access import APP, HANDLE, LEAD
from complaints.actions.performing import FILL_IN
from complaints.backoffice.appearance import person_name
from complaints.models import Team, TeamMember

#: What all other languages fall back to.
DEFAULT_NAME = build_localized_fieldname("name", DEFAULT_LANGUAGE)


class People(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class Person(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


def first_team() -> Team | None:
    return Team.objects.order_by("pk").first()


def people() -> QuerySet[Any]:
    everyone = get_user_model()._default_manager.filter(is_active=True)
    return everyone.order_by("first_name", "last_name", "pk")


class PeopleForm(forms.Form):
    name = forms.CharField(
        label=_("What is the team called?"),
        max_length=120,
        error_messages={"required": FILL_IN},
    )
    members = People(
        label=_("Who works on cases?"),
        help_text=_("They see the cases of the team, with names and words."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    lead = Person(
        label=_("Who leads?"),
        help_text=_("Gives out cases, approves answers and is warned when something is late."),
        queryset=None,
        error_messages={"required": FILL_IN},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = first_team()
        for name in ("members", "lead"):
            self.fields[name].queryset = people()  # type: ignore[attr-defined]
        self.initial.setdefault("name", str(self.team or _("Customer care")))
        if self.team:
            rows = self.team.memberships.values_list("user", "is_lead")
            self.initial.setdefault("members", [user for user, _lead in rows])
            self.initial.setdefault("lead", next((user for user, lead in rows if lead), None))

    @transaction.atomic
    def save(self, by: Any) -> list[str]:
        """Add to the team whoever is named; nobody is taken out here. Gives the names of those who
        lack a role that `by` may not give."""
        data = self.cleaned_data
        team = self.team or Team()
        team.name = data["name"]
        if not getattr(team, DEFAULT_NAME):
            setattr(team, DEFAULT_NAME, data["name"])
        team.save()
        chosen = [*data["members"], *({data["lead"]} - set(data["members"]))]
        known = {member.user_id: member for member in team.memberships.all()}
        for user in chosen:
            member = known.get(user.pk) or TeamMember(team=team, user=user)
            member.is_lead = member.is_lead or user == data["lead"]
            member.save()
        lacking = [(user, LEAD if user == data["lead"] else HANDLE) for user in chosen]
        return [
            person_name(user)
            for user, permission in lacking
            if not user.has_perm(permission) and not _give(user, permission, by)
        ]


def _give(user: Any, permission: str, by: Any) -> bool:
    """Put them into a group that carries the role, where the one who asks may do so at all."""
    if not by.has_perm("auth.change_user"):
        return False
    group = _plainest_group(permission)
    if group is not None:
        user.groups.add(group)
    return group is not None


def _plainest_group(permission: str) -> Group | None:
    """The group with the fewest rights that carries the role: nobody gets more than is needed."""
    having = {
        "permissions__codename": permission.split(".")[1],
        "permissions__content_type__app_label": APP,
    }
    found = Group.objects.filter(pk__in=Group.objects.filter(**having).values("pk"))
    return found.annotate(rights=Count("permissions")).order_by("rights", "pk").first()
