"""What the screens about one case share: how it is fetched, its header, what is kept of typing."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import Actor, has_role, is_open_to_action, sees_personal_data
from complaints.backoffice.appearance import (
    Tag,
    complainant_name,
    held_tag,
    kind_tag,
    language,
    priority_tag,
    state_tag,
)
from complaints.backoffice.columns import case_title
from complaints.backoffice.contact import contact_of
from complaints.backoffice.entry import CaseStaffMixin, visible_case
from complaints.backoffice.listing import STYLES
from complaints.backoffice.typing import TYPING, draft_url, kept
from complaints.fitting import Facts
from complaints.lifecycle import ACTIONS, Priority
from complaints.models import Case
from complaints.models.case import CaseQuerySet
from conduct.models import Edition

#: What was in force: often two of the three are one.
EDITIONS = ("code_edition", "happened_edition", "policy_edition")


def attach_editions(case: Case) -> None:
    """Read the editions of a case at once, for a page that shows them."""
    keys = {field: getattr(case, f"{field}_id") for field in EDITIONS}
    found = Edition.objects.in_bulk({key for key in keys.values() if key})
    for field, key in keys.items():
        if key:
            setattr(case, field, found[key])


class OneCaseMixin(CaseStaffMixin, WagtailAdminTemplateMixin):
    """What the screens about one case share. The title is the reference, never the subject."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "folder-open-inverse"

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def case(self) -> Case:
        return visible_case(self.request, self.kwargs["reference"], self.get_cases())

    def get_cases(self) -> CaseQuerySet:
        # No more: with twice as many tables the plan alone costs more than asking for the others.
        return Case.objects.select_related(
            "complainant", "representative", "team", "handler", "site"
        )

    @cached_property
    def words(self) -> bool:
        """The viewer may read names, words and files of this case."""
        return sees_personal_data(self.request.user, self.case)

    def get_page_title(self) -> str:
        return self.case.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("conduct_complaints_admin:index"), "label": _("Cases")},
            {
                "url": reverse("conduct_complaints_admin:case", args=[self.case.reference]),
                "label": self.case.reference,
            },
        ]

    def tags(self) -> list[Tag]:
        tags = [kind_tag(self.case), state_tag(self.case)]
        if self.case.priority != Priority.NORMAL:
            tags.append(priority_tag(self.case))
        if self.case.held:
            tags.append(held_tag())
        if self.case.legal_hold:
            tags.append(Tag(_("On hold: nothing is deleted"), "lock", "lock"))
        if self.case.confidential:
            tags.append(Tag(_("Confidential"), "lock", "lock"))
        if self.case.data_condition:
            tags.append(Tag(_("Specially protected data"), "lock", "lock"))
        if self.case.contested:
            tags.append(Tag(_("Answer rejected"), "overdue", "cross"))
        if self.case.outcome:
            tags.append(Tag(self.case.get_outcome_display()))
        return tags

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        return (
            super().get_context_data(**kwargs)
            | {
                "case": case,
                "words": self.words,
                "title": case_title(case, words=self.words),
                "tags": self.tags(),
                "said_in": language(case.language),
                "complainant": complainant_name(case) if self.words else _("the complainant"),
                "contact": contact_of(case, timezone.localdate()) if self.words else None,
                "may_check_authority": self.may("check_authority"),
                "media": STYLES + TYPING,
            }
            | self.keeping()
        )

    def keeping(self) -> dict[str, Any]:
        """For the form of an action: where what is typed is kept, and what was typed before."""
        name = self.kwargs.get("action")
        if name is None or not self.words:
            return {}
        begun = {draft.action: draft for draft in kept(self.case, self.request.user, self.now)}
        is_used = self.request.GET.get("draft") == "use"
        return {
            "keep_url": draft_url(self.case, name),
            "begun_here": begun.get(name) if self.request.method == "GET" and not is_used else None,
        }

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.case)

    def may(self, name: str) -> bool:
        """The state allows this action, and the viewer has a part that the table names for it."""
        action = ACTIONS.get(name)
        return (
            action is not None
            and is_open_to_action(self.case, action, self.facts)
            and has_role(Actor.staff(self.request.user), self.case, action)
        )
