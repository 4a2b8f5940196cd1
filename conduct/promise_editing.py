"""How staff list and edit promises in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from . import indicators
from .lint.panels import FindingsPanel
from .models.promise import Promise


class PromiseForm(WagtailAdminModelForm):
    """Offers the registered indicators, and writes each language in its own direction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            self.fields["indicator"].widget = forms.Select(choices=self._indicators())
        for language, _name in settings.LANGUAGES:
            right_to_left = get_language_info(language)["bidi"]
            for name in Promise.TRANSLATED:
                field = self.fields.get(build_localized_fieldname(name, language))
                if field is not None:
                    field.widget.attrs |= {
                        "lang": language,
                        "dir": "rtl" if right_to_left else "ltr",
                        "rows": 2,
                    }

    def _indicators(self) -> list[tuple[str, Any]]:
        choices = [("", "–"), *((known.key, known.name) for known in indicators.all())]
        current = self.instance.indicator
        # An indicator whose app was removed stays chosen until someone chooses another.
        if current and indicators.get(current) is None:
            choices.append((current, current))
        return choices


def language_tab(language: str) -> ObjectList:
    """The words of a promise in one language."""
    return ObjectList(
        [FieldPanel(build_localized_fieldname(name, language)) for name in Promise.TRANSLATED],
        heading=str(get_language_info(language)["name_local"]),
    )


def edit_handler() -> TabbedInterface:
    facts = ObjectList(
        [
            FindingsPanel(heading=_("What to look at")),
            FieldRowPanel([FieldPanel("code"), FieldPanel("order")]),
            FieldRowPanel([FieldPanel("topic"), FieldPanel("state")]),
            FieldRowPanel([FieldPanel("threshold"), FieldPanel("unit")]),
            MultiFieldPanel(
                [FieldPanel("owner"), FieldPanel("accountable_role")],
                heading=_("Who answers for it"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("remedy_how"), FieldPanel("claim_window_days")])],
                heading=_("If we break it"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("indicator"),
                    FieldRowPanel(
                        [FieldPanel("operator"), FieldPanel("target"), FieldPanel("period")]
                    ),
                    FieldRowPanel([FieldPanel("evidence_date"), FieldPanel("evidence_expires_on")]),
                ],
                heading=_("Measuring it"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("review_on")]
                    )
                ],
                heading=_("Dates"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("need"),
                    FieldRowPanel([FieldPanel("legal_basis"), FieldPanel("legal_checked_on")]),
                    FieldPanel("procedure_url"),
                ],
                heading=_("Why it exists, for staff"),
            ),
        ],
        heading=_("Promise"),
    )
    tabs = [language_tab(language) for language, _name in settings.LANGUAGES]
    return TabbedInterface([facts, *tabs], base_form_class=PromiseForm)


class PromiseViewSet(SnippetViewSet):
    model = Promise
    icon = "pick"
    menu_label = _("Promises")
    list_display = ["code", "statement", "topic", "state", "target", "review_on"]
    list_filter = ["state", "topic", "owner"]
    search_fields = ["code", "statement"]
    ordering = ["order", "code"]
    copy_view_enabled = False
    list_export = ["code", "topic", "state", "statement", "limits", "remedy", "target", "indicator"]
    edit_handler = edit_handler()
