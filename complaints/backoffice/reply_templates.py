"""Reply templates in the admin: a tab per language, each with a look at the text with examples."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.models import Site

from complaints.backoffice.appearance import language
from complaints.backoffice.own_words import (
    OTHER_LANGUAGES,
    VocabularyForm,
    VocabularyViewSet,
    language_name,
)
from complaints.backoffice.replies import VARIABLES, example_values, fill, what_is_wrong
from complaints.models import ReplyTemplate
from conduct.models import Organisation


class ReplyTemplateForm(VocabularyForm):
    """Refuses names in braces that mean nothing: nobody would fill them in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[build_localized_fieldname("body", DEFAULT_LANGUAGE)].required = True
        for code in AVAILABLE_LANGUAGES:
            direction = {"lang": code, "dir": language(code).direction}
            for name in ("name", "body"):
                self.fields[build_localized_fieldname(name, code)].widget.attrs.update(direction)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        for code in AVAILABLE_LANGUAGES:
            name = build_localized_fieldname("body", code)
            if wrong := what_is_wrong(data.get(name) or ""):
                self.add_error(name, wrong)
        return data


class ExamplePanel(Panel):
    """The text of one language with the words of an invented case; a script keeps it in step."""

    def __init__(self, code: str, **kwargs: Any) -> None:
        super().__init__(heading=gettext_lazy("As it reads"), **kwargs)
        self.code = code

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().clone_kwargs()
        kwargs.pop("heading", None)
        return kwargs | {"code": self.code}

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct_complaints/backoffice/replies/example.html"

        class Media:
            js = ("conduct_complaints/js/replies.js",)
            css = {"all": ("conduct_complaints/css/backoffice.css",)}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            code = self.panel.code
            field = self.form[build_localized_fieldname("body", code)]
            values = self.values(code)
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "field": field,
                "values": values,
                "text": fill(field.value() or "", values),
                "language": language(code),
            }

        def values(self, code: str) -> dict[str, str]:
            site = Site.find_for_request(self.request)
            with translation.override(code):
                name = Organisation.for_site(site).name if site else ""
            return example_values(code, name)


class VariablesPanel(Panel):
    """What may stand in braces."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct_complaints/backoffice/replies/variables.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"variables": [(f"{{{n}}}", w) for n, w in VARIABLES.items()]}


def _words(code: str) -> list[Panel]:
    name, body = (build_localized_fieldname(field, code) for field in ("name", "body"))
    return [
        FieldPanel(name),
        FieldPanel(body, widget=forms.Textarea(attrs={"rows": 10})),
        ExamplePanel(code),
    ]


def _tabs() -> TabbedInterface:
    general = [
        *_words(DEFAULT_LANGUAGE)[:2],
        VariablesPanel(heading=gettext_lazy("Names that are filled in")),
        *_words(DEFAULT_LANGUAGE)[2:],
        *map(FieldPanel, ("stage", "category", "kind", "code", "order", "is_active")),
    ]
    others = [ObjectList(_words(code), heading=language_name(code)) for code in OTHER_LANGUAGES]
    return TabbedInterface(
        [ObjectList(general, heading=gettext_lazy("General")), *others],
        base_form_class=ReplyTemplateForm,
    )


def languages_written(template: ReplyTemplate) -> str:
    """ "6 of 8", or in words that it is there in all."""
    texts = [getattr(template, build_localized_fieldname("body", c)) for c in AVAILABLE_LANGUAGES]
    written = sum(bool((text or "").strip()) for text in texts)
    if written == len(texts):
        return _("All")
    return _("%(number)s of %(all)s") % {"number": written, "all": len(texts)}


class ReplyTemplateViewSet(VocabularyViewSet):
    model = ReplyTemplate
    name = "conduct_reply_templates"
    icon = "mail"
    list_display = [
        "name",
        "stage",
        "category",
        "kind",
        Column("languages", label=gettext_lazy("Languages"), accessor=languages_written),
        "is_active",
    ]
    list_filter = ["stage", "category", "kind", "is_active"]
    search_fields = ["name", "code", "body"]
    edit_handler = _tabs()
