"""A notice as a letter on paper, for those who have no e-mail or want it by post (4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views import View

from complaints.backoffice.access_log import log_view
from complaints.backoffice.appearance import Language, language
from complaints.backoffice.case_view import OneCaseMixin
from complaints.models import Case, Notice, Party
from complaints.notices.context import zone_of
from conduct.models import Organisation

PRINTING = Media(js=["conduct_complaints/js/print.js"])


@dataclass(frozen=True)
class Letter:
    """One page of paper: who writes to whom, when, and the words exactly as kept."""

    sender: Organisation
    name: str
    address: str
    date: str
    subject: str
    text: str
    language: Language
    is_large: bool


def letter_of(notice: Notice, case: Case, *, key: str = "") -> Letter:
    """The letter in the notice's own language. Without the key, the words say where to get it."""
    person = notice.to or case.correspondent
    with translation.override(notice.language):
        date = _day(notice.created_at, case)
        in_place = key or pgettext(
            "in place of a key", "we gave it to you before; ask us if you need a new one"
        )
    return Letter(
        sender=Organisation.for_site(case.site),
        name=person.name,
        address=person.postal_address,
        date=date,
        subject=notice.subject,
        text=notice.text.replace(Notice.SECRET_MARK, in_place),
        language=language(notice.language),
        is_large=Party.Support.LARGE_PRINT in person.support,
    )


def _day(moment: datetime, case: Case) -> str:
    return date_format(timezone.localtime(moment, zone_of(case)), "DATE_FORMAT")


class LetterView(OneCaseMixin, View):
    """Prints one notice of a case, for who may read the person's name and words."""

    template_name = "conduct_complaints/backoffice/letter.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.words:
            raise Http404("No such letter.")
        notices = self.case.notices.filter(to__isnull=False).select_related("to")
        notice = notices.filter(pk=kwargs["pk"]).first()
        if notice is None:
            raise Http404("No such letter.")
        log_view(self.case, request.user, self.now)
        context = self.get_context_data() | {
            # A new key for who has no e-mail: in the letter until it is told, then nowhere.
            "letter": letter_of(notice, self.case, key=notice.secret)
        }
        context["media"] += PRINTING
        response = self.render_to_response(context)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_page_subtitle(self) -> str:
        return pgettext("page title", "Letter")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]
