"""What editors can put into any page: the feedback form, and a link to an open survey."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from complaints.intake.guarded import Guard
from feedback.feedback_form import FeedbackForm
from feedback.prefilling import prefilled


class FeedbackFormBlock(blocks.StructBlock):
    """Compliments, suggestions and questions. The page may be cached: the form needs no cookie.

    `?about=code-2&promise=D1&format=audio` in the page's address fills in a question.
    """

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    introduction = blocks.RichTextBlock(
        label=_("Introduction"), required=False, features=["bold", "link", "ul"]
    )

    class Meta:
        icon = "comment"
        label = _("Feedback form")
        template = "conduct_feedback/blocks/feedback_form.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        initial = prefilled(request.GET) if request is not None else {}
        return context | {"form": FeedbackForm(initial=initial), "guard": Guard()}


class OpenSurveyChooserBlock(SnippetChooserBlock):
    """Offers surveys; one that is sent to invited people only can't be linked to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("conduct_feedback.Survey", **kwargs)

    def clean(self, value: Any) -> Any:
        survey = super().clean(value)
        if survey is not None and not survey.is_open:
            raise ValidationError(
                _("Choose a survey that is open to everyone: this one is sent to invited people.")
            )
        return survey

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _name, _args, kwargs = super().deconstruct()
        kwargs.pop("target_model", None)
        return "feedback.blocks.OpenSurveyChooserBlock", [], kwargs


class SurveyLinkBlock(blocks.StructBlock):
    """A way to an open survey; shows nothing while the survey isn't active."""

    survey = OpenSurveyChooserBlock(label=_("Survey"))
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)

    class Meta:
        icon = "form"
        label = _("Link to a survey")
        template = "conduct_feedback/blocks/survey_link.html"
