"""The questions of the form in which staff write down for somebody else (table C1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminDateTimeInput

from complaints.intake.fields import AddressField, LineField, PhoneField, TextField
from complaints.lifecycle import Channel, Kind
from complaints.models import Case, Category, Party, RemedyKind
from conduct.models import Promise

#: How something reaches staff; what comes by the web form comes by itself.
CHANNELS = (
    Channel.PHONE, Channel.IN_PERSON, Channel.POST, Channel.EMAIL, Channel.SOCIAL, Channel.STAFF
)  # fmt: skip
WORDS_LIMIT = 40_000


def _asked(model: Any, name: str, *, rows: int = 0, hint: Any = "") -> forms.Field:
    """The field of a form for a text of the model, under its own name."""
    column = model._meta.get_field(name)
    field, limit = (TextField, 5000) if rows else (LineField, column.max_length or 300)
    widget = AdminAutoHeightTextInput(attrs={"rows": rows}) if rows else forms.TextInput()
    return field(
        label=capfirst(column.verbose_name),
        help_text=hint,
        max_length=limit,
        required=False,
        widget=widget,
    )


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


class MultipleFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what may be kept is decided by `complaints.intake.uploads`."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [file for file in data or () if file]


class EntryFields(forms.Form):
    """Every field, short ones first; what must fit together is in `EntryForm`."""

    #: Makes a double click one case.
    submission_id = forms.CharField(max_length=64, widget=forms.HiddenInput)

    description = TextField(
        label=_("What they said"),
        help_text=_("In their words as far as you can. Leave out what we need not know."),
        max_length=WORDS_LIMIT,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4, "autofocus": True}),
        error_messages={"required": _("Write down what they said, in a sentence at least.")},
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is. It can be changed later.")},
    )
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(channel.value, channel.label) for channel in CHANNELS]
    )
    name = _asked(Party, "name")
    email = AddressField(label=_("E-mail"), required=False, max_length=254)
    phone = PhoneField(label=_("Telephone"), required=False)
    language = forms.ChoiceField(label=_("Their language"))
    category: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.filter(is_active=True),
        required=False,
        empty_label=_("Not sure, or something else"),
    )

    received_at = forms.DateTimeField(
        label=_("When it came in"),
        help_text=_("Leave empty if that is now. All time limits count from it."),
        required=False,
        widget=AdminDateTimeInput,
        error_messages={"invalid": _("Write day and time, such as 2026-03-31 14:30.")},
    )
    back_dating_reason = _asked(Case, "back_dating_reason")

    address_as = _asked(Party, "address_as", hint=_("For example: Ms Kim."))
    postal_address = _asked(Party, "postal_address", rows=3)
    reply_by = forms.ChoiceField(
        label=_("How they want to hear from us"),
        choices=[("", _("However we can reach them")), *Party.ReplyBy.choices],
        required=False,
    )
    contact_times = _asked(Party, "contact_times")

    support = forms.MultipleChoiceField(
        label=_("What would make it easier for them"),
        choices=Party.Support.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    support_needs = _asked(
        Party,
        "support_needs",
        rows=2,
        hint=_("Say what we should do, not why: “large print, call after 17:00”."),
    )
    support_agreed = _tick(_("They agree that we keep this"))

    representative_name = LineField(label=_("Name"), max_length=200, required=False)
    representative_relation = LineField(
        label=_("Who they are to the person"), max_length=200, required=False
    )
    representative_email = AddressField(label=_("E-mail"), required=False, max_length=254)
    representative_phone = PhoneField(label=_("Telephone"), required=False)
    answer_to_representative = _tick(
        _("Write to them instead of the person"),
        _("They are told nothing before somebody has checked that they may be told."),
    )
    authority_files = FilesField(label=_("Their permission in writing"), required=False)
    other_contact = _asked(Case, "other_contact")

    promise: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Promise that was broken"), queryset=Promise.objects.none(), required=False
    )
    product = _asked(Case, "product")
    order_number = _asked(Case, "order_number")
    place = _asked(Case, "place")
    staff_named = _asked(
        Case, "staff_named", hint=_("Whoever is named here can't see or handle the case.")
    )

    happened_on = forms.DateField(
        label=capfirst(Case._meta.get_field("happened_on").verbose_name),
        required=False,
        widget=AdminDateInput,
    )
    happened_when = _asked(Case, "happened_when", hint=_("In words, such as: last spring."))
    still_going_on = _tick(_("It is still going on"))
    happened_before = _tick(_("It has happened before"))
    urgent = _tick(_("It is urgent, or someone is in danger"))
    earlier_contact = _asked(Case, "earlier_contact")
    effect = _asked(Case, "effect", rows=2)
    elsewhere = _asked(Case, "elsewhere")

    remedies: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("What would put it right"),
        queryset=RemedyKind.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    remedy_wanted = _asked(Case, "remedy_wanted", rows=2)

    evidence_files = FilesField(label=_("Files"), required=False)
    enclosures = _asked(Case, "enclosures")
    evidence_link = _asked(Case, "evidence_link")

    may_be_surveyed = _tick(_("They may be asked afterwards how satisfied they were"))
    may_be_told = _tick(_("What happened may be told as an example, without names"))
