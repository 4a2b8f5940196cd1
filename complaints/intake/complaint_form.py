"""The complaint form for the public (table C1; ISO 10002:2018, 7.2 and annex C)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Site

from complaints.intake import choices
from complaints.intake.fields import AddressField, LineField, PhoneField, TextField
from complaints.intake.submission import CheckedFile, Submission
from complaints.intake.submitting import submission_from
from complaints.models import Party

DESCRIPTION_LIMIT = 40_000
CONTACT_FIELDS = ("name", "email", "phone", "street", "town", "postcode")


def _words(label: Any, limit: int, hint: Any = "", **attrs: str) -> LineField:
    widget = forms.TextInput(attrs=attrs)
    return LineField(label=label, max_length=limit, help_text=hint, required=False, widget=widget)


def _lines(label: Any, limit: int, hint: Any = "", rows: int = 4) -> TextField:
    return TextField(label=label, max_length=limit, help_text=hint, required=False, rows=rows)


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


class ComplaintForm(forms.Form):
    """Only what happened is required, and one way to reply unless the person stays anonymous."""

    use_required_attribute = False

    description = TextField(
        label=_("What happened?"),
        help_text=_("Write it in your own words, in any language."),
        max_length=DESCRIPTION_LIMIT,
        rows=10,
        error_messages={"required": _("Tell us what happened, in a sentence at least.")},
    )
    urgent = _tick(_("It is urgent, or someone is in danger"))

    category = forms.ChoiceField(label=_("What is it about?"), required=False)
    promise = forms.ChoiceField(label=_("Did we break a promise?"), required=False)
    product = _words(_("Product or service"), 200)
    order_number = _words(_("Order or contract number"), 100, spellcheck="false")
    place = _words(_("Place or branch"), 200)
    staff_named = _words(
        _("Member of staff involved"),
        200,
        _("People you name here can't see or handle your complaint."),
    )

    happened_on = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year-month-day, such as 2026-03-31.")},
    )
    happened_when = _words(
        _("Or in words"),
        200,
        _("For example: last spring, or every Monday in May."),
    )
    still_going_on = _tick(_("It is still going on"))
    happened_before = _tick(_("It has happened before"))
    earlier_contact = _words(
        _("Have you told us before?"),
        300,
        _("When, whom, and the reference if you have one."),
    )

    effect = _lines(
        _("What did it do to you?"),
        5000,
        _("For example: money, time, health, distress."),
    )
    remedies = forms.MultipleChoiceField(
        label=_("What would put it right?"),
        help_text=_("Choose as many as you like, or none."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    remedy_wanted = _lines(_("In your own words"), 5000)
    elsewhere = _words(
        _("Have you told anyone else, such as a regulator, an ombudsman or a court?"),
        300,
        _("Who, and when. It does not stop us from helping you."),
    )

    anonymous = _tick(_("I want to stay anonymous"))
    name = _words(_("Full name, or name of your organisation"), 200, autocomplete="name")
    address_as = _words(
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
    phone = PhoneField(label=_("Telephone"), required=False)
    street = TextField(label=_("Postal address"), max_length=300, rows=3, required=False)
    town = _words(_("Town"), 100, autocomplete="address-level2")
    postcode = _words(_("Postcode"), 20, autocomplete="postal-code", spellcheck="false")
    country = _words(_("Country"), 80, autocomplete="country-name")
    reply_by = forms.ChoiceField(
        label=_("How should we reply?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Party.ReplyBy.choices,
    )
    language = forms.ChoiceField(label=_("In which language should we reply?"), required=False)
    contact_times = _words(_("Good times to reach you"), 200)
    support_needs = _lines(
        _("Is there anything we should do to make this easier for you?"),
        1000,
        _(
            "For example: large print, a call instead of a letter, an interpreter. We use it only "
            "to help you with this complaint."
        ),
        rows=2,
    )

    representative_name = _words(_("Name of the person who acts for you"), 200)
    representative_relation = _words(
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
            ("representative", _("To the person who acts for me")),
        ],
    )

    may_be_surveyed = _tick(
        pgettext_lazy("consent", "You may ask me afterwards how satisfied I was with the handling")
    )
    #: Which categories the page's editor offers; echoed so that the form comes back the same.
    categories = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "complaint-%s")
        super().__init__(*args, **kwargs)
        shown = self["categories"].value() or choices.CategoriesShown.ALL
        self.asks_category = shown != choices.CategoriesShown.NONE
        self._offer("category", partial(choices.category_choices, shown))
        self._offer("promise", choices.promise_choices)
        self._offer("remedies", choices.remedy_choices)
        self._offer("language", choices.language_choices)
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"
        self.fields["street"].widget.attrs["autocomplete"] = "street-address"
        self.initial.setdefault("language", translation.get_language())

    def _offer(self, name: str, offered: Callable[[], choices.Choices]) -> None:
        """Offer a list that is read once, and only if it is shown or an answer is checked."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = cache(offered)
        field.error_messages["invalid_choice"] = _("This is no longer offered. Choose again.")

    @property
    def offers_remedies(self) -> bool:
        return bool(self["remedies"].subwidgets)

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        # A day's grace: it is already tomorrow somewhere.
        if day and (day - timezone.localdate()).days > 1:
            raise forms.ValidationError(
                _("This date lies ahead. Write the day on which it happened.")
            )
        if day and day.year < 1900:
            raise forms.ValidationError(_("Write the year with four digits, such as 2026."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_representative(data)
        if not data.get("anonymous"):
            self._check_way_to_reply(data)
        elif any(data.get(name) for name in CONTACT_FIELDS):
            message = _(
                "You chose to stay anonymous and also wrote who you are. Take the tick away, or "
                "clear your name and contact details."
            )
            self.add_error("anonymous", message)
        return data

    def _check_representative(self, data: dict[str, Any]) -> None:
        contact = ("representative_email", "representative_phone")
        if data.get("answer_to") != "representative" or any(data.get(name) for name in contact):
            return
        if not set(contact) & self.errors.keys():
            message = _(
                "Write their e-mail address or telephone number, so that we can reach them."
            )
            self.add_error("representative_email", message)

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
        elif not (chosen or self._is_reachable(data)):
            message = _(
                "Write your e-mail address, telephone number or postal address, so that we can "
                "reply. If you would rather not, tick that you want to stay anonymous."
            )
            self.add_error("email", message)

    def _is_reachable(self, data: dict[str, Any]) -> bool:
        """Some way to reply is given; one that has to be mended is an error of its own already."""
        own = ("email", "phone", "street")
        if data.get("answer_to") == "representative":
            return True
        return any(data.get(name) or name in self.errors for name in own)

    def to_submission(
        self, *, site: Site, token_id: str, files: Sequence[CheckedFile]
    ) -> Submission:
        return submission_from(self.cleaned_data, site=site, token_id=token_id, files=files)
