"""What was blacked out in a case: only for who protects personal data; each look is logged."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages

from complaints.access import PROTECT
from complaints.backoffice.access_log import log_download, log_view
from complaints.backoffice.appearance import person_name
from complaints.backoffice.files import not_readable
from complaints.backoffice.one_case import OneCaseMixin
from complaints.intake.downloads import LockedFile, file_response
from complaints.models import Attachment, RedactedText

#: Where it stood, in the words of the staff.
PLACES: dict[str, LazyText] = {
    "Case": _("The complaint as it came in"),
    "Issue": _("A problem of the case"),
    "Message": _("A message"),
    "MessageTranslation": _("A translation"),
    "Notice": _("A mail or a letter"),
    "Decision": _("An answer"),
    "Attachment": _("A file"),
}


class RedactedView(OneCaseMixin, View):
    template_name = "conduct_complaints/backoffice/redacted.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Nobody else learns that there is such a page.
        if not request.user.has_perm(PROTECT):
            raise Http404("Nothing here.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("file", "")
        if wanted.isdigit():
            file = self.case.attachments.exclude(file="").filter(pk=wanted).first()
            if file is None or file.withheld_at is None:
                raise Http404("No such file.")
            return self._give(file)
        log_view(self.case, request.user, self.now)
        return self.render_to_response(self.get_context_data())

    def _give(self, file: Attachment) -> HttpResponseBase:
        try:
            response = file_response(file, withheld=True)
        except LockedFile as locked:
            messages.error(self.request, locked.why)
        except OSError:
            messages.error(self.request, not_readable())
        else:
            log_download(self.case, self.request.user, self.now)
            return response
        return redirect("conduct_complaints_admin:redacted", self.case.reference)

    def get_page_subtitle(self) -> str:
        return str(_("What was blacked out"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        redactions = self.case.redactions.select_related("by").prefetch_related("texts")
        return super().get_context_data(**kwargs) | {
            "redactions": [
                (redaction, person_name(redaction.by), [_shown(text) for text in texts])
                for redaction in redactions
                for texts in [redaction.texts.all()]
            ],
            "kept_files": list(self.case.attachments.exclude(withheld_at=None).exclude(file="")),
        }


def _shown(text: RedactedText) -> tuple[LazyText | str, str]:
    return PLACES.get(text.place.partition(".")[0], _("Another field")), text.original
