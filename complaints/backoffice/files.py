"""Files of a case: only for who sees the case and its words. A download, or a look at a picture or
a PDF that nothing can come out of."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages

from complaints.access import sees_personal_data
from complaints.backoffice.access_log import log_download
from complaints.backoffice.entry import CaseStaffMixin, visible_case
from complaints.backoffice.looking import CanNotBeShown, is_pdf, may_be_shown, picture_to_show
from complaints.backoffice.one_case import OneCaseMixin
from complaints.intake.downloads import LockedFile, file_response, why_locked
from complaints.models import Attachment, Case

#: A picture of ours or a PDF for the browser's own viewer: no script, no form, no other address.
#: A PDF can't be shown where `sandbox` forbids the viewer itself.
PICTURE_POLICY = "sandbox; default-src 'none'"
PDF_POLICY = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


def file_of(request: HttpRequest, case: Case, public_id: Any) -> Attachment:
    """The file, or a 404: for one of another case and for who may not see files alike."""
    attachment = case.attachments.filter(public_id=public_id).first()
    if attachment is None or not sees_personal_data(request.user, case):
        raise Http404("No such file.")
    return attachment


def not_readable() -> str:
    return _("The file can't be read from the storage. Tell whoever looks after the server.")


class FileView(CaseStaffMixin, View):
    def get(
        self, request: HttpRequest, reference: str, public_id: Any, **kwargs: Any
    ) -> HttpResponseBase:
        case = visible_case(request, reference)
        attachment = file_of(request, case, public_id)
        try:
            response = file_response(attachment)
        except LockedFile as locked:
            messages.error(request, locked.why)
            return redirect("conduct_complaints_admin:case", case.reference)
        except OSError:
            messages.error(request, not_readable())
            return redirect("conduct_complaints_admin:case", case.reference)
        log_download(case, request.user, timezone.now())
        return response


class LookView(OneCaseMixin, View):
    """A page with the picture, or a frame with the PDF."""

    template_name = "conduct_complaints/backoffice/look.html"

    @cached_property
    def attachment(self) -> Attachment:
        return file_of(self.request, self.case, self.kwargs["public_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if why := why_locked(self.attachment):
            messages.error(request, why)
            return redirect("conduct_complaints_admin:case", self.case.reference)
        if not may_be_shown(self.attachment):
            raise Http404("This file is only a download.")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [file for file in self.case.attachments.all() if may_be_shown(file)]
        at = [file.pk for file in shown].index(self.attachment.pk)
        return super().get_context_data(**kwargs) | {
            "file": self.attachment,
            "is_pdf": is_pdf(self.attachment),
            "before": shown[at - 1] if at else None,
            "after": shown[at + 1] if at + 1 < len(shown) else None,
        }

    def get_page_subtitle(self) -> str:
        return pgettext("page title", "File")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]


@method_decorator(xframe_options_sameorigin, name="dispatch")
class ShownView(CaseStaffMixin, View):
    """What the page of `LookView` shows: a picture made anew, or a PDF; nothing else, ever."""

    def get(
        self, request: HttpRequest, reference: str, public_id: Any, **kwargs: Any
    ) -> HttpResponseBase:
        case = visible_case(request, reference)
        attachment = file_of(request, case, public_id)
        if why_locked(attachment) or not may_be_shown(attachment):
            raise Http404("Nothing to show.")
        try:
            response = _pdf(attachment) if is_pdf(attachment) else _picture(attachment)
        except (CanNotBeShown, OSError):
            return HttpResponse(status=415)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        log_download(case, request.user, timezone.now())
        return response


def _picture(attachment: Attachment) -> HttpResponse:
    content_type, data = picture_to_show(attachment)
    response = HttpResponse(data, content_type=content_type)
    response["Content-Security-Policy"] = PICTURE_POLICY
    return response


def _pdf(attachment: Attachment) -> FileResponse:
    response = FileResponse(attachment.file.open("rb"), content_type="application/pdf")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = PDF_POLICY
    return response
