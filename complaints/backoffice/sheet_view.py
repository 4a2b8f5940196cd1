"""`cases/<reference>/print/`: the case as one sheet, for a file on paper or a meeting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import pgettext
from django.views import View

from complaints.backoffice.access_log import log_view
from complaints.backoffice.clock_panel import clock_words
from complaints.backoffice.due_words import Calendars
from complaints.backoffice.letters import PRINTING
from complaints.backoffice.one_case import OneCaseMixin, attach_editions
from complaints.backoffice.people_panel import everybody, named_in, restrictions_on, sees_named
from complaints.backoffice.related import linked_cases, same_person
from complaints.backoffice.sheet import sheet
from complaints.backoffice.sheet_values import Material
from complaints.backoffice.timeline import timeline
from complaints.models import Case


class SheetView(OneCaseMixin, View):
    """For everybody who may open the case; names and words only for who may read them there."""

    template_name = "conduct_complaints/backoffice/sheet.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.words:
            log_view(self.case, request.user, self.now)
        response = self.render_to_response(self.get_context_data())
        response["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["media"] += PRINTING
        return context | {"blocks": sheet(self.material()), "printed_at": self.now}

    def material(self) -> Material:
        case, user = self.case, self.request.user
        attach_editions(case)
        involved = everybody(case)
        linked = [link.case.reference for link in linked_cases(case, user)]
        if case.duplicate_of and self.may_see(case.duplicate_of):
            linked.append(case.duplicate_of.reference)
        return Material(
            case=case,
            words=self.words,
            issues=list(case.issues.select_related("category", "promise")),
            remedies=list(case.remedies.select_related("kind", "owner")),
            decisions=list(case.decisions.select_related("proposed_by", "approved_by")),
            clocks=clock_words(case, Calendars().of(case), self.now),
            timeline=timeline(case, words=self.words),
            involved=involved,
            named=named_in(case, user, involved),
            sees_named=sees_named(user, case, involved),
            restrictions=restrictions_on(case, user, timezone.localdate()),
            earlier=[other.reference for other in same_person(case, user)],
            related=linked,
        )

    def may_see(self, other: Case) -> bool:
        return Case.objects.visible_to(self.request.user).filter(pk=other.pk).exists()

    def get_page_subtitle(self) -> str:
        return pgettext("page title", "Sheet")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]
