"""The last step: everything once more, then sending it, once (WCAG 3.3.4; 7.2)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from complaints.intake import limits, proof_of_work, staging
from complaints.intake.confirming import confirmation
from complaints.intake.drafting import drafts
from complaints.intake.drafting.answers import raw_from
from complaints.intake.drafting.files import files_of
from complaints.intake.drafting.joining import add_to_case, open_case_about
from complaints.intake.drafting.step_views import LANGUAGE, DraftView, chosen_language, step_url
from complaints.intake.drafting.steps import CHECK, OTHER_STEPS, Sheet
from complaints.intake.drafting.summary import sections
from complaints.intake.guarded import Hurdle
from complaints.intake.receiving import key_of, receive
from complaints.intake.spam import judge
from complaints.intake.submission import Receipt
from complaints.intake.submitting import names_in, submission_from
from complaints.references import key_matches

TOO_FAST = timedelta(seconds=3)
STEP = OTHER_STEPS[-1]


@dataclass(frozen=True)
class Sending:
    """What stands between the button and the case."""

    hurdle: Hurdle | None = None
    changed: bool = False


class CheckView(DraftView):
    """Show all answers with a way to change each; send them on a POST."""

    shows_sent = True

    def get(self, request: Any, public_id: UUID) -> HttpResponseBase:
        if self.opened.draft.case_id:
            return self.sent_before()
        return self.show(Sending())

    def post(self, request: Any, public_id: UUID) -> HttpResponseBase:
        go = request.POST.get("go", "send")
        self.keep_permissions()
        if self.opened.draft.case is not None:
            # Sent before, or by the other of two clicks at this moment.
            drafts.give_files(self.opened.draft, self.now)
            earlier = self.earlier_receipt()
            if not key_matches(earlier.key, earlier.case.key_hash):
                # It got another key since: this one opens nothing any more.
                return redirect("conduct_complaints:tracking")
            return self.confirm(earlier)
        if go == "send":
            # All that was looked at: what another window changed since is shown first.
            if request.POST.get("seen", "") != self.seen():
                return self.show(Sending(changed=True))
            return self.send()
        return self.go_elsewhere(go)

    def seen(self) -> str:
        """Changes with everything that this page shows; its own two boxes come with the form."""
        names = "/".join(file.stored for file in files_of(self.opened))
        text = f"{self.opened.answers.digest_but(CHECK)} {names}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def keep_permissions(self) -> None:
        raw = raw_from(self.request.POST, STEP.part.base_fields if STEP.part else ())
        self.opened = drafts.keep(self.opened, CHECK, raw, seen=None, now=self.now)

    def go_elsewhere(self, go: str) -> HttpResponseBase:
        if go.startswith(LANGUAGE):
            return redirect(step_url(self.opened, CHECK, chosen_language(go)))
        if go == "join":
            case = open_case_about(self.request, self.opened.answers, self.now)
            if case is not None:
                add_to_case(self.request, case, self.opened, self.sheet(), self.now)
                return redirect("conduct_complaints:tracking")
        if go == "later":
            return redirect("conduct_complaints:later", public_id=self.opened.draft.public_id)
        return redirect(step_url(self.opened, "support"))

    def send(self) -> HttpResponseBase:
        sheet = self.sheet()
        if sheet.to_mend:
            return self.show(Sending(), sheet=sheet)
        if not limits.within_limit(self.request, "send", limits.submissions_per_hour()):
            return self.show(Sending(Hurdle.LIMIT), sheet=sheet)
        draft, told = self.opened.draft, sheet.told
        submission = submission_from(
            told,
            sheet.data,
            site=draft.site,
            token_id=draft.token_id,
            files=files_of(self.opened),
            verdict=self.verdict(sheet),
            draft=draft,
        )
        proof_of_work.count_one(draft.site)
        receipt = receive(submission)
        if not receipt.lost_files:
            staging.DRAFTS.discard(draft.token_id)
        return self.confirm(receipt)

    def verdict(self, sheet: Sheet) -> Any:
        draft = self.opened.draft
        text = "\n".join(told.data["description"] for told in sheet.told)
        proof = self.request.POST.get("proof", "")
        return judge(
            text,
            names=names_in(sheet.data),
            honeypot="honeypot" in self.opened.answers.signs,
            too_fast=self.now - draft.created_at < TOO_FAST,
            proof_missing=proof_of_work.is_missing(draft.site, draft.token_id, proof),
        )

    def earlier_receipt(self) -> Receipt:
        """It was sent before: the same reference and key again."""
        draft = self.opened.draft
        assert draft.case is not None
        return Receipt(draft.case, key_of(draft.token_id), created=False)

    def confirm(self, receipt: Receipt) -> HttpResponse:
        """No redirect: the key must not be in an address. A reload gives the same again."""
        return render(
            self.request, "conduct_complaints/intake/confirmation.html", confirmation(receipt)
        )

    def sent_before(self) -> HttpResponse:
        context = {"draft": self.opened.draft, "case": self.opened.draft.case}
        return render(self.request, "conduct_complaints/intake/draft_sent.html", context)

    def show(self, sending: Sending, *, sheet: Sheet | None = None) -> HttpResponse:
        sheet = sheet or self.sheet()
        draft = self.opened.draft
        context = self.context(STEP) | {
            "form": sheet.shown(STEP),
            "sections": [
                (section, step_url(self.opened, section.step.slug))
                for section in sections(sheet, files_of(self.opened))
            ],
            "to_mend": bool(sheet.to_mend) and self.request.method == "POST",
            "sending": sending,
            "seen": self.seen(),
            "challenge": proof_of_work.offer(draft.site, draft.token_id),
            "open_case": open_case_about(self.request, self.opened.answers, self.now),
        }
        status = 429 if sending.hurdle == Hurdle.LIMIT else 409 if sending.changed else 200
        if context["to_mend"]:
            status = 422
        response = render(
            self.request, "conduct_complaints/intake/check.html", context, status=status
        )
        if status == 429:
            response["Retry-After"] = "600"
        return response
