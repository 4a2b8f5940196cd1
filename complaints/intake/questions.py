"""Extra questions: which of them are asked, their form, and what was answered (7.2, table C1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField

from complaints.intake.category_tree import codes_below
from complaints.intake.question_fields import Kind, field_for, field_name, in_words
from complaints.intake.submission import Answered
from complaints.models import Category, ExtraOption, ExtraQuestion, HandlingSettings

if TYPE_CHECKING:
    from wagtail.models import Site

    from complaints.models.questions import QuestionQuerySet


def questions_for(category: Category | None, chosen: Sequence[str] = ()) -> list[ExtraQuestion]:
    """What is asked about a problem of this category; `chosen`: codes that the form's editor took.

    Two queries at most: the questions, and the answers they offer.
    """
    return _asked(_shown(chosen).filter(_about(category)))


def questions_of_all_categories(chosen: Sequence[str] = ()) -> list[ExtraQuestion]:
    """For a form on one page, whose category is not known yet: every question it may come to."""
    return _asked(_shown(chosen))


def _shown(chosen: Sequence[str]) -> QuestionQuerySet:
    everywhere = Q(where=ExtraQuestion.Where.EVERYWHERE)
    return ExtraQuestion.objects.asked().filter(everywhere | Q(code__in=chosen))


def _about(category: Category | None) -> Q:
    about = Q(category=None)
    if category is not None:
        about |= Q(category__in=[category.pk, category.parent_id])
        # Two levels are usual; two more are looked up within the same query.
        if category.parent_id:
            for below in ("children", "children__children"):
                above = Category.objects.filter(**{below: category.parent_id})
                about |= Q(category__in=above.order_by().values("pk"))
    return about


def _asked(questions: QuestionQuerySet) -> list[ExtraQuestion]:
    """With the answers they offer. Without those that hang on an answer that nobody can give."""
    found = list(questions.select_related("category", "only_if"))
    offered = defaultdict(list)
    with_options = [q.pk for q in found if q.kind in {Kind.CHOICE, Kind.CHOICES}]
    if with_options:
        for option in ExtraOption.objects.filter(question__in=with_options, is_active=True):
            offered[option.question_id].append(option)
    asked: list[ExtraQuestion] = []
    possible: set[int] = set()
    for question in found:
        options = offered[question.pk]
        reachable = question.only_if_id is None or question.only_if_id in possible
        if reachable and (options or question.pk not in with_options):
            question.offered = options
            possible.update(option.pk for option in options)
            asked.append(question)
    return asked


@dataclass(frozen=True)
class Row:
    """One field; `only_if` is the condition for the browser: `name=value`."""

    field: BoundField
    only_if: str = ""


@dataclass(frozen=True)
class Group:
    """Neighbours with the same condition. `codes`: the category and all below it, by `|`."""

    category: Category | None
    codes: str
    rows: list[Row]


class ExtraQuestionsForm(forms.Form):
    """The questions as fields, `q-<code>` and for files `f-<code>`.

    `category` is the code that was sent with the same page, where questions of all categories are
    shown; None where the questions were chosen by category before. What isn't asked after all is
    neither checked nor kept, whatever the browser sent. `kept_files`: codes of questions that a
    file came for earlier.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        questions: Iterable[ExtraQuestion],
        category: str | None = None,
        site: Site | None = None,
        kept_files: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("auto_id", "complaint-%s")
        super().__init__(data, files, **kwargs)  # type: ignore[arg-type]
        self.questions = tuple(questions)
        self.category = category
        self.currency = self._currency(site)
        for question in self.questions:
            offered: list[ExtraOption] = question.offered
            field = field_for(question, offered, self.currency)
            if question.kind == Kind.FILE and question.code in kept_files:
                field.required = False
            self.fields[field_name(question)] = field

    def _currency(self, site: Site | None) -> str:
        if site is None or all(question.kind != Kind.AMOUNT for question in self.questions):
            return ""
        return HandlingSettings.for_site(site).currency

    @property
    def file_questions(self) -> dict[str, ExtraQuestion]:
        """Name of the file field, as the browser sends it, and its question. After validation only
        those that were asked."""
        return {
            self.add_prefix(field_name(question)): question
            for question in (self.applying if self.is_bound else self.questions)
            if question.kind == Kind.FILE
        }

    @cached_property
    def applying(self) -> tuple[ExtraQuestion, ...]:
        """The questions whose conditions are met by what was sent; validates first."""
        data = getattr(self, "cleaned_data", {}) if self.errors is not None else {}
        chosen: set[int] = set()
        applying = []
        for question in self.questions:
            if not self._is_about(question) or question.only_if_id not in {None, *chosen}:
                continue
            applying.append(question)
            answer = data.get(field_name(question)) or ()
            codes = {answer} if isinstance(answer, str) else answer
            if question.kind in {Kind.CHOICE, Kind.CHOICES}:
                options: list[ExtraOption] = question.offered
                chosen.update(option.pk for option in options if option.code in codes)
        return tuple(applying)

    def _is_about(self, question: ExtraQuestion) -> bool:
        if self.category is None or question.category_id is None:
            return True
        return self.category in self._codes_below[question.category_id]

    @cached_property
    def _codes_below(self) -> Mapping[int, list[str]]:
        """Codes of a category and all below it, for each category that a question hangs on."""
        wanted = {q.category_id for q in self.questions if q.category_id is not None}
        return codes_below(wanted) if wanted else {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        applying = {question.pk for question in self.applying}
        for question in self.questions:
            if question.pk not in applying:
                data.pop(field_name(question), None)
                self.errors.pop(field_name(question), None)
        return data

    @property
    def groups(self) -> Iterator[Group]:
        """In the order of the questions, for `extra_questions.html`."""
        names = {
            option.pk: f"{self.add_prefix(field_name(question))}={option.code}"
            for question in self.questions
            for option in question.offered
        }
        one_page = self.category is not None
        by_category = groupby(self.questions, lambda q: q.category if one_page else None)
        for category, questions in by_category:
            rows = [
                Row(self[field_name(q)], names[q.only_if_id] if q.only_if_id else "")
                for q in questions
            ]
            codes = "|".join(self._codes_below[category.pk]) if category else ""
            yield Group(category, codes, rows)


def answered(form: ExtraQuestionsForm) -> list[Answered]:
    """What a form says, as `receive` stores it. Files go their own way."""
    answers = []
    for question in form.applying:
        value = form.cleaned_data.get(field_name(question))
        if value in (None, "", []) or question.kind == Kind.FILE:
            continue
        if question.kind in {Kind.CHOICE, Kind.CHOICES}:
            options: list[ExtraOption] = question.offered
            answers += [Answered(question, option=o) for o in options if o.code in _listed(value)]
        else:
            # Dates in ISO 8601, amounts with a point.
            answers.append(Answered(question, text=str(value)))
    return answers


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def plain(form: ExtraQuestionsForm) -> dict[str, str | list[str]]:
    """What was typed, valid or not, by code of the question, for a draft in JSON."""
    if not form.is_bound:
        return {}
    sent = {q.code: form[field_name(q)].data for q in form.questions if q.kind != Kind.FILE}
    return {code: value for code, value in sent.items() if value}


def as_data(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The other way round: what `plain` gave, as data for the form."""
    before = f"{prefix}-" if prefix else ""
    return {f"{before}q-{code}": value for code, value in values.items()}


def words(form: ExtraQuestionsForm) -> list[tuple[str, str]]:
    """Question and answer of a valid form, to be read once more before sending."""
    said: dict[ExtraQuestion, list[str]] = {}
    for answer in answered(form):
        text = in_words(answer.question, answer.text, form.currency)
        said.setdefault(answer.question, []).append(str(answer.option or text))
    return [(str(question), "\n".join(lines)) for question, lines in said.items()]
