"""Taking feedback: where the form in any page is sent to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from wagtail.models import Site

from complaints.intake.confirming import confirmation
from complaints.intake.guarded import Earlier, Files, GuardedFormView
from complaints.intake.proof_of_work import count_one
from complaints.intake.receiving import already_received, receive
from complaints.models import Case
from feedback.feedback_form import FeedbackForm
from feedback.prefilling import prefilled


class SendFeedback(GuardedFormView):
    """`feedback/send/`: a POST makes a case; a GET shows the form, for hosts without a page."""

    template_name = "conduct_feedback/feedback_page.html"
    limit_scope = "feedback"
    takes_files = True

    def get_form(self, data: Any = None) -> FeedbackForm:
        return FeedbackForm(data, initial=prefilled(self.request.GET))

    def earlier(self, token_id: str, form: forms.Form) -> Earlier:
        assert isinstance(form, FeedbackForm)
        case = already_received(token_id)
        if case is None:
            return Earlier.UNUSED
        return Earlier.SAME if _is_about(case, form) else Earlier.OTHER

    def store(self, form: forms.Form, *, token_id: str, files: Files) -> HttpResponse | None:
        """Answered without a redirect: no key in an address. A reload gives the same."""
        assert isinstance(form, FeedbackForm)
        site = Site.find_for_request(self.request)
        if site is None:
            raise Http404
        data = form.cleaned_data
        count_one(site)
        receipt = receive(
            form.to_submission(
                site=site,
                token_id=token_id,
                files=files.accepted,
                verdict=self.verdict(data["words"], [data["name"]], token_id, site),
            )
        )
        if not receipt.created and not _is_about(receipt.case, form):
            return None
        return render(
            self.request,
            "conduct_feedback/feedback_confirmation.html",
            confirmation(receipt, refused=files.refused),
        )


def _is_about(case: Case, form: FeedbackForm) -> bool:
    """Whether a case says what this form says: it was sent twice, not changed between."""
    sent = form.to_submission(site=case.site, token_id="")
    return (
        case.original_hash == Case.hash_original(sent.description)
        and case.kind == sent.kind
        and all(getattr(case, name) == value for name, value in sent.details.items())
        and all(getattr(case.complainant, name) == v for name, v in sent.complainant.items())
    )
