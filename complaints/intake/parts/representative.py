"""Somebody who acts for the person (SEC-REP)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.intake.fields import AddressField, PhoneField, line
from complaints.intake.parts.part import Part
from complaints.intake.parts.person import THROUGH_REPRESENTATIVE

CONTACT = ("representative_email", "representative_phone")


class RepresentativePart(Part):
    representative_name = line(_("Name of the person who acts for you"), 200)
    representative_relation = line(
        _("Who are they to you?"),
        200,
        _("For example: daughter, lawyer, carer."),
    )
    representative_email = AddressField(
        label=_("Their e-mail"),
        required=False,
        max_length=254,
        attrs={"autocomplete": "off"},
    )
    representative_phone = PhoneField(label=_("Their telephone"), required=False)
    answer_to = forms.ChoiceField(
        label=_("Whom should we write to?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("complainant", _("To me")),
            (THROUGH_REPRESENTATIVE, _("To the person who acts for me")),
        ],
    )
    authority = forms.ChoiceField(
        label=_("Your permission in writing"),
        help_text=_(
            "We start at once. Before we tell this person anything, we need a paper in which you "
            "allow it."
        ),
        required=False,
        widget=forms.RadioSelect,
        choices=[("sent", _("I send it now, as a file")), ("follows", _("It will follow"))],
    )
    other_contact = line(
        _("Another person we may ask"),
        300,
        _("Name and how to reach them. We tell them nothing."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        known = any(data.get(name) or name in self.errors for name in CONTACT)
        if self.writes_to_them(data) and not known:
            message = _(
                "Write their e-mail address or telephone number, so that we can reach them."
            )
            self.add_error("representative_email", message)
        return data

    def writes_to_them(self, data: dict[str, Any]) -> bool:
        # How to reply is asked with the person; the step for the representative gets it along.
        reply_by = self.data.get(self.add_prefix("reply_by"))
        return THROUGH_REPRESENTATIVE in (data.get("answer_to"), reply_by)
