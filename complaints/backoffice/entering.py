"""Staff write down what somebody told them: the same receipt as for the public form (7.2)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from complaints.access import HANDLE, LEAD
from complaints.backoffice.entering_fields import CHANNELS
from complaints.backoffice.entering_form import EntryForm
from complaints.backoffice.letters import PRINTING, letter_of
from complaints.backoffice.listing import STYLES
from complaints.conflicts import people_named_in
from complaints.intake.receiving import already_received, receive
from complaints.intake.submission import CheckedFile, Receipt, Submission
from complaints.intake.uploads import RefusedFile, check_uploads
from complaints.lifecycle import ConsentPurpose
from complaints.models import Case, Party

#: Fields of the form that are fields of the case.
CASE_FIELDS = (
    "back_dating_reason", "product", "order_number", "place", "staff_named", "happened_on",
    "happened_when", "still_going_on", "happened_before", "earlier_contact", "effect", "urgent",
    "remedy_wanted", "elsewhere", "enclosures", "evidence_link", "other_contact",
)  # fmt: skip
PARTY_FIELDS = (
    "name", "address_as", "email", "phone", "postal_address", "contact_times", "support",
    "support_needs",
)  # fmt: skip
CONSENTS = {
    "may_be_surveyed": ConsentPurpose.SURVEY,
    "may_be_told": ConsentPurpose.STORY,
    "support_agreed": ConsentPurpose.SUPPORT,
}
#: After this time we ask again whether the support is still right.
ASK_AGAIN_AFTER = timedelta(days=365)
#: A second click or a reload shows the key again for so long, and to who wrote it down only.
KEY_SHOWN_FOR = timedelta(minutes=15)
SESSION_CHANNEL = "conduct_complaints_channel"


def may_enter(user: Any) -> bool:
    """Those who work on cases write down what they are told; who only oversees does not."""
    return bool(user.is_active and (user.has_perm(HANDLE) or user.has_perm(LEAD)))


class EntryView(WagtailAdminTemplateMixin, FormView):
    """The form, and after it the case, or what to read out to somebody without e-mail."""

    template_name = "conduct_complaints/backoffice/entry.html"
    receipt_template = "conduct_complaints/backoffice/entry_receipt.html"
    form_class = EntryForm
    page_title = gettext_lazy("Log what someone told you")
    header_icon = "edit"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        cases = {"url": reverse("conduct_complaints_admin:index"), "label": _("Cases")}
        return [*super().get_breadcrumbs_items(), cases, {"url": "", "label": self.page_title}]

    def get_initial(self) -> dict[str, Any]:
        channel = self.request.session.get(SESSION_CHANNEL, CHANNELS[0])
        return {"submission_id": uuid.uuid4().hex, "channel": channel}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context.get("form")
        media = form.media + STYLES if form else STYLES + PRINTING
        return context | {"media": media, "files_lost": bool(self.request.FILES)}

    def form_valid(self, form: EntryForm) -> HttpResponse:
        user = self.request.user
        is_named = user in people_named_in(form.cleaned_data["staff_named"])
        if is_named and "knowing" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, is_named=True))
        files, refused = self._files(form)
        submission = self._submission(form, files)
        earlier = already_received(submission.token_id or "")
        if earlier and earlier.original_hash != Case.hash_original(submission.description):
            # Another person's words in a form that was saved before, as after going back.
            submission = replace(submission, token_id=f"entry:{user.pk}:{uuid.uuid4().hex}")
        receipt = receive(submission)
        self.request.session[SESSION_CHANNEL] = form.cleaned_data["channel"]
        self._say_what_was_refused(refused, receipt.lost_files)
        return self._after(receipt, is_named=is_named)

    # What goes in

    def _files(self, form: EntryForm) -> tuple[list[CheckedFile], list[RefusedFile]]:
        data = form.cleaned_data
        files, refused = check_uploads(data["evidence_files"])
        papers, refused_papers = check_uploads(data["authority_files"], already=len(files))
        papers = [replace(paper, is_authority=True) for paper in papers]
        return [*files, *papers], [*refused, *refused_papers]

    def _submission(self, form: EntryForm, files: list[CheckedFile]) -> Submission:
        data, user = form.cleaned_data, self.request.user
        representative = _representative(data, has_paper=any(f.is_authority for f in files))
        details = {name: data[name] for name in CASE_FIELDS}
        if representative:
            details["answer_to_representative"] = data["answer_to_representative"]
        return Submission(
            site=Site.find_for_request(self.request) or Site.objects.get(is_default_site=True),
            kind=data["kind"],
            channel=data["channel"],
            language=data["language"],
            description=data["description"],
            complainant=_complainant(data),
            representative=representative,
            details=details,
            category=data["category"],
            promise=data["promise"],
            remedies_wanted=list(data["remedies"]),
            consents=[purpose for name, purpose in CONSENTS.items() if _is_given(data, name)],
            files=files,
            # With the user in it: nobody gets at a case that another has written down.
            token_id=f"entry:{user.pk}:{data['submission_id']}",
            received_at=data["received_at"],
            received_by=user,
        )

    # What comes after

    def _say_what_was_refused(self, refused: Iterable[RefusedFile], lost: Iterable[str]) -> None:
        for file in refused:
            words = _("%(file)s was not kept: %(reason)s")
            messages.warning(self.request, words % {"file": file.name, "reason": file.reason})
        for name in lost:
            messages.warning(self.request, _("%(file)s could not be stored.") % {"file": name})

    def _after(self, receipt: Receipt, *, is_named: bool) -> HttpResponse:
        case, user = receipt.case, self.request.user
        is_fresh = receipt.created or timezone.now() - case.stored_at < KEY_SHOWN_FOR
        if is_fresh and not is_named and not case.correspondent.email:
            return self._show_key(receipt)
        words = {"reference": case.reference}
        if is_named:
            messages.success(
                self.request, _("Saved as %(reference)s. A colleague handles it.") % words
            )
        elif case.correspondent.email:
            messages.success(
                self.request,
                _("Saved as %(reference)s. Reference and key are on their way by e-mail.") % words,
            )
        else:
            messages.success(self.request, _("This was saved before, as %(reference)s.") % words)
        if Case.objects.visible_to(user).filter(pk=case.pk).exists():
            return redirect("conduct_complaints_admin:case", case.reference)
        return redirect("conduct_complaints_admin:index")

    def _show_key(self, receipt: Receipt) -> HttpResponse:
        """Once, in the answer itself: the key stands in no address, session or log."""
        case = receipt.case
        notice = case.notices.filter(template="received").select_related("to").first()
        sees_it = Case.objects.visible_to(self.request.user).filter(pk=case.pk).exists()
        context = self.get_context_data(
            form=None,
            receipt=receipt,
            case=case,
            sees_it=sees_it,
            letter=letter_of(notice, case, key=receipt.key) if notice else None,
        )
        self.template_name = self.receipt_template
        response = self.render_to_response(context)
        response["Cache-Control"] = "private, no-store"
        return response


def _is_given(data: dict[str, Any], name: str) -> bool:
    has_support = data["support"] or data["support_needs"]
    return bool(data[name] and (name != "support_agreed" or has_support))


def _complainant(data: dict[str, Any]) -> dict[str, Any]:
    person = {name: data[name] for name in PARTY_FIELDS}
    person["reply_by"] = data["reply_by"] or _way_to_reach(data)
    if data["support"] or data["support_needs"]:
        person["support_review_on"] = timezone.localdate() + ASK_AGAIN_AFTER
    return person


def _way_to_reach(data: dict[str, Any]) -> str:
    """However they can be reached, e-mail first; who left nothing has the case page."""
    ways = (
        (Party.ReplyBy.EMAIL, "email"),
        (Party.ReplyBy.PHONE, "phone"),
        (Party.ReplyBy.POST, "postal_address"),
    )
    return next((way for way, name in ways if data[name]), Party.ReplyBy.ONLINE)


def _representative(data: dict[str, Any], *, has_paper: bool) -> dict[str, Any] | None:
    if not data["representative_name"]:
        return None
    email, phone = data["representative_email"], data["representative_phone"]
    return {
        "name": data["representative_name"],
        "relation": data["representative_relation"],
        "email": email,
        "phone": phone,
        "reply_by": Party.ReplyBy.EMAIL if email or not phone else Party.ReplyBy.PHONE,
        "authority": Party.Authority.SENT if has_paper else Party.Authority.FOLLOWS,
    }
