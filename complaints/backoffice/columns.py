"""The list of cases: what is due first, then what it is about and who has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, Table

from complaints.backoffice.appearance import (
    Tag,
    kind_tag,
    person_name,
    priority_tag,
    state_tag,
)
from complaints.backoffice.due_words import Calendars, DueWords
from complaints.backoffice.entry import sees_words
from complaints.models import Case


def case_url(case: Case) -> str:
    return reverse("conduct_complaints_admin:case", args=[case.reference])


def case_title(case: Case, *, words: bool) -> str:
    """The subject, or for who may not read it the category (prefetch `issues__category`)."""
    if words:
        return case.subject
    categories = [issue.category.name for issue in case.issues.all() if issue.category]
    return categories[0] if categories else str(case.get_kind_display())


@dataclass(frozen=True)
class CaseRow:
    """What one row of the list says."""

    case: Case
    url: str
    title: str
    due: DueWords
    person: str
    state: Tag
    kind: Tag
    priority: Tag
    team: str
    handler: str


def case_columns(*, words: bool) -> list[Any]:
    """The headings; `words`: the viewer may read names."""
    columns: list[Any] = [
        Column("due", label=gettext_lazy("Due"), sort_key="due_at"),
        Column("subject", label=gettext_lazy("Case"), classname="title"),
        Column("person", label=gettext_lazy("Person")),
        Column("state", label=gettext_lazy("State")),
        Column("kind", label=gettext_lazy("Kind")),
        Column("priority", label=gettext_lazy("Priority")),
        Column("handler", label=gettext_lazy("Team · handler")),
        Column("received", label=gettext_lazy("Received"), sort_key="received_at"),
    ]
    return [column for column in columns if words or column.name != "person"]


class CaseTable(Table):
    """A table whose rows are rendered by one template, and fold into cards on a narrow screen.

    Wagtail renders a template for each cell: with eight columns that is most of what a list costs.
    """

    template_name = "conduct_complaints/backoffice/table.html"

    def get_caption(self) -> str:
        return _("Cases")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        words = sees_words(parent_context["request"].user)
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"words": words, "rows": self.case_rows(timezone.now(), words=words)}

    def case_rows(self, now: datetime, *, words: bool) -> Iterator[CaseRow]:
        calendars = Calendars()
        for case in self.data:
            yield CaseRow(
                case=case,
                url=case_url(case),
                title=case_title(case, words=words),
                due=calendars.due_words(case, now),
                person=case.complainant.name or _("No name given"),
                state=state_tag(case),
                kind=kind_tag(case),
                priority=priority_tag(case),
                team=str(case.team) if case.team else "",
                handler=person_name(case.handler) if case.handler else "",
            )
