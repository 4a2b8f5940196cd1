"""One case on one screen: what was said, where it stands, what can be done now."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.widgets.button import Button

from complaints.access import PROTECT
from complaints.backoffice.access_log import log_view
from complaints.backoffice.clock_panel import clock_words, reasons_for_due
from complaints.backoffice.conversation import conversation, mails_to_the_person, to_tell, troubles
from complaints.backoffice.due_words import Calendars
from complaints.backoffice.issues import issues_of
from complaints.backoffice.looking import may_be_shown
from complaints.backoffice.offers import offers_for
from complaints.backoffice.one_case import OneCaseMixin, attach_editions
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
from complaints.backoffice.related import goes_on_and_linked, same_person
from complaints.backoffice.sections import case_sections, party_entries
from complaints.backoffice.similar import similar_cases
from complaints.backoffice.timeline import timeline
from complaints.backoffice.translating_view import may_translate
from complaints.backoffice.typing import WRITE, kept
from complaints.models import Decision, Issue, Outreach, Remedy
from complaints.translating import is_switched_on

__all__ = ["CaseView", "OneCaseMixin"]

#: Actions that a panel offers beside what they are about.
OFFERED_IN_PANELS = (
    "link", "unlink", "merge", "record_named", "record_outreach", "review_restriction",
)  # fmt: skip


class CaseView(OneCaseMixin, View):
    template_name = "conduct_complaints/backoffice/case.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.words:
            log_view(self.case, request.user, self.now)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.case, self.request.user
        attach_editions(case)
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
            "offers": offers_for(case, user, remedies, self.facts),
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

    def get_header_more_buttons(self) -> list[Any]:
        url = reverse("conduct_complaints_admin:print", args=[self.case.reference])
        buttons = [Button(_("Print the sheet"), url=url, icon_name="doc-full", priority=10)]
        if self.request.user.has_perm(PROTECT) and self.case.redactions.exists():
            url = reverse("conduct_complaints_admin:redacted", args=[self.case.reference])
            label = _("What was blacked out")
            buttons.append(Button(label, url=url, icon_name="no-view", priority=20))
        return buttons

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
            "files_listed": [(file, may_be_shown(file)) for file in files],
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
        """Other cases: joined, linked, of the same person, perhaps about the same."""
        case, user = self.case, self.request.user
        goes_on, linked = goes_on_and_linked(case, user)
        apart = {link.case.pk for link in linked} | ({goes_on.pk} if goes_on else set())
        return {
            "goes_on": goes_on,
            "linked": linked,
            "related": same_person(case, user),
            "similar": similar_cases(case, self.issues, user, apart=apart),
        }

    def is_own_proposal(self, decisions: list[Decision]) -> bool:
        """The viewer wrote the answer that waits for somebody else."""
        waits = self.case.state == "deciding" and bool(decisions)
        return waits and decisions[-1].proposed_by_id == self.request.user.pk
