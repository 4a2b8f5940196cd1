"""How staff name the role that answers for an indicator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from conduct import indicators
from conduct.models.indicator_role import IndicatorRole


class IndicatorRoleForm(WagtailAdminModelForm):
    """Offers the registered indicators."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((known.key, known.name) for known in indicators.all())]
        current = self.instance.indicator
        if current and indicators.get(current) is None:
            choices.append((current, current))
        self.fields["indicator"].widget = forms.Select(choices=choices)


class AddView(CreateView):
    """The report leads here with the indicator chosen."""

    def get_initial_form_instance(self) -> IndicatorRole:
        return IndicatorRole(indicator=self.request.GET.get("indicator", "")[:100])


class IndicatorRoleViewSet(SnippetViewSet):
    model = IndicatorRole
    icon = "user"
    menu_label = _("Roles for indicators")
    list_display = ["name", "role"]
    ordering = ["indicator"]
    copy_view_enabled = False
    add_view_class = AddView
    edit_handler = ObjectList(
        [FieldPanel("indicator"), FieldPanel("role")], base_form_class=IndicatorRoleForm
    )
