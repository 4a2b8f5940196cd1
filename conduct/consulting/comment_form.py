"""The form for a comment on a draft: only the words are required."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from conduct.models import Consultation, ConsultationComment

MOST = 5000
OTHER = "other"


def languages() -> list[tuple[str, Any]]:
    """The site's languages, each by its own name, and any other."""
    own = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
    return [*own, (OTHER, _("Another language"))]


class CommentForm(forms.Form):
    use_required_attribute = False

    body = forms.CharField(
        label=_("Your comment"),
        help_text=_(
            "What is good, what is missing, what is hard to understand? Write in any language."
        ),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={
            "required": _("Write your comment first."),
            "max_length": _(
                "This is longer than we can take: %(show_value)d characters. Shorten it to "
                "%(limit_value)d, or send the rest as a second comment."
            ),
        },
    )
    language = forms.ChoiceField(
        label=_("The language you write in"),
        help_text=_("So that screen readers read it out properly, and we answer in it."),
        error_messages={
            "required": _("Choose the language you write in."),
            "invalid_choice": _("Choose one of these languages, or “Another language”."),
        },
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only if you want it shown beside your comment."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"max_length": _("Shorten the name to %(limit_value)d characters.")},
    )

    def __init__(self, data: Any = None, *, language: str = "") -> None:
        super().__init__(data, initial={"language": language}, auto_id="comment-%s")
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages()

    def store(
        self, consultation: Consultation, *, submission_id: str
    ) -> tuple[ConsultationComment, bool]:
        """Keep the comment, once for each token. False: the token belongs to another comment."""
        wanted = self._values()
        try:
            with transaction.atomic():
                return ConsultationComment.objects.create(
                    consultation=consultation, submission_id=submission_id, **wanted
                ), True
        except IntegrityError:
            earlier = ConsultationComment.objects.get(submission_id=submission_id)
        is_same = earlier.consultation_id == consultation.pk and all(
            getattr(earlier, name) == value for name, value in wanted.items()
        )
        return earlier, is_same

    def _values(self) -> dict[str, str]:
        data = self.cleaned_data
        language = "" if data["language"] == OTHER else data["language"]
        return {"body": data["body"], "name": data["name"], "language": language}
