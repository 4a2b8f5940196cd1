"""Files of a case: only for who sees the case and its words, always as a download."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from complaints.access import sees_personal_data
from complaints.backoffice.access_log import log_download
from complaints.backoffice.entry import CaseStaffMixin, visible_case
from complaints.intake.downloads import LockedFile, file_response


class FileView(CaseStaffMixin, View):
    def get(
        self, request: HttpRequest, reference: str, public_id: Any, **kwargs: Any
    ) -> HttpResponseBase:
        case = visible_case(request, reference)
        attachment = case.attachments.filter(public_id=public_id).first()
        if attachment is None or not sees_personal_data(request.user, case):
            raise Http404("No such file.")
        try:
            response = file_response(attachment)
        except LockedFile as locked:
            messages.error(request, locked.why)
            return redirect("conduct_complaints_admin:case", case.reference)
        except OSError:
            messages.error(
                request,
                _("The file can't be read from the storage. Tell whoever looks after the server."),
            )
            return redirect("conduct_complaints_admin:case", case.reference)
        log_download(case, request.user, timezone.now())
        return response
