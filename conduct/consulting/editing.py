"""How staff set up consultations, decide about comments and answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from conduct.models import Consultation, ConsultationComment

from .comment_form import languages
from .freezing import open_due

#: Once people have been asked, these say what about and where.
KEPT_ONCE_OPEN = ("page", "slug", "method", "opens_on")
#: What somebody said stays as they said it.
THEIRS = ("consultation", "body", "language", "name")


class ConsultationForm(WagtailAdminModelForm):
    """Writes each language in its own direction; opens at once what is due."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            bidi = get_language_info(language)["bidi"]
            for name in Consultation.TRANSLATED:
                field = self.fields.get(build_localized_fieldname(name, language))
                if field is not None:
                    field.widget.attrs |= {"lang": language, "dir": "rtl" if bidi else "ltr"}
        if self.instance.opened_at is not None:
            for name in KEPT_ONCE_OPEN:
                self.fields[name].disabled = True

    def save(self, commit: bool = True) -> Consultation:
        with transaction.atomic():
            self._keep_what_was_opened_meanwhile()
            saved: Consultation = super().save(commit=commit)
        if commit:
            open_due()
            saved.refresh_from_db()
        return saved

    def _keep_what_was_opened_meanwhile(self) -> None:
        """It may have been opened since the form was read; saving must not close it again."""
        now = Consultation.objects.select_for_update(no_key=True).filter(pk=self.instance.pk)
        for row in now.exclude(opened_at=None):
            for name in ("opened_at", "compared_with_id", "page_id", *KEPT_ONCE_OPEN[1:]):
                setattr(self.instance, name, getattr(row, name))


def _words(language: str) -> ObjectList:
    return ObjectList(
        [FieldPanel(build_localized_fieldname(name, language)) for name in Consultation.TRANSLATED],
        heading=str(get_language_info(language)["name_local"]),
    )


class ConsultationViewSet(SnippetViewSet):
    model = Consultation
    icon = "group"
    menu_label = _("Consultations")
    list_display = [
        "title",
        Column("stage", label=_("Stage"), accessor=lambda row: row.stage().label),
        "closes_on",
        Column("received", label=_("Received")),
        Column("waiting", label=_("Wait for a decision")),
        Column("unanswered", label=_("Not answered")),
    ]
    list_filter = ["method", "site"]
    search_fields = ["title", "slug"]
    ordering = ["-opens_on", "-pk"]
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    PageChooserPanel("page", ["conduct.CodeOfConductPage", "conduct.PolicyPage"]),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("method")]),
                    FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                    FieldPanel("summary_is_public"),
                ],
                heading=_("Consultation"),
            ),
            *(_words(language) for language, _name in settings.LANGUAGES),
        ],
        base_form_class=ConsultationForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consultation]:
        """With its numbers, in the listing's one query."""
        return Consultation.objects.counted()


class ConsultationCommentForm(WagtailAdminModelForm):
    """Signs an answer with who gave it; what somebody sent can't be rewritten."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(code, name) for code, name in languages() if code != "other"]
        field = self.fields.get("language")
        if isinstance(field, forms.ChoiceField):
            field.choices = [*own, ("", _("Another language"))]
        language = self.instance.language
        for name in ("body", "answer"):
            self.fields[name].widget.attrs |= self._direction(language)
        if self.instance.pk:
            for name in THEIRS:
                self.fields[name].disabled = True
        else:
            # What was said in a panel, an interview or a letter.
            self.fields["consultation"].queryset = Consultation.objects.opened()

    @staticmethod
    def _direction(language: str) -> dict[str, str]:
        if not language:
            return {"dir": "auto"}
        bidi = get_language_info(language)["bidi"]
        return {"lang": language, "dir": "rtl" if bidi else "ltr"}

    def save(self, commit: bool = True) -> ConsultationComment:
        if "answer" in self.changed_data:
            has_answer = bool(self.instance.answer)
            self.instance.answered_at = timezone.now() if has_answer else None
            self.instance.answered_by = self.for_user if has_answer else None
        with transaction.atomic():
            # What was removed for good since the form was read stays removed.
            rows = ConsultationComment.objects.select_for_update(no_key=True)
            for row in rows.filter(pk=self.instance.pk):
                self.instance.body, self.instance.name = row.body, row.name
            saved: ConsultationComment = super().save(commit=commit)
        return saved


class ConsultationCommentViewSet(SnippetViewSet):
    model = ConsultationComment
    icon = "comment"
    menu_label = _("Comments on drafts")
    list_display = [
        "__str__",
        Column("body", label=_("Comment"), accessor=lambda row: Truncator(row.body).chars(100)),
        "consultation",
        Column(
            "language",
            label=_("Language"),
            sort_key="language",
            accessor=lambda row: dict(settings.LANGUAGES).get(row.language, _("Another language")),
        ),
        "received_at",
        Column("state", label=_("State"), accessor=lambda row: row.get_state_display()),
        Column(
            "answer",
            label=_("Answered"),
            accessor=lambda row: _("Yes") if row.answer else _("No"),
        ),
    ]
    list_filter = ["state", "consultation", "language"]
    search_fields = ["body", "answer"]
    ordering = ["-received_at", "-pk"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("consultation", widget=forms.Select),
            FieldPanel("body"),
            FieldRowPanel([FieldPanel("language"), FieldPanel("name")]),
            MultiFieldPanel(
                [FieldPanel("state"), FieldPanel("reason")], heading=_("May everybody read it?")
            ),
            MultiFieldPanel(
                [FieldPanel("came_of_it"), FieldPanel("answer")], heading=_("Our answer")
            ),
        ],
        base_form_class=ConsultationCommentForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConsultationComment]:
        return ConsultationComment.objects.select_related("consultation")


def keep_consultations(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """A hook: what people said stays, without words if they wish so; its numbers stay true."""
    rows = list(instances)
    if any(isinstance(row, ConsultationComment) for row in rows):
        messages.error(
            request,
            _("A comment is not deleted. Choose “Words removed for good” as its state instead."),
        )
        return redirect(ConsultationCommentViewSet().get_url_name("list"))
    if any(isinstance(row, Consultation) and row.opened_at for row in rows):
        messages.error(request, _("People took part in this consultation, so it is not deleted."))
        return redirect(ConsultationViewSet().get_url_name("list"))
    return None


def keep_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> HttpResponse | None:
    """The same where several are chosen at once."""
    return keep_consultations(request, objects) if action_type == "delete" else None
