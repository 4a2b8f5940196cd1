"""The list of cases: what is due first, then what it is about and who has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column, Table

from complaints.access import sees_personal_data
from complaints.backoffice.appearance import (
    Tag,
    kind_tag,
    language,
    person_name,
    priority_tag,
    state_tag,
)
from complaints.backoffice.due_words import Calendars, DueWords
from complaints.backoffice.entry import sees_words
from complaints.models import Case, ListColumns

#: What can be shown, in the order in which it is shown, whatever somebody chooses.
CHOICES: dict[str, LazyText] = {
    "due": gettext_lazy("Due"),
    "subject": gettext_lazy("Subject"),
    "reference": gettext_lazy("Reference"),
    "person": gettext_lazy("Person"),
    "state": gettext_lazy("State"),
    "kind": gettext_lazy("Kind"),
    "priority": gettext_lazy("Priority"),
    "category": gettext_lazy("Category"),
    "team": gettext_lazy("Team"),
    "handler": gettext_lazy("Handler"),
    "language": gettext_lazy("Language"),
    "channel": pgettext_lazy("column of a list", "How it came"),
    "received": gettext_lazy("Received"),
}
USUAL = frozenset(CHOICES) - {"category", "language", "channel"}
#: One of them leads to the case.
LINKS = ("subject", "reference")


def case_url(case: Case) -> str:
    return reverse("conduct_complaints_admin:case", args=[case.reference])


def case_title(case: Case, *, words: bool) -> str:
    """The subject, or for who may not read it the category (prefetch `issues__category`)."""
    if words:
        return case.subject
    return category_words(case) or str(case.get_kind_display())


def category_words(case: Case) -> str:
    """The category of the first issue that has one."""
    categories = [issue.category.name for issue in case.issues.all() if issue.category]
    return categories[0] if categories else ""


def columns_of(user: Any) -> frozenset[str]:
    """What this person has chosen to see; what nobody offers any more is left out."""
    chosen = ListColumns.objects.filter(user=user.pk).values_list("names", flat=True).first()
    names = frozenset(chosen or ()) & frozenset(CHOICES)
    return names or USUAL


@dataclass(frozen=True)
class CaseRow:
    """What one row of the list says; `person` is empty where the viewer may not read names."""

    case: Case
    url: str
    title: str
    due: DueWords
    person: str
    state: Tag
    kind: Tag
    priority: Tag
    category: str
    team: str
    handler: str
    language: str


def case_columns(*, words: bool, shown: Collection[str] = USUAL) -> list[Any]:
    """The headings; `words`: the viewer may read names in some of the rows."""
    people = [name for name in ("team", "handler") if name in shown]
    labels: dict[str, Any] = {name: CHOICES[name] for name in CHOICES if name in shown}
    labels["subject"] = gettext_lazy("Case")
    labels.pop("reference", None)
    if len(people) == len(("team", "handler")):
        labels["team"] = gettext_lazy("Team · handler")
        labels.pop("handler")
    if not words:
        labels.pop("person", None)
    order = [name for name in CHOICES if name in labels]
    sort_keys = {"due": "due_at", "received": "received_at"}
    return [
        Column(
            name,
            label=labels[name],
            sort_key=sort_keys.get(name),
            classname="title" if name == "subject" else f"conduct-head--{name}",
        )
        for name in order
    ]


class CaseTable(Table):
    """A table whose rows are rendered by one template, and fold into cards on a narrow screen.

    Wagtail renders a template for each cell: with eight columns that is most of what a list costs.
    """

    template_name = "conduct_complaints/backoffice/table.html"

    def get_caption(self) -> str:
        return _("Cases")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        shown: frozenset[str] = parent_context.get("shown") or USUAL
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {
            "words": sees_words(user),
            "show": {name: name in shown for name in CHOICES},
            "is_usual": shown == USUAL,
            "rows": self.case_rows(timezone.now(), user),
        }

    def case_rows(self, now: datetime, user: Any) -> Iterator[CaseRow]:
        calendars = Calendars()
        for case in self.data:
            words = sees_personal_data(user, case)
            yield CaseRow(
                case=case,
                url=case_url(case),
                title=case_title(case, words=words),
                due=calendars.due_words(case, now),
                person=(case.complainant.name or _("No name given")) if words else "",
                state=state_tag(case),
                kind=kind_tag(case),
                priority=priority_tag(case),
                category=category_words(case),
                team=str(case.team) if case.team else "",
                handler=person_name(case.handler) if case.handler else "",
                language=language(case.language).name,
            )
