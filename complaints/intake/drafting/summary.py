"""What somebody is about to send, as they read it once more (WCAG-FORM)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from complaints.intake.drafting.steps import CHECK, Sheet, Step
from complaints.intake.parts.part import Part
from complaints.intake.parts.problem import ProblemPart
from complaints.intake.questions import words as extra_words
from complaints.intake.staging import StagedFile

#: Asked on the page of the summary itself, or no answers at all.
LEFT_OUT = frozenset({"categories", "chosen"})


@dataclass(frozen=True)
class Section:
    """One step: its questions with answers, its files, and how many things have to be mended."""

    step: Step
    rows: list[tuple[str, str]]
    files: list[StagedFile] = field(default_factory=list)
    form: Part | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.files)


def sections(sheet: Sheet, files: list[StagedFile]) -> Iterator[Section]:
    """Every step but the last; `form` is given where something has to be mended."""
    for step, form in sheet.forms:
        if step.slug == CHECK:
            continue
        mine = [
            f for f in files
            if (f.is_authority and step.slug == "acting")
            or (step.number and f.issue == step.number and not f.is_authority)
        ]  # fmt: skip
        yield Section(step, list(_rows(form)), mine, None if form.is_valid() else form)


def _rows(form: Part) -> Iterator[tuple[str, str]]:
    form.is_valid()
    for bound in form:
        if bound.name in LEFT_OUT:
            continue
        # What has to be mended is shown as typed.
        value = form.cleaned_data.get(bound.name, bound.data)
        if words := in_words(bound.field, value):
            yield str(bound.label), words
    if isinstance(form, ProblemPart) and form.extra.is_valid():
        yield from extra_words(form.extra)


def in_words(asked: forms.Field, value: Any) -> str:
    """An answer as people say it; empty where there is none."""
    if isinstance(asked, forms.BooleanField):
        return _("Yes") if value else ""
    if isinstance(asked, forms.MultipleChoiceField):
        return "\n".join(_label(asked, code) for code in value or ())
    if isinstance(asked, forms.ChoiceField):
        return _label(asked, value) if value else ""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value or "")


def _label(asked: Any, code: Any) -> str:
    for value, label in asked.choices:
        if isinstance(label, list | tuple):
            for inner, words in label:
                if str(inner) == str(code):
                    return str(words)
        elif str(value) == str(code):
            return str(label)
    return str(code)
