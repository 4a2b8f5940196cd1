"""Reports for who gives out work: how much everybody has, and who has learnt what (4.3, 4.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.access import LEAD, OVERSEE, memberships
from complaints.analysis.competences import competence_rows, untrained_categories
from complaints.analysis.priorities import reprioritised
from complaints.analysis.sending import decision_to_sending
from complaints.analysis.workload import WEEK, WEEKS, PersonLoad, Week, workload
from complaints.backoffice.appearance import person_name
from complaints.backoffice.helping.view import GUIDE
from complaints.models import Case

CHART_HEIGHT, BAR, GAP = 90, 10, 12


def may_see_workload(user: Any) -> bool:
    """Leads (of their own teams), quality managers and administrators."""
    return bool(user.is_active and (user.has_perm(LEAD) or user.has_perm(OVERSEE)))


def teams_of(user: Any) -> list[int] | None:
    """The teams whose work somebody sees; None: all."""
    if user.is_superuser or user.has_perm(OVERSEE):
        return None
    return [team for team, leads in memberships(user).items() if leads]


class WorkReportMixin(WagtailAdminTemplateMixin):
    """Names colleagues and no complainant."""

    request: HttpRequest
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_workload(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


@dataclass(frozen=True)
class PersonRow:
    name: str
    row: PersonLoad
    url: str


@dataclass(frozen=True)
class Column:
    """Two bars of one week; numbers for SVG."""

    week: Week
    x: int
    arrived_y: int
    arrived_height: int
    closed_x: int
    closed_y: int
    closed_height: int


def chart(weeks: list[Week]) -> list[Column]:
    most = max((max(week.arrived, week.closed) for week in weeks), default=0) or 1
    return [_column(index, week, most) for index, week in enumerate(weeks)]


def _column(index: int, week: Week, most: int) -> Column:
    arrived, closed = (round(n * CHART_HEIGHT / most) for n in (week.arrived, week.closed))
    x = index * (2 * BAR + GAP)
    return Column(week, x, CHART_HEIGHT - arrived, arrived, x + BAR, CHART_HEIGHT - closed, closed)


class WorkloadView(WorkReportMixin, TemplateView):
    template_name = "conduct_complaints/backoffice/workload.html"
    page_title = _("Workload")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.localtime()
        teams = teams_of(user)
        cases = Case.objects.visible_to(user)
        if teams is not None:
            cases = cases.filter(team__in=teams)
        work = workload(cases, teams=teams, now=now)
        sending = decision_to_sending(cases, since=now - WEEKS * WEEK, until=now)
        columns = chart(work.weeks)
        return super().get_context_data(**kwargs) | {
            "work": work,
            "sending": sending,
            "middle_words": _words(sending.median, now),
            "longest_words": _words(sending.longest, now),
            "priorities": reprioritised(cases, since=now - WEEKS * WEEK, until=now),
            "today": now.date(),
            "people": [
                PersonRow(person_name(row.user) if row.user else "", row, _list_url(row))
                for row in work.people
            ],
            "absences": [
                (row, person_name(row.user), person_name(row.deputy) if row.deputy else "")
                for row in work.absences
            ],
            "columns": columns,
            "bar": BAR,
            "chart_width": len(columns) * (2 * BAR + GAP),
            "chart_height": CHART_HEIGHT,
            "all_teams": teams is None,
            "media": GUIDE,
        }


def _words(took: timedelta | None, now: datetime) -> str:
    """ "3 days, 4 hours"; what took less than a minute took one."""
    return "" if took is None else timesince(now - max(took, timedelta(minutes=1)), now)


def _list_url(row: PersonLoad) -> str:
    if row.user is None:
        return reverse("conduct_complaints_admin:list", args=["unassigned"])
    return f"{reverse('conduct_complaints_admin:list', args=['open'])}?handler={row.user.pk}"


class CompetenceView(WorkReportMixin, TemplateView):
    template_name = "conduct_complaints/backoffice/competence.html"
    page_title = _("Training and competence")
    header_icon = "success"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = competence_rows(today, teams_of(self.request.user))
        return super().get_context_data(**kwargs) | {
            "rows": [(person_name(row.competence.user), row) for row in rows],
            "soon": sum(row.tone == "soon" for row in rows),
            "untrained": untrained_categories(today),
            "media": GUIDE,
        }
