"""What a sender can do with the receipt, and where anyone can check one. No session, no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Site

from complaints.intake.confirming import confirmation, may_mail, read_receipt
from complaints.intake.limits import within_limit
from complaints.intake.mailing_receipt import MailForm, TooManyMailsError, mail_receipt
from complaints.intake.receipt_signature import Check, check
from complaints.intake.receipts import receipt_pdf, receipt_text, received_in_words
from complaints.intake.same_site import is_from_own_site
from complaints.intake.submission import Receipt
from complaints.models import Case
from conduct import pdf

TEMPLATES = "conduct_complaints/intake"
PDFS_PER_HOUR = 60
CHECKS_PER_HOUR = 120
View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """For pages with the key in them: kept by no cache, named in no report, sent to no other site.

    They know no session, so they need no CSRF token.
    """

    @csrf_exempt
    @sensitive_post_parameters()
    @sensitive_variables()
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def site_or_404(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def receipt_or_404(request: HttpRequest) -> Receipt:
    """The receipt that the page just showed; given to nobody who guesses."""
    try:
        return read_receipt(request.POST.get("receipt", ""), site_or_404(request))
    except (signing.BadSignature, Case.DoesNotExist) as error:
        raise Http404 from error


def _download(content: str | bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@private
@require_POST
def text_file(request: HttpRequest) -> HttpResponse:
    """The receipt as a text file."""
    receipt = receipt_or_404(request)
    text = receipt_text(receipt, get_language() or "")
    return _download(text, f"{receipt.case.reference}.txt", "text/plain; charset=utf-8")


@private
@require_POST
def pdf_file(request: HttpRequest) -> HttpResponse:
    """The receipt as a PDF; 404 where the extra is not installed."""
    receipt = receipt_or_404(request)
    if not pdf.is_available():
        raise Http404
    if not within_limit(request, "receipt-pdf", PDFS_PER_HOUR):
        return _page_again(request, receipt, is_pdf_late=True, status=429)
    content = receipt_pdf(receipt, get_language() or "")
    return _download(content, f"{receipt.case.reference}.pdf", "application/pdf")


@private
@require_POST
def page_again(request: HttpRequest) -> HttpResponse:
    """The confirmation once more, for somebody who comes back from mailing the receipt."""
    return _page_again(request, receipt_or_404(request))


def _page_again(
    request: HttpRequest, receipt: Receipt, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = confirmation(receipt, signed=request.POST["receipt"]) | more
    response = render(request, f"{TEMPLATES}/confirmation.html", context, status=status)
    return _later(response)


def _later(response: HttpResponse) -> HttpResponse:
    if response.status_code == 429:
        response["Retry-After"] = "1800"
    return response


@private
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Send the receipt to an address that is then forgotten."""
    receipt = receipt_or_404(request)
    form = MailForm(request.POST)
    if not is_from_own_site(request):
        return _mail_page(request, receipt, form, status=403, is_foreign=True)
    if not form.is_valid():
        return _mail_page(request, receipt, form, status=422)
    address = form.cleaned_data["email"]
    language, now = get_language() or "", timezone.now()
    try:
        if not may_mail(receipt.case):
            raise TooManyMailsError
        mail_receipt(request, receipt, address, language=language, now=now)
    except TooManyMailsError:
        return _mail_page(request, receipt, form, status=429, is_refused=True)
    return _mail_page(request, receipt, form, sent_to=address)


def _mail_page(
    request: HttpRequest, receipt: Receipt, form: MailForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "mail_form": form,
        "party": receipt.case.correspondent,
        "signed_receipt": request.POST["receipt"],
        **more,
    }
    response = render(request, f"{TEMPLATES}/receipt_mail.html", context, status=status)
    return _later(response)


class CheckForm(forms.Form):
    """The text of a receipt, or its code."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("The receipt, or its signature code"),
        help_text=_(
            "Copy the whole text, from the first line to the last. The key above the first line "
            "is not needed: leave it out."
        ),
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "dir": "auto", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"required": _("Paste the text of the receipt, or its signature code.")},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: HttpRequest) -> HttpResponse:
    """Whether a receipt is ours and unchanged. Reads no case: only what the paper says is told."""
    site = site_or_404(request)
    if request.method != "POST":
        return _check_page(request, CheckForm(auto_id="check-%s"))
    try:
        form = CheckForm(request.POST, auto_id="check-%s")
    except RequestDataTooBig:
        return render(request, f"{TEMPLATES}/too_much.html", status=413)
    if not is_from_own_site(request):
        return _check_page(request, form, status=403, is_foreign=True)
    if not form.is_valid():
        return _check_page(request, form, status=422)
    if not within_limit(request, "check-receipt", CHECKS_PER_HOUR):
        return _check_page(request, form, status=429, is_late=True)
    answer = check(form.cleaned_data["text"])
    return _check_page(request, CheckForm(auto_id="check-%s"), **_answer(answer, site))


def _answer(answer: Check, site: Site) -> dict[str, Any]:
    received = received_in_words(answer.says.received_at, site) if answer.says else ""
    return {"answer": answer, "received_at": received}


def _check_page(
    request: HttpRequest, form: CheckForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, **more}
    return _later(render(request, f"{TEMPLATES}/check_receipt.html", context, status=status))
