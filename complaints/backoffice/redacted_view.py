"""What was blacked out in a case: only for who protects personal data; each look is logged."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.views import View

from complaints.access import PROTECT
from complaints.backoffice.access_log import log_download, log_view
from complaints.backoffice.appearance import person_name
from complaints.backoffice.one_case import OneCaseMixin
from complaints.intake.downloads import file_response
from complaints.models import RedactedText

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
            log_download(self.case, request.user, self.now)
            return file_response(file, withheld=True)
        log_view(self.case, request.user, self.now)
        return self.render_to_response(self.get_context_data())

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
