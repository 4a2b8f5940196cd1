"""Finishing later: the code on the screen, the link by mail, and the way back (WCAG-TIME)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from complaints.intake import limits
from complaints.intake.drafting import drafts
from complaints.intake.drafting.opening import close, let_open
from complaints.intake.drafting.step_views import DraftView, private, step_url
from complaints.intake.drafting.steps import steps_of
from complaints.intake.fields import AddressField, LineField
from complaints.intake.same_site import is_from_own_site
from complaints.models import Notice
from complaints.notices.outbox import queue_mail


class AddressForm(forms.Form):
    use_required_attribute = False

    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("We use it only to send you this link, and forget it then."),
        max_length=254,
        attrs={"autocomplete": "email"},
    )


class CodeForm(forms.Form):
    use_required_attribute = False

    code = LineField(
        label=_("Your code"),
        help_text=_("Sixteen letters and digits, such as 7K4Q-2M9X-0B3D-5F6G."),
        max_length=60,
        required=True,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "class": "key"}
        ),
        error_messages={"required": _("Type the code that you wrote down.")},
    )


class LaterView(DraftView):
    """What to keep for coming back; a mail with the link for those who want one."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        return self.show(AddressForm(auto_id="later-%s"))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        form = AddressForm(request.POST, auto_id="later-%s")
        if not form.is_valid():
            return self.show(form, status=422)
        if not limits.within_limit(request, "draft-mail", limits.submissions_per_hour()):
            return self.show(form, is_limited=True, status=429)
        address = form.cleaned_data["email"]
        if not drafts.was_mailed(self.opened, address):
            self.mail(address)
            drafts.mailed_to(self.opened, address)
        return self.show(AddressForm(auto_id="later-%s"), mailed=address)

    def mail(self, address: str) -> None:
        draft = self.opened.draft
        language = translation.get_language() or draft.language
        with translation.override(language):
            path = reverse("conduct_complaints:resume_link", args=[Notice.SECRET_MARK])
        queue_mail(
            address,
            "draft",
            site=draft.site,
            language=language,
            now=self.now,
            context={"link": f"{draft.site.root_url}{path}", "expires": draft.expires_at},
            secret=self.opened.code,
        )

    def show(self, form: forms.Form, *, status: int = 200, **more: Any) -> HttpResponse:
        draft = self.opened.draft
        step = steps_of(self.opened.answers)[0]
        context = {
            "form": form,
            "code": self.opened.code,
            "expires": draft.expires_at,
            "resume_url": f"{draft.site.root_url}{reverse('conduct_complaints:resume')}",
            "go_on_url": step_url(self.opened, step.slug),
            "delete_url": reverse("conduct_complaints:draft_delete", args=[draft.public_id]),
        }
        return render(
            self.request, "conduct_complaints/intake/later.html", context | more, status=status
        )


class DeleteView(DraftView):
    """Throw the draft away, after asking once more."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        context = {"go_on_url": step_url(self.opened, steps_of(self.opened.answers)[0].slug)}
        return render(request, "conduct_complaints/intake/draft_delete.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        drafts.throw_away(self.opened.draft)
        response = render(request, "conduct_complaints/intake/draft_deleted.html")
        close(response, public_id)
        return response


@csrf_exempt
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponseBase:
    """Type the code; a draft of one's own is opened, never somebody's behind one's back."""
    if request.method == "GET":
        return private(_ask(request, CodeForm(auto_id="resume-%s")))
    form = CodeForm(request.POST, auto_id="resume-%s")
    if not is_from_own_site(request):
        return private(_ask(request, form, status=403))
    if not limits.within_limit(request, "resume", 4 * limits.submissions_per_hour()):
        form.add_error("code", _("Too many codes were tried. Please wait an hour."))
        return private(_ask(request, form, status=429))
    if form.is_valid():
        opened = drafts.by_code(form.cleaned_data["code"], now=timezone.now())
        if opened is not None:
            return _open(request, opened)
        form.add_error(
            "code",
            _(
                "Nothing is kept under this code. Check each character; after two weeks what was "
                "kept is deleted."
            ),
        )
    return private(_ask(request, form, status=422))


def _ask(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    return render(request, "conduct_complaints/intake/resume.html", {"form": form}, status=status)


def resume_link(request: HttpRequest, code: str) -> HttpResponseBase:
    """The link from the mail: a button, so that no other site can open a draft in this browser."""
    opened = drafts.by_code(code, now=timezone.now())
    if opened is None:
        form = CodeForm({"code": code}, auto_id="resume-%s")
        form.add_error(
            "code", _("Nothing is kept here any more: it was sent, thrown away or two weeks old.")
        )
        return private(_ask(request, form, status=404))
    context = {"code": code, "draft": opened.draft}
    return private(render(request, "conduct_complaints/intake/resume_link.html", context))


def _open(request: HttpRequest, opened: drafts.Opened) -> HttpResponseBase:
    slug = steps_of(opened.answers)[0].slug
    response = redirect(step_url(opened, slug))
    let_open(response, opened, request)
    return private(response)
