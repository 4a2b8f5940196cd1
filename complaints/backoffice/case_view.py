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

from complaints.access import Actor, has_role, is_open_to_action, sees_personal_data
from complaints.backoffice.access_log import log_view
from complaints.backoffice.appearance import (
    Tag,
    complainant_name,
    held_tag,
    kind_tag,
    language,
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
from complaints.backoffice.owed import owed_in
from complaints.backoffice.people_panel import (
    everybody,
    leads_of,
    load_of,
    named_in,
    parts,
    restrictions_on,
)
from complaints.backoffice.presence import others_here
from complaints.backoffice.related import linked_cases, same_person
from complaints.backoffice.sections import case_sections, party_entries
from complaints.backoffice.similar import similar_cases
from complaints.backoffice.timeline import timeline
from complaints.backoffice.translating_view import may_translate
from complaints.backoffice.typing import TYPING, WRITE, draft_url, kept
from complaints.lifecycle import ACTIONS, Priority
from complaints.models import Case, Decision, Issue, Outreach, Remedy
from complaints.models.case import CaseQuerySet
from complaints.translating import is_switched_on

#: Actions that a panel offers beside what they are about.
OFFERED_IN_PANELS = (
    "link", "unlink", "merge", "record_named", "record_outreach", "lift_restriction",
)  # fmt: skip


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
        if self.case.legal_hold:
            tags.append(Tag(_("On hold: nothing is deleted"), "lock", "lock"))
        if self.case.confidential:
            tags.append(Tag(_("Confidential"), "lock", "lock"))
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

    def may(self, name: str) -> bool:
        """The state allows this action, and the viewer has a part that the table names for it."""
        action = ACTIONS.get(name)
        return (
            action is not None
            and is_open_to_action(self.case, action)
            and has_role(Actor.staff(self.request.user), self.case, action)
        )


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
        context = super().get_context_data(**kwargs)
        context |= {
            "show_all": show_all,
            "sections": case_sections(case, words=self.words, empty=show_all),
            "remedies": remedies,
            "timeline": timeline(case, words=self.words),
            "offers": offers_for(case, user, remedies),
            "decisions": list(case.decisions.select_related("proposed_by", "approved_by")),
        }
        context |= self.our_side()
        context |= self.what_is_owed(remedies, context["complainant"], context["outreach"])
        if self.words:
            context |= self.personal(show_all)
        context["issues"] = issues_of(
            case, words=self.words, files=context.get("files", ()), issues=self.issues
        )
        context["own_proposal"] = self.is_own_proposal(context["decisions"])
        return context

    @cached_property
    def issues(self) -> list[Issue]:
        return list(self.case.issues.select_related("category", "promise"))

    def what_is_owed(
        self, remedies: list[Remedy], complainant: str, outreach: list[Outreach]
    ) -> dict[str, Any]:
        """To whom, by when, and why that date."""
        calendar = Calendars()
        clocks = clock_words(self.case, calendar.of(self.case), self.now)
        return {
            "due": calendar.due_words(self.case, self.now),
            "due_why": reasons_for_due(self.case, clocks),
            "clocks": clocks,
            "owed": owed_in(
                self.case,
                complainant=complainant,
                clocks=clocks,
                remedies=remedies,
                outreach=outreach,
                calendar=calendar.of(self.case),
                now=self.now,
            ),
        }

    def our_side(self) -> dict[str, Any]:
        """Who works on it, who is complained about, and who goes to the others affected."""
        case, user = self.case, self.request.user
        involved = everybody(case)
        return {
            "leads": leads_of(case),
            "parts": parts(involved),
            "named": named_in(case, user, involved),
            "load": load_of(case, user),
            "outreach": list(case.outreach.select_related("owner", "done_by")),
            "others_here": others_here(case, user, self.now),
            "may": {name: self.may(name) for name in OFFERED_IN_PANELS},
            "may_translate": self.words and self.may("translate"),
        }

    def personal(self, show_all: bool) -> dict[str, Any]:
        """Names, words and files: only for who may read them."""
        case = self.case
        representative = case.representative
        files = list(case.attachments.select_related("question"))
        mails = mails_to_the_person(case)
        talk = conversation(case, files, everything=self.request.GET.get("messages") == "all")
        return {
            "talk": talk,
            "conversation": talk.rest,
            "works_on_it": may_translate(self.request.user, case),
            "translator_is_on": is_switched_on(),
            "troubles": troubles(case, mails),
            "to_tell": to_tell(mails),
            "consents": list(case.consents.all()),
            "files": files,
            "authority_files": [file for file in files if file.is_authority],
            "complainant_entries": party_entries(case.complainant, case, empty=show_all),
            "representative_entries": (
                party_entries(representative, case, empty=show_all) if representative else []
            ),
            **self.begun(),
            "submission_ids": [uuid.uuid4().hex, uuid.uuid4().hex],
            "restrictions": restrictions_on(case, self.request.user, timezone.localdate()),
        } | self.beside_it()

    def begun(self) -> dict[str, Any]:
        """What the viewer has typed and not sent, and the boxes filled with it where chosen."""
        begun = kept(self.case, self.request.user, self.now)
        used = self.request.GET.get("draft")
        boxes = {draft.action: draft.text for draft in begun if draft.action == used}
        return {
            "begun": [draft for draft in begun if draft.action not in boxes],
            "write_box": boxes.get(WRITE, ""),
            "note_box": boxes.get("note", ""),
        }

    def beside_it(self) -> dict[str, Any]:
        """Other cases: linked, of the same person, perhaps about the same."""
        case, user = self.case, self.request.user
        linked, related = linked_cases(case, user), same_person(case, user)
        apart = {link.case.pk for link in linked}
        return {
            "linked": linked,
            "related": related,
            "similar": similar_cases(case, self.issues, user, apart=apart),
        }

    def is_own_proposal(self, decisions: list[Decision]) -> bool:
        """The viewer wrote the answer that waits for somebody else."""
        waits = self.case.state == "deciding" and bool(decisions)
        return waits and decisions[-1].proposed_by_id == self.request.user.pk
