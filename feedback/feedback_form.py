"""The form for what is no complaint: a compliment, a suggestion, a question (10002:2018, 4.11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Site

from complaints.intake.fields import AddressField, LineField, TextField, tick
from complaints.intake.spam import Verdict
from complaints.intake.submission import CheckedFile, Submission
from complaints.lifecycle import ConsentPurpose, Kind
from complaints.models import Party

WORDS_LIMIT = 10_000


class FeedbackForm(forms.Form):
    """Only the kind and the words are required."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What kind of feedback is it?"),
        choices=[
            (Kind.COMPLIMENT, _("A compliment: something was good")),
            (Kind.SUGGESTION, _("A suggestion: something could be better")),
            (Kind.QUESTION, _("A question: you would like to know something")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )
    words = TextField(
        label=_("What do you want to tell us?"),
        help_text=_("Write it in your own words, in any language."),
        max_length=WORDS_LIMIT,
        rows=8,
        error_messages={"required": _("Tell us in a few words.")},
    )
    about = LineField(
        label=_("Which product or service is it about?"), max_length=200, required=False
    )
    name = LineField(
        label=_("Your name"),
        help_text=_("Only if you want an answer."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_(
            "Only if you want an answer by e-mail. Without it you can read our answer with the "
            "reference and key that you get when you send."
        ),
        required=False,
        attrs={"autocomplete": "email"},
    )

    may_be_surveyed = tick(
        pgettext_lazy("consent", "You may ask me afterwards how satisfied I was with the handling")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Another form may be in the same page.
        kwargs.setdefault("auto_id", "feedback-%s")
        super().__init__(*args, **kwargs)

    def to_submission(
        self,
        *,
        site: Site,
        token_id: str,
        files: Sequence[CheckedFile] = (),
        verdict: Verdict | None = None,
    ) -> Submission:
        data = self.cleaned_data
        has_address = bool(data["email"])
        return Submission(
            site=site,
            language=translation.get_language() or "",
            kind=data["kind"],
            description=data["words"],
            complainant={
                "name": data["name"],
                "email": data["email"],
                "reply_by": Party.ReplyBy.EMAIL if has_address else Party.ReplyBy.ONLINE,
            },
            details={
                "product": data["about"],
                "may_be_surveyed": data["may_be_surveyed"],
            },
            consents=[ConsentPurpose.SURVEY] if data["may_be_surveyed"] else [],
            files=files,
            verdict=verdict,
            token_id=token_id,
        )
