"""The questions of the guide. Each form saves what was said and says what it can't take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from complaints import starter
from complaints.actions.performing import FILL_IN
from complaints.backoffice.setup.week import time_zones, usual_week
from complaints.models import HandlingSettings, Team
from complaints.models.policy import DeliveryOfAnswer
from conduct.models import Organisation

SMALL, LARGER = "small", "larger"
THREE_LETTERS = _("Write three letters, such as EUR or KRW.")
#: What the default language has, all others fall back to.
NAME = build_localized_fieldname("name", DEFAULT_LANGUAGE)
BODY_NAME = build_localized_fieldname("external_body_name", DEFAULT_LANGUAGE)
BODY_CONTACT = build_localized_fieldname("external_body_contact", DEFAULT_LANGUAGE)


def _ask(form: forms.BaseForm, name: str, label: Any, hint: Any = "", **options: Any) -> None:
    """Put a question in our own words."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = FILL_IN
    for option, value in options.items():
        setattr(field, option, value)


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = [NAME, "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(
            self, NAME, _("What is your organisation called?"),
            _("As customers know it. Other languages are set in the settings."), required=True,
        )  # fmt: skip
        _ask(self, "email", _("Where can customers write to?"))
        _ask(
            self, "phone", _("Where can they call?"),
            _("With the code of your country, such as +49 30 123456. No number that costs extra."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("email") or data.get("phone") or self.errors):
            self.add_error("email", _("Write an e-mail address or a telephone number."))
        return data


class RulesForm(forms.ModelForm):
    size = forms.ChoiceField(
        label=_("How large are you?"),
        choices=[
            (SMALL, _("Small: one inbox, and a second person approves serious answers only")),
            (LARGER, _("Larger: several teams, and a second person approves answers")),
        ],
        help_text=_(
            "In a small organisation one person may do all of it, but not the review of their own "
            "answer: that needs somebody else, or a body outside."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": FILL_IN},
    )
    time_zone = forms.ChoiceField(label=_("Where are you?"), choices=time_zones)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days do you work?"),
        help_text=_("Leave all empty to take what is usual there."),
        choices=[(str(day + 1), capfirst(str(name))) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = HandlingSettings
        fields = ["time_zone", "acknowledge_days", "answer_days", "currency"]

    field_order = [
        "size", "time_zone", "weekdays", "acknowledge_days", "answer_days", "currency",
    ]  # fmt: skip

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [  # type: ignore[attr-defined]
            (str(day + 1), capfirst(str(name))) for day, name in WEEKDAYS.items()
        ]
        rules = self.instance
        if is_new and rules.time_zone == "UTC":
            self.initial["time_zone"] = settings.TIME_ZONE
        else:
            self.initial["weekdays"] = list(rules.working_weekdays)
        if not is_new:
            self.initial["size"] = SMALL if rules.small_mode else LARGER
        _ask(
            self, "acknowledge_days", _("Within how many working days do you say that you got it?")
        )
        _ask(
            self, "answer_days", _("Within how many working days do you answer?"),
            _("High priority gets half of it, top priority a quarter, unless you set them."),
        )  # fmt: skip
        _ask(self, "currency", _("In which currency do you pay?"), _("Three letters: EUR, VND."))
        self.fields["currency"].error_messages["max_length"] = THREE_LETTERS

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).upper()
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise forms.ValidationError(THREE_LETTERS)
        return currency

    def save(self, commit: bool = True) -> HandlingSettings:
        rules = self.instance
        data = self.cleaned_data
        days = data["weekdays"] or usual_week(data["time_zone"])
        rules.working_weekdays = "".join(sorted(days))
        if "answer_days" in self.changed_data:
            rules.answer_days_high = max(1, rules.answer_days // 2)
            rules.answer_days_top = max(1, rules.answer_days // 4)
        is_small = data["size"] == SMALL
        if is_small != rules.small_mode:
            rules.small_mode = is_small
            rules.approval = (
                DeliveryOfAnswer.SERIOUS_ONLY if is_small else DeliveryOfAnswer.SOMEONE_ELSE
            )
        return super().save(commit)


class ListsForm(forms.Form):
    """What is not there yet, ticked where the list is empty still."""

    LABELS = {
        "categories": _("What may complaints be about?"),
        "remedies": _("What may you do to put something right?"),
        "causes": _("Why may something go wrong?"),
    }

    def __init__(self, *args: Any, kinds: list[str], team: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        for kind in kinds:
            entries = starter.missing(kind)
            if not entries:
                continue
            self.fields[kind] = forms.MultipleChoiceField(
                label=self.LABELS[kind],
                choices=[(entry.code, str(entry)) for entry in entries],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=(
                    [entry.code for entry in entries]
                    if len(entries) == len(starter.entries(kind))
                    else []
                ),
            )

    def save(self) -> None:
        for kind, codes in self.cleaned_data.items():
            starter.add(kind, codes, **({"team": self.team} if kind == "categories" else {}))


class OutsideForm(forms.ModelForm):
    external_body_url = forms.URLField(
        label=_("Their address on the web"), required=False, max_length=200, assume_scheme="https"
    )
    none_applies = forms.BooleanField(
        label=_("No such body exists for us"),
        help_text=_("Answers then say so, and that everybody may go to a court."),
        required=False,
    )

    class Meta:
        model = Organisation
        fields = [BODY_NAME, "external_body_url", BODY_CONTACT]
        widgets = {BODY_CONTACT: forms.Textarea(attrs={"rows": 3})}

    field_order = [BODY_NAME, "external_body_url", BODY_CONTACT, "none_applies"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(
            self, BODY_NAME, _("Who helps, free and independent of you?"),
            _("An ombudsman, a body that settles disputes, a regulator."),
        )  # fmt: skip
        _ask(self, BODY_CONTACT, _("Their postal address, telephone or e-mail"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get(BODY_NAME) and not data.get("none_applies"):
            self.add_error(BODY_NAME, _("Write who that is, or tick that there is nobody."))
        if data.get(BODY_NAME) and data.get("none_applies"):
            self.add_error("none_applies", _("Clear the name above, or this tick."))
        return data
