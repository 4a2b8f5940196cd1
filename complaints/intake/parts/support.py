"""What makes it easier for the person, and in which language (4.5; SEC-VULN)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from complaints.intake import choices
from complaints.intake.fields import line, lines
from complaints.intake.parts.part import Part
from complaints.models import Party


class SupportPart(Part):
    support = forms.MultipleChoiceField(
        label=_("What would make this easier for you?"),
        help_text=_(
            "We use it only to help you with this complaint. By telling us you allow us to keep it "
            "here; you can take that back at any time on your case page."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Party.Support.choices,
    )
    support_needs = lines(_("Anything else we should do or know"), 1000, rows=2)
    language = forms.ChoiceField(label=_("In which language should we reply?"), required=False)
    contact_times = line(_("Good times to reach you"), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", choices.language_choices)
        self.initial.setdefault("language", translation.get_language())
