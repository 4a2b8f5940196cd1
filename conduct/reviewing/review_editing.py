"""How staff write review records in the Wagtail admin, and how a decided one stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from conduct.models import Review

from .due import editions_in_force
from .known import known_about


class ReviewForm(WagtailAdminModelForm):
    """A tick decides the review; from then on nothing of it can be changed."""

    decide = forms.BooleanField(
        label=_("The review is finished"),
        required=False,
        help_text=_("From then on this record stays as it is. For another decision, add another."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            field = self.fields.get(build_localized_fieldname("notice", language))
            if field is not None:
                bidi = get_language_info(language)["bidi"]
                field.widget.attrs |= {"lang": language, "dir": "rtl" if bidi else "ltr"}

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self.cleaned_data.get("decide"):
            return
        for name, sentence in self.instance.missing().items():
            wanted = build_localized_fieldname(name, DEFAULT_LANGUAGE)
            self.add_error(wanted if name in Review.TRANSLATED else name, sentence)

    def save(self, commit: bool = True) -> Review:
        if self.cleaned_data.get("decide"):
            self.instance.decide()
        saved: Review = super().save(commit=commit)
        return saved


class KnownPanel(Panel):
    """What is known about the edition; before one is chosen, about each that is in force."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "conduct/reviewing/known.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            chosen = self.instance.edition if self.instance.edition_id else None
            editions = [chosen] if chosen else editions_in_force(timezone.now())
            known = [(edition, known_about(edition)) for edition in editions]
            return dict(context) | {"editions": known}


def edit_handler() -> TabbedInterface:
    facts = ObjectList(
        [
            KnownPanel(heading=_("What is known")),
            FieldPanel("edition", widget=forms.Select),
            FieldRowPanel([FieldPanel("held_on"), FieldPanel("held_by")]),
            MultiFieldPanel([FieldPanel(name) for name in Review.FINDINGS], heading=_("Findings")),
            FieldPanel("non_fulfilments"),
            MultiFieldPanel(
                [FieldPanel(name) for name in Review.CIRCUMSTANCES], heading=_("What has changed")
            ),
            FieldPanel("earlier_actions"),
            FieldPanel("complaint_themes"),
            MultiFieldPanel(
                [
                    FieldPanel("decision"),
                    FieldPanel("reason"),
                    FieldRowPanel([FieldPanel("effective_on"), FieldPanel("next_review_on")]),
                    FieldPanel("decide"),
                ],
                heading=_("Decision"),
            ),
        ],
        heading=_("Review"),
    )
    notices = ObjectList(
        [
            FieldPanel(build_localized_fieldname("notice", language))
            for language, _name in settings.LANGUAGES
        ],
        heading=_("Notice to customers"),
    )
    return TabbedInterface([facts, notices], base_form_class=ReviewForm)


class ReviewViewSet(SnippetViewSet):
    model = Review
    icon = "glasses"
    menu_label = _("Review records")
    list_display = [
        "__str__",
        "held_on",
        Column("decision", label=_("Decision"), accessor=lambda row: row.get_decision_display()),
        "next_review_on",
        Column(
            "decided_at",
            label=_("State"),
            accessor=lambda row: _("Decided") if row.is_decided else _("Being written"),
        ),
    ]
    list_filter = ["edition", "decision"]
    ordering = ["-held_on", "-pk"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "edition",
        "held_on",
        "held_by",
        *Review.FINDINGS,
        "non_fulfilments",
        *Review.CIRCUMSTANCES,
        "earlier_actions",
        "complaint_themes",
        "decision",
        "reason",
        "notice",
        "effective_on",
        "next_review_on",
        "decided_at",
    ]
    edit_handler = edit_handler()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return Review.objects.select_related("edition")


def show_decided(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """A hook: a decided review is looked at, not edited."""
    if not (isinstance(instance, Review) and instance.is_decided):
        return None
    messages.warning(
        request,
        gettext("This review is decided and stays as it is. For another decision, add another."),
    )
    return redirect(reverse(ReviewViewSet().get_url_name("inspect"), args=[instance.pk]))


def keep_decided(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """A hook: a decided review is not deleted."""
    if not any(isinstance(one, Review) and one.is_decided for one in instances):
        return None
    messages.error(
        request, gettext("A decided review is kept: it says why things are as they are.")
    )
    return redirect(ReviewViewSet().get_url_name("list"))


def keep_decided_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> HttpResponse | None:
    return keep_decided(request, objects) if action_type == "delete" else None
