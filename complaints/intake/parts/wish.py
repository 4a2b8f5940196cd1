"""What would put it right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.intake import choices
from complaints.intake.fields import lines
from complaints.intake.parts.part import Part


class WishPart(Part):
    remedies = forms.MultipleChoiceField(
        label=_("What would put it right?"),
        help_text=_("Choose as many as you like, or none."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    remedy_wanted = lines(_("In your own words"), 5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("remedies", choices.remedy_choices)

    @property
    def offers_remedies(self) -> bool:
        return bool(self["remedies"].subwidgets)
