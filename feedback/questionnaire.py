"""The form that a survey's questions make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.intake.fields import AddressField, TextField
from feedback.models import Question, Survey

NOT_APPLICABLE = "na"
COMMENT_LENGTH = 4000
CHOOSE = _("Choose one of the answers.")


@dataclass(frozen=True)
class Given:
    """One answer as it is stored; see `Answer`."""

    question: Question
    value: int | None
    text: str


class QuestionnaireForm(forms.Form):
    """One field for each question that is asked (`q-<code>`), and what the respondent allows."""

    use_required_attribute = False

    may_link = forms.BooleanField(
        label=_("You may link my answers to my case. Those who handle it can then see them."),
        required=False,
    )
    wants_contact = forms.BooleanField(
        label=_("Please contact me about my answers. To do so you link them to my case."),
        required=False,
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [q for q in survey.questions.all() if q.is_asked]
        for question in self.questions:
            self.fields[field_name(question)] = _field(question)
        self.order_fields([field_name(question) for question in self.questions])

    @property
    def question_fields(self) -> Iterator[tuple[Question, BoundField]]:
        for question in self.questions:
            yield question, self[field_name(question)]

    def given(self) -> list[Given]:
        """The answers of a valid form; a question that was left out gives none."""
        pairs = [(q, self.cleaned_data[field_name(q)]) for q in self.questions]
        return [_given(question, value) for question, value in pairs if value not in ("", None)]


class OpenQuestionnaireForm(QuestionnaireForm):
    """For an open survey: there is no case to link to, and contact needs an address."""

    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Only if we should contact you."),
        required=False,
        attrs={"autocomplete": "email"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["may_link"]
        self.fields["wants_contact"].label = _(
            "Please contact me about my comments. To do so you open a case with them; my ratings "
            "stay without my name."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("wants_contact") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write your e-mail address so that we can contact you."))
        return cleaned


def field_name(question: Question) -> str:
    return f"q-{question.code}"


def _field(question: Question) -> forms.Field:
    if question.is_comment:
        return TextField(
            label=question.text,
            required=question.required,
            max_length=COMMENT_LENGTH,
            rows=5,
            error_messages={"required": _("Write a few words.")},
        )
    choices: list[tuple[str, Any]] = [(str(value), words) for value, words in question.choices]
    if question.not_applicable:
        choices.append((NOT_APPLICABLE, pgettext_lazy("answer", "Doesn't apply to me")))
    return forms.ChoiceField(
        label=question.text,
        choices=choices,
        required=question.required,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def _given(question: Question, value: str) -> Given:
    if question.is_comment:
        return Given(question, None, value)
    return Given(question, None if value == NOT_APPLICABLE else int(value), "")
