"""How staff list and enter measured values in the Wagtail admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from .models.measured_value import MeasuredValue


class MeasuredValueForm(WagtailAdminModelForm):
    """Signs a value with who entered it, or changed it last."""

    def save(self, commit: bool = True) -> MeasuredValue:
        self.instance.entered_by = self.for_user
        self.instance.entered_at = timezone.now()
        saved: MeasuredValue = super().save(commit=commit)
        return saved


#: Further buttons above the list, from the apps above: each a function of the request.
more_buttons: list[Callable[[HttpRequest], list[Any]]] = []


class MeasuredValueIndexView(IndexView):
    """The list, with the ways in and out that other apps have for it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        more = [button for buttons in more_buttons for button in buttons(self.request)]
        return [*super().header_more_buttons, *more]


class MeasuredValueViewSet(SnippetViewSet):
    model = MeasuredValue
    index_view_class = MeasuredValueIndexView
    icon = "table"
    menu_label = _("Measured values")
    list_display = ["__str__", "kept", "measured", "source", "entered_by", "entered_at"]
    list_filter = ["promise", "entered_by"]
    search_fields = ["promise__code", "source"]
    ordering = ["-starts_on", "promise__order"]
    list_export = [
        "promise.code",
        "starts_on",
        "ends_on",
        "kept",
        "measured",
        "source",
        "entered_by",
        "entered_at",
    ]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("promise", widget=forms.Select),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldRowPanel([FieldPanel("kept"), FieldPanel("measured")]),
            FieldPanel("source"),
        ],
        base_form_class=MeasuredValueForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[MeasuredValue]:
        """A row names its promise and who entered it: both in the listing's one query."""
        return MeasuredValue.objects.select_related("promise", "entered_by")
