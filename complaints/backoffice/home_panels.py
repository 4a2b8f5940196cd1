"""The admin's home page for case staff: their own work, what presses, what nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from complaints.access import HANDLE, LEAD, is_case_staff, sees_personal_data
from complaints.backoffice.columns import case_title
from complaints.backoffice.due_words import Calendars
from complaints.backoffice.listing import NOT_IN_LISTS, STYLES
from complaints.backoffice.paging import COUNT_LIMIT, ORDERS, capped_count
from complaints.lifecycle import State
from complaints.models import Case
from complaints.models.case import CaseQuerySet

SHOWN = 5


class CasesPanel(Component):
    """The first cases of one list, how many there are, and the way to all of them."""

    template_name = "conduct_complaints/backoffice/home_panel.html"
    order = 40
    name = ""
    heading: LazyText | str = ""
    preset = "open"
    empty: LazyText | str = ""

    @property
    def media(self) -> Media:
        return STYLES

    def cases(self, cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, now = parent_context["request"].user, timezone.now()
        cases = self.cases(Case.objects.visible_to(user), user, now)
        count = capped_count(cases, ORDERS["due_at"])
        calendars = Calendars()
        first = (
            cases.select_related("complainant", "site")
            .prefetch_related("issues__category")
            .defer(*NOT_IN_LISTS)
            .order_by("due_at", "pk")[:SHOWN]
        )
        counted = intcomma(count) if count <= COUNT_LIMIT else f"{intcomma(COUNT_LIMIT)}+"
        return {
            "panel": self,
            "heading": _("%(heading)s (%(count)s)") % {"heading": self.heading, "count": counted},
            "count": counted,
            "has_more": count > SHOWN,
            "url": reverse("conduct_complaints_admin:list", args=[self.preset]),
            "rows": [
                (
                    case,
                    case_title(case, words=sees_personal_data(user, case)),
                    calendars.due_words(case, now),
                )
                for case in first
            ],
        }


class MinePanel(CasesPanel):
    name, preset, order = "conduct-mine", "mine", 40
    heading = _("My cases, due next")
    empty = _("You handle no open case.")

    def cases(self, cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
        return cases.open().of(user)


class DuePanel(CasesPanel):
    name, preset, order = "conduct-due", "open", 41
    heading = _("Overdue or due within a day")
    empty = _("Nothing presses.")

    def cases(self, cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
        return cases.due_before(now + timedelta(days=1))


class UnreadPanel(CasesPanel):
    name, preset, order = "conduct-unread", "moderate", 42
    heading = _("To moderate")
    empty = _("Nothing waits to be read.")

    def cases(self, cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
        return cases.to_moderate()


class UnassignedPanel(CasesPanel):
    name, preset, order = "conduct-unassigned", "unassigned", 43
    heading = _("Handled by nobody yet")
    empty = _("Every case that was read has somebody who handles it.")

    def cases(self, cases: CaseQuerySet, user: Any, now: datetime) -> CaseQuerySet:
        return cases.unassigned().exclude(state=State.RECEIVED)


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Before Wagtail's own panels; for who works on cases, else only what presses."""
    if not is_case_staff(request.user):
        return
    user: Any = request.user
    if user.has_perm(HANDLE) or user.has_perm(LEAD):
        panels.extend([MinePanel(), DuePanel(), UnreadPanel(), UnassignedPanel()])
    else:
        panels.append(DuePanel())
