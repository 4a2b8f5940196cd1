"""The forms of the complainant's page."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.tracking.offers import Offer

LONGEST = 20_000
#: Nobody types that much by mistake; more need not be looked at.
TYPED = 100
AS_PRINTED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class OpenForm(forms.Form):
    """Reference and key, typed in any usual way."""

    use_required_attribute = False

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy("For example C-7K4Q-2M9X."),
        max_length=TYPED,
        widget=forms.TextInput(attrs=AS_PRINTED | {"dir": "ltr"}),
        error_messages={
            "required": gettext_lazy(
                "Type the reference. It is on the page you saw after sending, and in our mail."
            )
        },
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy(
            "Sixteen letters and digits. Capital or small letters, with or without dashes: "
            "all are understood."
        ),
        max_length=TYPED,
        widget=forms.TextInput(attrs=AS_PRINTED | {"dir": "ltr"}),
        error_messages={
            "required": gettext_lazy(
                "Type the key. It is next to the reference, on the same page and in the same mail."
            )
        },
    )


class KeptForm(forms.Form):
    """What somebody was about to send when their case was closed for being idle."""

    action = forms.CharField(max_length=30, required=False)
    # However long: it is measured where it is sent.
    words = forms.CharField(required=False, strip=False)


class ActionForm(forms.Form):
    """The person's words for one action. `seen` is the last step their page showed."""

    use_required_attribute = False

    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={
            "max_length": gettext_lazy(
                "This is longer than we can take at once (%(show_value)d characters). Send it "
                "in two messages, or as a file."
            )
        },
    )
    submission = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, offer: Offer, *args: Any, has_files: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.has_files = has_files
        self.fields["words"].label = str(offer.field_label)
        if not offer.field:
            del self.fields["words"]

    @classmethod
    def blank(cls, offer: Offer, *, seen: int, words: str = "") -> ActionForm:
        """A form with a one-time id of its own: sent twice, it is one message."""
        return cls(
            offer,
            initial={"submission": secrets.token_urlsafe(16), "seen": seen, "words": words},
        )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if self.offer.required and not words and not self.has_files:
            raise forms.ValidationError(_("Write a few words, so that we know what you mean."))
        return words
