"""What the list of cases can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, MultipleUserFilter, WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from complaints.lifecycle import Kind, Priority, State
from complaints.models import Case, Category, Issue, Team
from complaints.models.case import CaseQuerySet


class PlainCheckboxes(forms.CheckboxSelectMultiple):
    """Django's check boxes without a template for each: fifty cost a third of the list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        prefix = (attrs or {}).get("id", f"id_{name}")
        chosen = {str(item) for item in value or ()}
        boxes = format_html_join(
            "",
            '<div><label for="{0}_{1}"><input type="checkbox" name="{2}" value="{3}" '
            'id="{0}_{1}"{4}> '
            "{5}</label></div>",
            (
                (prefix, index, name, key, CHECKED if str(key) in chosen else "", label)
                for index, (key, label) in enumerate(self.choices)
            ),
        )
        return format_html('<div id="{}">{}</div>', prefix, boxes)


CHECKED = mark_safe(" checked")


def _choices(name: str, label: Any, choices: Any) -> django_filters.MultipleChoiceFilter:
    # No DISTINCT: these are columns of the case, and it would sort all rows.
    return django_filters.MultipleChoiceFilter(
        field_name=name,
        label=label,
        choices=choices,
        distinct=False,
        widget=PlainCheckboxes,
    )


def _handlers(request: Any) -> QuerySet[Any]:
    """Everybody who is in a team, by name."""
    members = get_user_model()._default_manager.filter(complaint_memberships__isnull=False)
    return members.distinct().order_by("last_name", "first_name", "pk")


class CaseFilterSet(WagtailFilterSet):
    """Filters for `Case`; each is a column with an index, or a sub-query."""

    state = _choices("state", _("State"), State.choices)
    kind = _choices("kind", _("Kind"), Kind.choices)
    priority = _choices("priority", _("Priority"), Priority.choices)
    category = django_filters.ModelMultipleChoiceFilter(
        label=_("Category"),
        queryset=Category.objects.all(),
        method="filter_category",
        widget=PlainCheckboxes,
    )
    team = django_filters.ModelMultipleChoiceFilter(
        label=_("Team"),
        queryset=Team.objects.all(),
        distinct=False,
        widget=PlainCheckboxes,
    )
    handler = MultipleUserFilter(
        label=_("Handler"),
        queryset=_handlers,
        distinct=False,
        widget=PlainCheckboxes,
    )
    language = _choices("language", _("Language"), settings.LANGUAGES)
    received_at = django_filters.DateFromToRangeFilter(
        label=_("Received between"), widget=DateRangePickerWidget
    )
    confidential = django_filters.BooleanFilter(label=_("Confidential"), widget=BooleanRadioSelect)
    overdue = django_filters.BooleanFilter(
        label=_("Overdue"), method="filter_overdue", widget=BooleanRadioSelect
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def filter_category(
        self, cases: CaseQuerySet, name: str, chosen: list[Category]
    ) -> CaseQuerySet:
        if not chosen:
            return cases
        return cases.filter(pk__in=Issue.objects.filter(category__in=chosen).values("case"))

    def filter_overdue(self, cases: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        overdue = Case.objects.overdue(timezone.now())
        return cases.filter(pk__in=overdue) if value else cases.exclude(pk__in=overdue)
