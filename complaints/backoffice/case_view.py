"""One case on one screen: what was said, where it stands, what can be done now."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import Actor, has_role, sees_personal_data
from complaints.backoffice.access_log import log_view
from complaints.backoffice.appearance import (
    Tag,
    complainant_name,
    held_tag,
    kind_tag,
    language,
    person_name,
    priority_tag,
    state_tag,
)
from complaints.backoffice.clock_panel import clock_words, reasons_for_due
from complaints.backoffice.columns import case_title
from complaints.backoffice.contact import contact_of
from complaints.backoffice.conversation import conversation, mails_to_the_person, to_tell, troubles
from complaints.backoffice.due_words import Calendars
from complaints.backoffice.entry import CaseStaffMixin, visible_case
from complaints.backoffice.issues import issues_of
from complaints.backoffice.listing import STYLES
from complaints.backoffice.offers import offers_for
from complaints.backoffice.sections import case_sections, party_entries
from complaints.backoffice.timeline import timeline
from complaints.lifecycle import ACTIONS, Priority
from complaints.models import Case, Decision, Involvement, Party
from complaints.models.case import CaseQuerySet

RELATED_SHOWN, RELATED_PEOPLE = 5, 100
#: The lead is the team's; who is named in a case or has a conflict is not for everybody to read.
NOT_LISTED = (*Involvement.BARRED, Involvement.Part.LEAD)


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
        return Case.objects.select_related(
            "complainant", "representative", "team", "handler", "site", "received_by",
            "code_edition", "policy_edition", "duplicate_of",
        )  # fmt: skip

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
        if self.case.confidential:
            tags.append(Tag(_("Confidential"), "lock", "lock"))
        if self.case.contested:
            tags.append(Tag(_("Answer rejected"), "overdue", "cross"))
        if self.case.outcome:
            tags.append(Tag(self.case.get_outcome_display()))
        return tags

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        return super().get_context_data(**kwargs) | {
            "case": case,
            "words": self.words,
            "title": case_title(case, words=self.words),
            "tags": self.tags(),
            "said_in": language(case.language),
            "complainant": complainant_name(case) if self.words else _("the complainant"),
            "contact": contact_of(case, timezone.localdate()) if self.words else None,
            "may_check_authority": self.may("check_authority"),
            "media": STYLES,
        }

    def may(self, action: str) -> bool:
        """The viewer has a part in the case that the table names for this action."""
        return has_role(Actor.staff(self.request.user), self.case, ACTIONS[action])


class CaseView(OneCaseMixin, View):
    template_name = "conduct_complaints/backoffice/case.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.words:
            log_view(self.case, request.user, self.now)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.case, self.request.user
        show_all = "all" in self.request.GET
        remedies = list(
            case.remedies.select_related("kind", "owner", "delivered_by", "verified_by")
        )
        calendars = Calendars()
        clocks = clock_words(case, calendars.of(case), self.now)
        context = super().get_context_data(**kwargs) | {
            "show_all": show_all,
            "due": calendars.due_words(case, self.now),
            "due_why": reasons_for_due(case, clocks),
            "clocks": clocks,
            "sections": case_sections(case, words=self.words, empty=show_all),
            "remedies": remedies,
            "timeline": timeline(case, words=self.words),
            "offers": offers_for(case, user, remedies),
            "decisions": list(case.decisions.select_related("proposed_by", "approved_by")),
            "leads": self.leads(),
            "parts": self.parts(),
        }
        if self.words:
            context |= self.personal(show_all)
        context["issues"] = issues_of(case, words=self.words, files=context.get("files", ()))
        context["own_proposal"] = self.is_own_proposal(context["decisions"])
        return context

    def personal(self, show_all: bool) -> dict[str, Any]:
        """Names, words and files: only for who may read them."""
        case = self.case
        representative = case.representative
        files = list(case.attachments.select_related("question"))
        mails = mails_to_the_person(case)
        return {
            "conversation": conversation(case, files),
            "troubles": troubles(case, mails),
            "to_tell": to_tell(mails),
            "consents": list(case.consents.all()),
            "files": files,
            "authority_files": [file for file in files if file.is_authority],
            "complainant_entries": party_entries(case.complainant, case, empty=show_all),
            "representative_entries": (
                party_entries(representative, case, empty=show_all) if representative else []
            ),
            "related": self.related(),
            "submission_ids": [uuid.uuid4().hex, uuid.uuid4().hex],
        }

    def leads(self) -> list[str]:
        """Whom to ask: the leads of the team."""
        if self.case.team is None:
            return []
        members = self.case.team.memberships.filter(is_lead=True, user__is_active=True)
        return [person_name(member.user) for member in members.select_related("user")]

    def parts(self) -> list[Involvement]:
        """Who of the staff has which part; not who is named or has a conflict."""
        return list(
            self.case.involvements.exclude(part__in=NOT_LISTED)
            .select_related("user")
            .order_by("since", "pk")
        )

    def related(self) -> list[Case]:
        """Other cases of the same e-mail address that the viewer may see."""
        case = self.case
        address = case.complainant.email_hash
        if not address:
            return []
        # Ids first: joined, a database may rather walk through all cases by date.
        people = Party.objects.filter(email_hash=address).order_by("-pk")
        cases = Case.objects.visible_to(self.request.user).exclude(pk=case.pk)
        return list(
            cases.filter(complainant__in=list(people.values_list("pk", flat=True)[:RELATED_PEOPLE]))
            .order_by("-received_at")
            .only("reference", "subject", "state", "received_at")[:RELATED_SHOWN]
        )

    def is_own_proposal(self, decisions: list[Decision]) -> bool:
        """The viewer wrote the answer that waits for somebody else."""
        waits = self.case.state == "deciding" and bool(decisions)
        return waits and decisions[-1].proposed_by_id == self.request.user.pk
