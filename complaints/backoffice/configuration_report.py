"""Report: what was changed in the rules and words, by whom, each field before and after (5.4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise as LazyText
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from complaints.access import AUDIT, OVERSEE
from complaints.backoffice.appearance import person_name
from complaints.backoffice.helping.view import GUIDE
from complaints.backoffice.setup.progress import SETUP
from complaints.configuration_log import watched_models
from complaints.models import ConfigurationChange

#: Of long texts the report shows the beginning; the log has all of it.
SHOWN = 300
Names = Mapping[type[Model], Mapping[str, str]]


def may_see_changes(user: Any) -> bool:
    """Quality managers, auditors and administrators (who have every permission)."""
    return bool(user.is_active and (user.has_perm(OVERSEE) or user.has_perm(AUDIT)))


def kind_words(label: str) -> str:
    """What a row of the log is about; the name of the model where it is gone."""
    if label == SETUP:
        return _("Setup guide")
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except LookupError:
        return label


def _kinds() -> list[tuple[str, str]]:
    labels = [*watched_models(), SETUP]
    return sorted(((label, kind_words(label)) for label in labels), key=lambda kind: kind[1])


class PersonFilter(django_filters.ModelChoiceFilter):
    @property
    def field(self) -> Any:
        field = super().field
        field.label_from_instance = person_name
        return field


def _people(request: HttpRequest | None) -> QuerySet[Any]:
    """Who has ever changed something."""
    changers = ConfigurationChange.objects.filter(user__isnull=False).values("user")
    people = get_user_model()._default_manager.filter(pk__in=changers)
    return people.order_by("first_name", "last_name", "pk")


class ChangeFilterSet(WagtailFilterSet):
    model = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=_kinds)
    what = django_filters.ChoiceFilter(
        label=gettext_lazy("What"), choices=ConfigurationChange.What.choices
    )
    user = PersonFilter(label=gettext_lazy("Who"), queryset=_people)
    at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("When"), widget=DateRangePickerWidget
    )

    class Meta:
        model = ConfigurationChange
        fields = ["model", "what", "user", "at"]


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


class ChangesColumn(Column):
    cell_template_name = "conduct_complaints/backoffice/changes_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.changes


class ConfigurationReportView(ReportView):
    """Wagtail's report with filters; nothing to export: it is read here."""

    results_template_name = "wagtailadmin/reports/base_report_results.html"
    page_title = gettext_lazy("Changes of rules and words")
    header_icon = "history"
    model = ConfigurationChange
    filterset_class = ChangeFilterSet
    index_url_name = "conduct_complaints_admin:configuration"
    index_results_url_name = "conduct_complaints_admin:configuration_results"
    table_classname = "listing conduct-log"
    default_ordering = "-at"
    is_searchable = False
    paginate_by = 30
    columns = [
        DateColumn("at", label=gettext_lazy("When"), width="14%"),
        Column("who", label=gettext_lazy("Who"), width="14%"),
        Column("kind", label=gettext_lazy("What"), width="20%"),
        ChangesColumn("changes", label=gettext_lazy("Before and after")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_changes(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[ConfigurationChange]:
        return ConfigurationChange.objects.select_related("user").order_by("-at", "-pk")

    def get_queryset(self) -> QuerySet[ConfigurationChange]:
        return self.get_base_queryset()

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        rows = list(object_list)
        names = _names_of(rows)
        for row in rows:
            row.who = person_name(row.user) if row.user else _("the system")
            row.kind = f"{row.get_what_display()}: {_about(row)}"
            row.changes = field_changes(row, names)
        return rows

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["media"] += GUIDE
        return context


def _about(change: ConfigurationChange) -> str:
    """Kind and name; settings have their kind in the name, and some rows have none."""
    kind = kind_words(change.model)
    if not change.name or change.name.startswith(kind):
        return change.name or kind
    return f"{kind} “{change.name}”"


def field_changes(change: ConfigurationChange, names: Names) -> list[FieldChange]:
    """Each field in words; what was deleted shows what it had."""
    fields = _fields(change.model)
    return [
        FieldChange(
            label=_label(fields.get(name), name),
            before=_words(fields.get(name), change.before.get(name), names),
            after=_words(fields.get(name), change.after.get(name), names),
        )
        for name in change.before | change.after
        if change.before.get(name) not in (None, "") or change.after.get(name) not in (None, "")
    ]


def _fields(label: str) -> dict[str, Field]:
    """By the name of the column; empty where the model is gone."""
    try:
        return {field.attname: field for field in apps.get_model(label)._meta.concrete_fields}
    except (LookupError, FieldDoesNotExist):
        return {}


def _label(field: Field | None, name: str) -> str:
    return capfirst(str(field.verbose_name)) if field is not None else name


def _words(field: Field | None, value: Any, names: Names) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(field, ForeignKey):
        known = names.get(field.related_model, {})
        return known.get(str(value), f"#{value}")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices: dict[Any, str | LazyText] = dict(field.flatchoices) if field is not None else {}
    return Truncator(str(choices.get(value, value))).chars(SHOWN)


def _names_of(rows: Iterable[ConfigurationChange]) -> Names:
    """What the keys in these rows stand for today: one query for each kind of row named."""
    wanted: dict[type[Model], set[Any]] = {}
    for row in rows:
        for name, field in _fields(row.model).items():
            if isinstance(field, ForeignKey):
                keys = {row.before.get(name), row.after.get(name)} - {None}
                wanted.setdefault(field.related_model, set()).update(keys)
    return {model: _names_in(model, keys) for model, keys in wanted.items() if keys}


def _names_in(model: type[Model], keys: set[Any]) -> dict[str, str]:
    found = model._default_manager.in_bulk(list(keys))
    say = person_name if model is get_user_model() else str
    return {str(key): say(instance) for key, instance in found.items()}
