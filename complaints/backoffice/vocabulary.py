"""The organisation's own words in the admin: categories, questions, templates, teams, remedies,
causes, holidays; and who is able to do what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import permissions
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permission_policies.sites import SitePermissionPolicy

from complaints.backoffice import handling_rules
from complaints.backoffice.ability import (
    AbsenceViewSet,
    AuthorityLimitViewSet,
    CompetenceViewSet,
)
from complaints.backoffice.action_fields import PersonField
from complaints.backoffice.extra_questions import ExtraQuestionViewSet
from complaints.backoffice.listing import STYLES
from complaints.backoffice.own_words import VocabularyViewSet, language_tabs
from complaints.backoffice.reply_templates import ReplyTemplateViewSet
from complaints.models import (
    Category,
    Cause,
    HandlingSettings,
    Holiday,
    RemedyKind,
    Team,
    TeamMember,
)


class CategoryViewSet(VocabularyViewSet):
    model = Category
    name = "conduct_categories"
    icon = "tag"
    list_display = ["name", "code", "parent", "team", "is_active"]
    list_filter = ["is_active", "team"]
    search_fields = ["name", "code"]
    edit_handler = language_tabs(
        "code",
        "parent",
        "team",
        "needs_training",
        "order",
        "is_active",
        translated=("name", "quick_way"),
    )


class CauseViewSet(VocabularyViewSet):
    model = Cause
    name = "conduct_causes"
    icon = "search"
    list_display = ["name", "code", "parent", "is_active"]
    list_filter = ["parent", "is_active"]
    search_fields = ["name", "code"]
    edit_handler = language_tabs("code", "parent", "order", "is_active")


class RemedyKindViewSet(VocabularyViewSet):
    model = RemedyKind
    name = "conduct_remedy_kinds"
    icon = "success"
    list_display = ["name", "code", "family", "is_active"]
    list_filter = ["family", "is_active"]
    search_fields = ["name", "code"]
    edit_handler = language_tabs("code", "family", "order", "is_active")


class HolidayViewSet(VocabularyViewSet):
    model = Holiday
    name = "conduct_holidays"
    icon = "calendar-alt"
    list_display = ["name", "day"]
    search_fields = ["name"]
    edit_handler = language_tabs("day")


class ChangedOnly(SitePermissionPolicy):
    """For rows that come and go with their site: nobody adds or deletes one by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


WORKING_WEEKS = ChangedOnly(HandlingSettings)
if hasattr(permissions, "register_permission_policy"):  # from Wagtail 8 on
    permissions.register_permission_policy(HandlingSettings, WORKING_WEEKS)


class WorkingWeekViewSet(VocabularyViewSet):
    """The working week of each site as a list: what it is made of stands in the settings, too.

    A row holds all rules of its site, so deleting it would set all of them back.
    """

    model = HandlingSettings
    permission_policy = WORKING_WEEKS
    name = "conduct_working_weeks"
    icon = "time"
    menu_label = _("Working weeks")
    list_display = ["site", "working_weekdays", "day_ends_at", "time_zone"]
    form_fields = ["working_weekdays", "day_ends_at", "time_zone"]
    edit_handler = ObjectList([FieldPanel(name) for name in form_fields])
    ordering = ["site"]


class MemberForm(forms.ModelForm):
    user = PersonField(label=_("Person"), queryset=None)

    class Meta:
        model = TeamMember
        fields = ["user", "is_lead", "authority_limit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model()._default_manager.filter(is_active=True)
        if self.instance.user_id:
            # Who became inactive still stands in the list until taken out.
            people = people | get_user_model()._default_manager.filter(pk=self.instance.user_id)
        field: Any = self.fields["user"]
        field.queryset = people.order_by("first_name", "last_name", "pk")


Members = forms.inlineformset_factory(Team, TeamMember, form=MemberForm, extra=2, can_delete=True)


class MembersMixin:
    """A team is saved together with its members: both or neither."""

    request: HttpRequest
    object: Any

    def get_members(self, team: Team | None) -> Any:
        data = self.request.POST if self.request.method == "POST" else None
        return Members(data, instance=team or Team(), prefix="members")

    def is_valid(self, form: Any) -> bool:
        self.members = self.get_members(self.object)
        # Both are checked, so that both show what is wrong.
        members_fit = self.members.is_valid()
        form_fits = super().is_valid(form)  # type: ignore[misc]
        if form_fits and not members_fit:
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return members_fit and form_fits

    def save_instance(self) -> Any:
        team = super().save_instance()  # type: ignore[misc]
        self.members.instance = team
        self.members.save()
        return team

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        members = getattr(self, "members", None)
        context["members"] = members or self.get_members(getattr(self, "object", None))
        context["media"] += STYLES
        return context


class TeamCreateView(MembersMixin, CreateView):
    template_name = "conduct_complaints/backoffice/team_create.html"


class TeamEditView(MembersMixin, EditView):
    template_name = "conduct_complaints/backoffice/team_edit.html"


class TeamViewSet(VocabularyViewSet):
    model = Team
    name = "conduct_teams"
    icon = "group"
    list_display = ["name"]
    search_fields = ["name"]
    add_view_class = TeamCreateView
    edit_view_class = TeamEditView
    edit_handler = language_tabs()


handling_rules.put_in_order()


class ComplaintsSettings(ModelViewSetGroup):
    """Shown to who may change at least one of them."""

    items = (
        CategoryViewSet,
        ExtraQuestionViewSet,
        ReplyTemplateViewSet,
        TeamViewSet,
        CompetenceViewSet,
        AbsenceViewSet,
        AuthorityLimitViewSet,
        RemedyKindViewSet,
        CauseViewSet,
        HolidayViewSet,
        WorkingWeekViewSet,
    )
    menu_label = _("Complaints settings")
    menu_name = "conduct-complaints-settings"
    menu_icon = "cogs"
    menu_order = 9000
