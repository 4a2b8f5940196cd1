"""How staff list and finish launch tasks in the Wagtail admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from conduct.models import Edition, LaunchTask
from conduct.models.launch_task import TaskKind

OVERDUE = pgettext_lazy("of a task", "Overdue")
OPEN = pgettext_lazy("of a task", "Open")
DONE = pgettext_lazy("of a task", "Done")


def standing(task: LaunchTask) -> Any:
    """Done, open or overdue, in words."""
    if task.done_on is not None:
        return DONE
    return OVERDUE if task.is_overdue() else OPEN


class LaunchTaskFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        method="filter_standing",
        choices=[("open", OPEN), ("overdue", OVERDUE), ("done", DONE)],
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=TaskKind.choices)
    edition = django_filters.ModelChoiceFilter(
        label=_("Edition"), queryset=Edition.objects.all(), widget=forms.Select
    )

    class Meta:
        model = LaunchTask
        fields = ["standing", "kind", "edition"]

    def filter_standing(self, rows: Any, name: str, value: str) -> Any:
        if value == "done":
            return rows.exclude(done_on=None)
        return rows.overdue(timezone.localdate()) if value == "overdue" else rows.open()


class LaunchTaskViewSet(SnippetViewSet):
    model = LaunchTask
    icon = "tasks"
    menu_label = _("Launch tasks")
    list_display = [
        "__str__",
        Column("task", label=_("What has to be done")),
        "owner",
        "due_on",
        StatusTagColumn(
            "standing",
            label=_("Standing"),
            accessor=standing,
            primary=lambda row: not row.is_overdue(),
        ),
        "done_on",
    ]
    filterset_class = LaunchTaskFilterSet
    search_fields = ["what", "evidence"]
    ordering = ["due_on", "pk"]
    list_export = ["edition", "kind", "task", "owner", "due_on", "done_on", "evidence"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("edition", widget=forms.Select),
            FieldPanel("kind"),
            FieldPanel("what"),
            FieldRowPanel([FieldPanel("owner"), FieldPanel("due_on")]),
            FieldRowPanel([FieldPanel("done_on"), FieldPanel("evidence")]),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LaunchTask]:
        return LaunchTask.objects.select_related("edition", "owner")
