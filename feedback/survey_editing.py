"""How staff list and edit surveys in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from feedback.models import Answer, Survey


class SurveyForm(WagtailAdminModelForm):
    """Writes each language in its own direction, and keeps questions that have answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            for name in Survey.TRANSLATED:
                field = self.fields.get(build_localized_fieldname(name, language))
                if field is not None:
                    field.widget.attrs |= _writing(language)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        questions = self.formsets.get("questions")
        if questions is None:
            return cleaned
        leaving = [form.instance.pk for form in questions.initial_forms if _is_leaving(form)]
        kept = Answer.objects.filter(question__in=leaving).values_list("question__code", flat=True)
        if codes := sorted(set(kept)):
            self.add_error(
                None,
                gettext(
                    "These questions have answers, so they can't be deleted: %(codes)s. Bring them "
                    "back and take the tick from “asked” instead."
                )
                % {"codes": ", ".join(codes)},
            )
        return cleaned


def _is_leaving(form: Any) -> bool:
    return bool(form.instance.pk) and form.data.get(form.add_prefix("DELETE")) in (
        "1",
        "on",
        "true",
    )


def _writing(language: str) -> dict[str, str]:
    right_to_left = get_language_info(language)["bidi"]
    return {"lang": language, "dir": "rtl" if right_to_left else "ltr"}


def in_every_language(name: str) -> list[FieldPanel]:
    return [
        FieldPanel(build_localized_fieldname(name, language))
        for language, _name in settings.LANGUAGES
    ]


def question_panels() -> list[Any]:
    return [
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("scale")]),
        MultiFieldPanel(in_every_language("text"), heading=_("The question in each language")),
        MultiFieldPanel(
            [
                FieldRowPanel([low, high])
                for low, high in zip(
                    in_every_language("low"), in_every_language("high"), strict=True
                )
            ],
            heading=_("Own words for the two ends"),
            classname="collapsed",
        ),
        FieldRowPanel([FieldPanel("measures"), FieldPanel("is_core")]),
        FieldRowPanel(
            [FieldPanel("required"), FieldPanel("not_applicable"), FieldPanel("is_asked")]
        ),
    ]


def edit_handler() -> TabbedInterface:
    facts = ObjectList(
        [
            FieldRowPanel([FieldPanel("slug"), FieldPanel("site")]),
            FieldRowPanel([FieldPanel("trigger"), FieldPanel("is_active")]),
            FieldPanel("complaints_only"),
            FieldRowPanel([FieldPanel("after_days"), FieldPanel("days_valid")]),
            MultiFieldPanel([FieldPanel("where"), FieldPanel("external_url")], heading=_("Where")),
        ],
        heading=_("Survey"),
    )
    questions = ObjectList(
        [InlinePanel("questions", panels=question_panels(), label=_("Question"))],
        heading=_("Questions"),
    )
    words = [
        ObjectList(
            [FieldPanel(build_localized_fieldname(name, language)) for name in Survey.TRANSLATED],
            heading=str(get_language_info(language)["name_local"]),
        )
        for language, _name in settings.LANGUAGES
    ]
    return TabbedInterface([facts, questions, *words], base_form_class=SurveyForm)


class SurveyViewSet(SnippetViewSet):
    model = Survey
    icon = "form"
    menu_label = _("Surveys")
    menu_order = 270
    add_to_admin_menu = True
    list_display = [
        "title",
        "trigger",
        "site",
        BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
    ]
    list_filter = ["trigger", "is_active", "site"]
    search_fields = ["title", "slug"]
    ordering = ["slug"]
    copy_view_enabled = False
    edit_handler = edit_handler()


def refuse_deletion(request: HttpRequest, surveys: list[Survey]) -> HttpResponse | None:
    """Say no where one of the surveys was sent or answered: what people told us is kept."""
    used = [s for s in surveys if s.invitations.exists() or s.responses.exists()]
    if not used:
        return None
    messages.error(
        request,
        gettext(
            "“%(survey)s” was sent or answered, so it can't be deleted. Make it inactive instead."
        )
        % {"survey": used[0]},
    )
    return redirect("wagtailsnippets_conduct_feedback_survey:list")
