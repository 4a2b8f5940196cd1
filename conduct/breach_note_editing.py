"""How staff write down what was done about a broken promise."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .models.breach_note import BreachNote


def _in_language(language: str) -> ObjectList:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    attributes = {"lang": language, "dir": direction, "rows": 3}
    return ObjectList(
        [
            FieldPanel(build_localized_fieldname(name, language), widget=forms.Textarea(attributes))
            for name in BreachNote.TRANSLATED
        ],
        heading=str(get_language_info(language)["name_local"]),
    )


class BreachNoteViewSet(SnippetViewSet):
    model = BreachNote
    icon = "warning"
    menu_label = _("Breaches")
    list_display = [
        "__str__",
        "causes",
        BooleanColumn("is_published", label=capfirst(_("readers see it"))),
    ]
    list_filter = ["promise", "is_published"]
    search_fields = ["promise__code", "causes", "done"]
    ordering = ["-since", "-pk"]
    list_export = ["promise.code", "since", "until", "causes", "done", "is_published"]
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("promise", widget=forms.Select),
                    FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                    FieldPanel("is_published"),
                ],
                heading=_("Breach"),
            ),
            *(_in_language(language) for language, _name in settings.LANGUAGES),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[BreachNote]:
        """A row names its promise: in the listing's one query."""
        return BreachNote.objects.select_related("promise")
