"""Who complains and how to reply, or that nobody is to know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.intake.fields import AddressField, PhoneField, TextField, line, tick
from complaints.intake.parts.part import Part
from complaints.models import Party

CONTACT_FIELDS = ("name", "email", "phone", "street", "town", "postcode")
#: Replies go to whoever acts for the person: not a way of its own in `Party`.
THROUGH_REPRESENTATIVE = "representative"


class PersonPart(Part):
    """One way to reply, unless the person stays anonymous."""

    name = line(_("Full name, or name of your organisation"), 200, autocomplete="name")
    address_as = line(
        _("How should we address you?"),
        100,
        _("For example: Ms Kim, or just Min-ji."),
    )
    email = AddressField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        attrs={"autocomplete": "email"},
    )
    phone = PhoneField(
        label=_("Telephone"),
        help_text=_("With the country code if you are abroad, such as +84."),
        required=False,
    )
    street = TextField(label=_("Postal address"), max_length=300, rows=3, required=False)
    postcode = line(_("Postcode"), 20, autocomplete="postal-code", spellcheck="false")
    town = line(_("Town"), 100, autocomplete="address-level2")
    country = line(_("Country"), 80, autocomplete="country-name")
    reply_by = forms.ChoiceField(
        label=_("How should we reply?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            *Party.ReplyBy.choices,
            (THROUGH_REPRESENTATIVE, _("Through the person who acts for me")),
        ],
    )
    anonymous = tick(_("I want to stay anonymous"))
    notice_email = AddressField(
        label=_("Address for notices only"),
        help_text=_(
            "If you like, we write to it that there is something to read, and nothing more. It is "
            "kept apart from your complaint: those who handle it can't see it."
        ),
        required=False,
        max_length=254,
        attrs={"autocomplete": "off"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"
        self.fields["street"].widget.attrs["autocomplete"] = "street-address"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("anonymous"):
            self._check_way_to_reply(data)
        elif any(data.get(name) for name in CONTACT_FIELDS):
            message = _(
                "You chose to stay anonymous and also wrote who you are. Take the tick away, or "
                "clear your name and contact details."
            )
            self.add_error("anonymous", message)
        return data

    def _check_way_to_reply(self, data: dict[str, Any]) -> None:
        ways = {
            "email": ("email", _("Write your e-mail address, or choose another way to reply.")),
            "phone": ("phone", _("Write your telephone number, or choose another way to reply.")),
            "post": ("street", _("Write your postal address, or choose another way to reply.")),
        }
        chosen = data.get("reply_by") or ""
        if chosen in ways:
            name, message = ways[chosen]
            if not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        elif not (chosen or self.is_reachable(data)):
            message = _(
                "Write your e-mail address, telephone number or postal address, so that we can "
                "reply. If you would rather not, tick that you want to stay anonymous."
            )
            self.add_error("email", message)

    def is_reachable(self, data: dict[str, Any]) -> bool:
        """Some way to reply is given; one that has to be mended is an error of its own already."""
        # Whom to write to is asked with the representative; the step for the person gets it along.
        if self.data.get(self.add_prefix("answer_to")) == THROUGH_REPRESENTATIVE:
            return True
        return any(data.get(name) or name in self.errors for name in ("email", "phone", "street"))
