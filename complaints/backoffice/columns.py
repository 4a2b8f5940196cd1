"""The columns of the list of cases: what is due first, then what it is about and who has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from complaints.backoffice.appearance import kind_tag, person_name, priority_tag, state_tag
from complaints.backoffice.due_words import Calendars
from complaints.models import Case

CELLS = "conduct_complaints/backoffice/cells"


def case_url(case: Case) -> str:
    return reverse("conduct_complaints_admin:case", args=[case.reference])


def case_title(case: Case, *, words: bool) -> str:
    """The subject, or for who may not read it the category (prefetch `issues__category`)."""
    if words:
        return case.subject
    categories = [issue.category.name for issue in case.issues.all() if issue.category]
    return categories[0] if categories else str(case.get_kind_display())


class CellColumn(Column):
    """A column with a cell template of ours."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, classname=f"conduct-cell--{name}", **kwargs)
        self.cell_template_name = f"{CELLS}/{template}.html"


class CaseTitleColumn(TitleColumn):
    """The link to the case, its reference, and a lock where it is confidential."""

    cell_template_name = f"{CELLS}/title.html"

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"case": instance}


def case_columns(*, now: datetime, words: bool) -> list[Any]:
    """`words`: the viewer may read names and subjects."""
    calendars = Calendars()
    columns: list[Any] = [
        CellColumn(
            "due",
            "due",
            label=_("Due"),
            accessor=lambda case: calendars.due_words(case, now),
            sort_key="due_at",
        ),
        CaseTitleColumn(
            "subject",
            label=_("Case"),
            accessor=lambda case: case_title(case, words=words),
            get_url=case_url,
        ),
        CellColumn(
            "person",
            "plain",
            label=_("Person"),
            accessor=lambda case: case.complainant.name or _("No name given"),
        ),
        CellColumn("state", "tag", label=_("State"), accessor=state_tag),
        CellColumn("kind", "kind", label=_("Kind"), accessor=kind_tag),
        CellColumn("priority", "tag", label=_("Priority"), accessor=priority_tag),
        CellColumn("handler", "handler", label=_("Team · handler"), accessor=_handled_by),
        CellColumn(
            "received",
            "date",
            label=_("Received"),
            accessor="received_at",
            sort_key="received_at",
        ),
    ]
    return [column for column in columns if words or column.name != "person"]


def _handled_by(case: Case) -> dict[str, str]:
    return {
        "team": case.team.name if case.team else "",
        "handler": person_name(case.handler) if case.handler else "",
    }
