"""The addresses that the complaint form talks to. None of them knows a session or a user."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from complaints.intake import limits
from complaints.intake.complaint_form import ComplaintForm
from complaints.intake.confirming import confirmation
from complaints.intake.drafting.starting import begin, site_of
from complaints.intake.guarded import Earlier, Files, Guard, GuardedFormView, Hurdle
from complaints.intake.proof_of_work import count_one
from complaints.intake.receiving import already_received, receive
from complaints.intake.same_site import is_from_own_site
from complaints.intake.showing import form_context
from complaints.intake.submission import Receipt
from complaints.intake.submitting import is_the_same, names_in, submission_from
from complaints.intake.tokens import new_token


class SendView(GuardedFormView):
    """Take a complaint. A GET shows the same form, for hosts without a page for it."""

    template_name = "conduct_complaints/intake/form_page.html"
    takes_files = True
    #: No case had the token when it was looked for.
    is_new = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.bound_form(request)
        if isinstance(form, HttpResponse):
            return form
        go = request.POST.get("go", "send")
        if go == "send" or not is_from_own_site(request):
            return super().post(request, *args, **kwargs)
        if not limits.within_limit(request, "draft", 4 * limits.submissions_per_hour()):
            return self.show(form, Guard(new_token(), Hurdle.LIMIT))
        return begin(request, go)  # type: ignore[return-value]

    def get_form(self, data: Any = None) -> ComplaintForm:
        initial = {name: self.request.GET.get(name, "") for name in ("promise", "category")}
        return ComplaintForm(data, initial=initial, site=site_of(self.request))

    def get_context(self) -> dict[str, Any]:
        return form_context(self.request)

    def earlier(self, token_id: str, form: forms.Form) -> Earlier:
        case = already_received(token_id)
        self.is_new = case is None
        if case is None:
            return Earlier.UNUSED
        return Earlier.SAME if is_the_same(case, form.cleaned_data) else Earlier.OTHER

    def store(self, form: forms.Form, *, token_id: str, files: Files) -> HttpResponse | None:
        assert isinstance(form, ComplaintForm)
        site = site_of(self.request)
        count_one(site)
        submission = submission_from(
            [form.told],
            form.cleaned_data,
            site=site,
            token_id=token_id,
            files=files.accepted,
            verdict=self.verdict(
                form.cleaned_data["description"], names_in(form.cleaned_data), token_id, site
            ),
        )
        receipt = receive(submission, is_new=self.is_new)
        if not receipt.created and not is_the_same(receipt.case, form.cleaned_data):
            return None
        return self.confirm(receipt, files)

    def confirm(self, receipt: Receipt, files: Files) -> HttpResponse:
        """No redirect: the key must not be in an address. A reload gives the same again."""
        context = confirmation(receipt, refused=files.refused)
        return render(self.request, "conduct_complaints/intake/confirmation.html", context)
