"""The steps of the form: their order, their questions, and what was answered in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.intake.drafting.answers import PROBLEM, Answers, Raw
from complaints.intake.parts.part import Part
from complaints.intake.parts.permissions import PermissionsPart
from complaints.intake.parts.person import PersonPart
from complaints.intake.parts.problem import FirstProblemPart, ProblemPart
from complaints.intake.parts.representative import RepresentativePart
from complaints.intake.parts.support import SupportPart
from complaints.intake.parts.wish import WishPart
from complaints.intake.submission import Told

if TYPE_CHECKING:
    from wagtail.models import Site

CHECK = "check"


@dataclass(frozen=True)
class Step:
    """One screen. `number`: which problem, 0 for the other steps."""

    slug: str
    title: str | LazyText
    part: type[Part] | None
    template: str
    number: int = 0

    @property
    def takes_files(self) -> bool:
        return bool(self.number) or self.part is RepresentativePart


OTHER_STEPS = (
    Step("wish", gettext_lazy("What you want"), WishPart, "wish"),
    Step("you", gettext_lazy("About you"), PersonPart, "person"),
    Step("acting", gettext_lazy("Someone acting for you"), RepresentativePart, "representative"),
    Step("support", gettext_lazy("Help and how to reach you"), SupportPart, "support"),
    Step(CHECK, gettext_lazy("Check your answers"), PermissionsPart, "permissions"),
)


def problem_step(number: int, *, is_only: bool) -> Step:
    title = (
        _("What happened")
        if is_only
        else _("What happened: problem %(number)s") % {"number": number}
    )
    part = FirstProblemPart if number == 1 else ProblemPart
    return Step(f"{PROBLEM}{number}", title, part, "problem", number)


def steps_of(answers: Answers) -> list[Step]:
    """Every step, in order: each problem told so far, then the rest."""
    numbers = answers.problems
    problems = [problem_step(n, is_only=len(numbers) == 1) for n in numbers]
    return [*problems, *OTHER_STEPS]


def split(raw: Raw) -> dict[str, Raw]:
    """The answers of the form on one page, by step."""
    steps: dict[str, Raw] = {}
    for step in (problem_step(1, is_only=True), *OTHER_STEPS):
        names = step.part.base_fields if step.part else {}
        mine = {
            name: values
            for name, values in raw.items()
            if name in names or (step.number and name.startswith("q-"))
        }
        if mine:
            steps[step.slug] = mine
    return steps


def many_valued(form: forms.Form) -> set[str]:
    return {n for n, f in form.fields.items() if isinstance(f, forms.MultipleChoiceField)}


class Sheet:
    """The answers of a draft as forms: of one step to be shown, or of all to be checked."""

    def __init__(self, answers: Answers, *, site: Site, kept: Mapping[int, set[str]]) -> None:
        """`kept`: for each problem, codes of the extra questions that a file came for."""
        self.answers, self.site, self.kept = answers, site, kept

    def shown(self, step: Step, raw: Raw | None = None) -> Part:
        """The form of a step to be filled in, with what was typed so far (or in `raw`)."""
        assert step.part is not None
        raw = self.answers.raw(step.slug) if raw is None else raw
        probe = step.part(**self._options(step))
        many = many_valued(probe)
        if isinstance(probe, ProblemPart):
            many |= many_valued(probe.extra)
        initial = {n: v if n in many else v[-1] for n, v in self._with_options(step, raw).items()}
        return step.part(initial=initial, **self._options(step))

    def bound(self, step: Step, raw: Raw | None = None) -> Part:
        """The form of a step to be checked."""
        assert step.part is not None
        raw = self.answers.raw(step.slug) if raw is None else raw
        data: MultiValueDict = MultiValueDict(self._with_options(step, raw))
        if step.part is RepresentativePart and "reply_by" in (you := self.answers.raw("you")):
            data.setlist("reply_by", you["reply_by"])
        if step.part is PersonPart and "answer_to" in (acting := self.answers.raw("acting")):
            data.setlist("answer_to", acting["answer_to"])
        return step.part(data, **self._options(step))

    def _with_options(self, step: Step, raw: Raw) -> Raw:
        return raw | self.answers.options() if step.number else raw

    def _options(self, step: Step) -> dict[str, Any]:
        if not step.number:
            return {}
        return {"site": self.site, "kept_files": self.kept.get(step.number, set())}

    @cached_property
    def forms(self) -> list[tuple[Step, Part]]:
        """Every step and its form, checked."""
        return [(step, self.bound(step)) for step in steps_of(self.answers)]

    @cached_property
    def to_mend(self) -> list[tuple[Step, Part]]:
        """The steps that can't be sent as they are."""
        return [(step, form) for step, form in self.forms if not form.is_valid()]

    @property
    def told(self) -> list[Told]:
        return [form.told for _step, form in self.forms if isinstance(form, ProblemPart)]

    @property
    def data(self) -> dict[str, Any]:
        """Everything that is asked once, cleaned."""
        data: dict[str, Any] = {}
        for step, form in self.forms:
            if step.number <= 1:
                data |= form.cleaned_data
        return data

    def problems(self) -> Iterator[tuple[Step, ProblemPart]]:
        for step, form in self.forms:
            if isinstance(form, ProblemPart):
                yield step, form
