"""What the list of cases can be narrowed by."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, MultipleUserFilter, WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from complaints.lifecycle import Kind, Priority, State
from complaints.models import (
    Case,
    Category,
    ExtraAnswer,
    ExtraOption,
    ExtraQuestion,
    Issue,
    Team,
)
from complaints.models.case import CaseQuerySet

CHOOSING = (ExtraQuestion.Kind.CHOICE, ExtraQuestion.Kind.CHOICES)


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


def _answers_offered() -> list[tuple[str, str]]:
    """Every option of every extra question, by codes, which stay the same whatever is renamed."""
    options = ExtraOption.objects.filter(question__kind__in=CHOOSING).select_related("question")
    return [
        (f"{option.question.code}.{option.code}", f"{option.question}: {option}")
        for option in options.order_by("question__order", "question__code", "sort_order")
    ]


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
        label=_("Received between"), method="filter_received", widget=DateRangePickerWidget
    )
    confidential = django_filters.BooleanFilter(label=_("Confidential"), widget=BooleanRadioSelect)
    overdue = django_filters.BooleanFilter(
        label=_("Overdue"), method="filter_overdue", widget=BooleanRadioSelect
    )

    answer = django_filters.MultipleChoiceFilter(
        label=_("Answer to an extra question"), method="filter_answer", widget=PlainCheckboxes
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once for the check, the boxes and the words of what is chosen.
        offered = _answers_offered()
        self.filters["answer"].extra["choices"] = offered
        if not offered:
            del self.filters["answer"]

    def filter_category(
        self, cases: CaseQuerySet, name: str, chosen: list[Category]
    ) -> CaseQuerySet:
        return about(cases, chosen) if chosen else cases

    def filter_answer(self, cases: CaseQuerySet, name: str, chosen: list[str]) -> CaseQuerySet:
        return answered(cases, chosen)

    def filter_received(self, cases: CaseQuerySet, name: str, days: slice) -> CaseQuerySet:
        return received(cases, days.start, days.stop)

    def filter_overdue(self, cases: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        return late(cases, value=value)


def about(cases: CaseQuerySet, categories: Iterable[Any]) -> CaseQuerySet:
    """With an issue in one of the categories (rows or keys)."""
    return cases.filter(pk__in=Issue.objects.filter(category__in=categories).values("case"))


def answered(cases: CaseQuerySet, chosen: Iterable[str]) -> CaseQuerySet:
    """Any of the options of one question; of several questions each."""
    by_question: dict[str, list[str]] = {}
    for question, _point, option in (item.partition(".") for item in chosen):
        by_question.setdefault(question, []).append(option)
    for question, options in by_question.items():
        answers = ExtraAnswer.objects.filter(
            option__question__code=question, option__code__in=options
        )
        cases = cases.filter(pk__in=answers.values("case"))
    return cases


def received(cases: CaseQuerySet, start: datetime | None, stop: datetime | None) -> CaseQuerySet:
    """Between two moments, both included; None leaves that side open."""
    for side, moment in (("gte", start), ("lte", stop)):
        if moment is not None:
            # At the first or the last day there is: nothing was received before or after it.
            with contextlib.suppress(OverflowError):
                cases = cases.filter(**{f"received_at__{side}": moment.astimezone(UTC)})
    return cases


def late(cases: CaseQuerySet, *, value: bool) -> CaseQuerySet:
    overdue = Case.objects.overdue(timezone.now())
    return cases.filter(pk__in=overdue) if value else cases.exclude(pk__in=overdue)


# A saved list: its filters were checked when it was saved, so they are not looked up again, which
# would cost a query for each list in the menu.

COLUMNS = ("state", "kind", "priority", "language", "team", "handler")
TRUE_OR_FALSE = {"true": True, "false": False}


def kept_query(query: QueryDict) -> str:
    """What a saved list keeps of an address: filters that say something, and nothing else.

    Never what was searched for: it may name a person.
    """
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        # A range of dates has two parts.
        base = name.rsplit("_", 1)[0] if name.endswith(("_from", "_to")) else name
        values = [value for value in query.getlist(name) if value]
        if values and base in CaseFilterSet.base_filters:
            kept.setlist(name, values)
    return kept.urlencode()


def narrowed(cases: CaseQuerySet, query: str) -> CaseQuerySet:
    """The cases that the filters of a saved list leave; as the list itself narrows them."""
    data = QueryDict(query)
    for name in COLUMNS:
        if chosen := data.getlist(name):
            cases = cases.filter(**{f"{name}__in": chosen})
    if categories := data.getlist("category"):
        cases = about(cases, categories)
    if (confidential := TRUE_OR_FALSE.get(data.get("confidential", ""))) is not None:
        cases = cases.filter(confidential=confidential)
    if (value := TRUE_OR_FALSE.get(data.get("overdue", ""))) is not None:
        cases = late(cases, value=value)
    return answered(_received(cases, data), data.getlist("answer"))


def _received(cases: CaseQuerySet, data: QueryDict) -> CaseQuerySet:
    """Whole days in the time zone of the screen, the last one included."""
    moments = (
        timezone.make_aware(datetime.combine(day, clock)) if day else None
        for day, clock in (
            (parse_date(data.get("received_at_from", "")), time.min),
            (parse_date(data.get("received_at_to", "")), time.max),
        )
    )
    return received(cases, *moments)
