"""The form to be printed and filled in by hand (4.5, annex C)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from complaints.intake.drafting.answers import Answers
from complaints.intake.drafting.starting import site_of
from complaints.intake.drafting.steps import CHECK, Sheet, steps_of
from complaints.intake.parts.problem import ProblemPart

#: Of use on a screen alone.
ON_SCREEN_ONLY = frozenset({"categories", "chosen", "happened_when", "evidence_link"})
LINE, SPACE = 1, 8


@dataclass(frozen=True)
class Asked:
    """One question on paper: boxes to tick, or room to write."""

    label: str | LazyText
    hint: str | LazyText = ""
    options: list[str] = field(default_factory=list)
    rows: int = 0


@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    site = site_of(request)
    sheet = Sheet(Answers(), site=site, kept={})
    sections = []
    for step in steps_of(Answers()):
        form = sheet.shown(step)
        extra = form.extra if isinstance(form, ProblemPart) else ()
        title = _("What you allow") if step.slug == CHECK else step.title
        sections.append((title, list(_asked([*form, *extra]))))
    return render(request, "conduct_complaints/intake/paper.html", {"sections": sections})


def _asked(fields: list[forms.BoundField]) -> Iterator[Asked]:
    for bound in fields:
        asked = bound.field
        if bound.name in ON_SCREEN_ONLY:
            continue
        if isinstance(asked, forms.BooleanField):
            yield Asked("", asked.help_text, [str(bound.label)])
        elif isinstance(asked, forms.ChoiceField):
            yield Asked(bound.label, asked.help_text, list(_options(asked)))
        elif isinstance(asked.widget, forms.FileInput):
            yield Asked(bound.label, _("Add a copy."), [])
        else:
            is_long = isinstance(asked.widget, forms.Textarea)
            yield Asked(bound.label, asked.help_text, rows=SPACE if is_long else LINE)


def _options(asked: forms.ChoiceField) -> Iterator[str]:
    choices: Any = asked.choices
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from (str(words) for _code, words in label)
        elif value:
            yield str(label)
