"""What happened: one problem, and what is asked once beside the first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.intake import choices
from complaints.intake.fields import TextField, line, lines, tick
from complaints.intake.parts.part import Part
from complaints.intake.questions import (
    ExtraQuestionsForm,
    answered,
    questions_of_all_categories,
)
from complaints.intake.submission import Told
from complaints.models import Category

if TYPE_CHECKING:
    from wagtail.models import Site

DESCRIPTION_LIMIT = 40_000
#: Of the extra questions that an editor may choose for one form.
MOST_CHOSEN = 100


class ProblemPart(Part):
    """What, when, where, which product or service, which promise. Only what happened is needed."""

    description = TextField(
        label=_("What happened?"),
        help_text=_(
            "Write it in your own words, in any language. Leave out passwords and card numbers, "
            "and what we need not know about anybody’s health."
        ),
        max_length=DESCRIPTION_LIMIT,
        rows=10,
        error_messages={"required": _("Tell us what happened, in a sentence at least.")},
    )
    category = forms.ChoiceField(label=_("What is it about?"), required=False)
    promise = forms.ChoiceField(label=_("Did we break a promise?"), required=False)
    product = line(_("Product or service"), 200)
    place = line(_("Place or branch"), 200)
    happened_on = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year-month-day, such as 2026-03-31.")},
    )
    happened_when = line(
        _("Or in words"), 200, _("For example: last spring, or every Monday in May.")
    )
    #: What the page's editor chose; echoed so that the form comes back the same.
    categories = forms.CharField(required=False, widget=forms.HiddenInput)
    chosen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        site: Site | None = None,
        kept_files: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`kept_files`: codes of extra questions that a file came for before."""
        self.site, self.kept_files = site, kept_files
        super().__init__(*args, **kwargs)
        shown = self["categories"].value() or choices.CategoriesShown.ALL
        self.asks_category = shown != choices.CategoriesShown.NONE
        self.offer("category", lambda: choices.category_choices(shown, self.offered_categories))
        self.offer("promise", choices.promise_choices)

    @property
    def chosen_questions(self) -> list[str]:
        """Codes of the extra questions that the page's editor chose."""
        codes = (self["chosen"].value() or "").split(",")[:MOST_CHOSEN]
        return [code for code in codes if code and code.isprintable()]

    @cached_property
    def extra(self) -> ExtraQuestionsForm:
        """The organisation's own questions: those of every category, each with its condition."""
        return ExtraQuestionsForm(
            self.data if self.is_bound else None,
            questions=questions_of_all_categories(self.chosen_questions),
            category=self["category"].value() or "",
            site=self.site,
            kept_files=self.kept_files,
            initial=self.initial,
            prefix=self.prefix,
        )

    @cached_property
    def offered_categories(self) -> list[Category]:
        return choices.active_categories()

    @property
    def quick_ways(self) -> Iterator[tuple[str, Category]]:
        """Where something else helps at once: the code to show it for, and the category."""
        for category in self.offered_categories:
            if category.quick_way:
                yield category.code, category

    def is_valid(self) -> bool:
        fits, extra_fits = super().is_valid(), self.extra.is_valid()
        return fits and extra_fits

    @property
    def told(self) -> Told:
        """The problem, once it is valid."""
        return Told(self.cleaned_data, answered(self.extra))

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


class FirstProblemPart(ProblemPart):
    """The first problem, or the only one, with what is asked once for the whole complaint."""

    urgent = tick(_("It is urgent, or someone is in danger"))
    order_number = line(_("Order or contract number"), 100, spellcheck="false")
    staff_named = line(
        _("Member of staff involved"),
        200,
        _("People you name here can't see or handle your complaint."),
    )
    still_going_on = tick(_("It is still going on"))
    happened_before = tick(_("It has happened before"))
    earlier_contact = line(
        _("Have you told us before?"),
        300,
        _("When, whom, and the reference if you have one."),
    )
    effect = lines(
        _("What did it do to you?"),
        5000,
        _("For example: money, time, health, distress. About health, only what matters here."),
    )
    elsewhere = line(
        _("Have you told anyone else, such as a regulator, an ombudsman or a court?"),
        300,
        _("Who, and when. It does not stop us from helping you."),
    )
    enclosures = line(
        _("Papers that exist or that you send later"),
        500,
        _("For example: the invoice, a letter of 3 May, a witness."),
    )
    evidence_link = line(
        _("Address on the web where we can see it"), 500, dir="ltr", spellcheck="false"
    )
