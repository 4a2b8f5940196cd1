"""The addresses that the complaint form talks to. None of them knows a session or a user."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Site

from complaints.intake.complaint_form import ComplaintForm
from complaints.intake.confirming import confirmation, receipt_text
from complaints.intake.guarded import Earlier, Files, GuardedFormView
from complaints.intake.receiving import already_received, receive
from complaints.intake.showing import form_context
from complaints.intake.submission import Receipt
from complaints.intake.submitting import is_the_same
from complaints.intake.tokens import new_token
from complaints.models import Case


def site_of(request: HttpRequest) -> Site:
    """The site that was asked; 404 where none answers."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """A fresh one-time token, for `form.js`."""
    response = JsonResponse({"token": new_token()})
    response["Cache-Control"] = "no-store"
    return response


class SendView(GuardedFormView):
    """Take a complaint. A GET shows the same form, for hosts without a page for it."""

    template_name = "conduct_complaints/intake/form_page.html"
    takes_files = True
    #: No case had the token when it was looked for.
    is_new = False

    def get_form(self, data: Any = None) -> forms.Form:
        return ComplaintForm(data, initial={"promise": self.request.GET.get("promise", "")})

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
        submission = form.to_submission(
            site=site_of(self.request), token_id=token_id, files=files.accepted
        )
        receipt = receive(submission, is_new=self.is_new)
        if not receipt.created and not is_the_same(receipt.case, form.cleaned_data):
            return None
        return self.confirm(receipt, files)

    def confirm(self, receipt: Receipt, files: Files) -> HttpResponse:
        """No redirect: the key must not be in an address. A reload gives the same again."""
        context = confirmation(receipt, refused=files.refused)
        return render(self.request, "conduct_complaints/intake/confirmation.html", context)


@csrf_exempt
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """Reference, key and dates as a text file, for somebody who has just seen them."""
    try:
        reference, text = receipt_text(
            request.POST.get("receipt", ""), site_of(request), get_language() or ""
        )
    except (signing.BadSignature, Case.DoesNotExist) as error:
        raise Http404 from error
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference}.txt"'
    response["Cache-Control"] = "private, no-store"
    return response
