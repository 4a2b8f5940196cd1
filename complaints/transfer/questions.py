"""Extra questions with the answers they offer, and after which answer they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from complaints.models import ExtraAnswer, ExtraOption, ExtraQuestion
from complaints.transfer.cells import Code, Text, as_text, whole
from complaints.transfer.columns import Column, languages

CHOOSING = (ExtraQuestion.Kind.CHOICE, ExtraQuestion.Kind.CHOICES)
Place = tuple[int, str]


class Offered(NamedTuple):
    code: str
    label: str

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"


def read_options(text: str) -> list[Offered]:
    """One answer a line: `late: It came late`. Raises ValueError with words."""
    options = [_read_option(line.strip()) for line in text.splitlines() if line.strip()]
    codes = [option.code for option in options]
    for code in codes:
        if codes.count(code) > 1:
            raise ValueError(_("“%(name)s” stands here twice.") % {"name": code})
    return options


def _read_option(line: str) -> Offered:
    code, colon, label = (part.strip() for part in line.partition(":"))
    if not colon or not code or not label:
        words = _("“%(text)s” can’t be read. Write one answer a line, as late: It came late.")
        raise ValueError(words % {"text": line})
    return Offered(Code().clean(code), label)


class OptionsColumn(Column):
    """The answers in one language. Those in the default language say which there are.

    An answer that the file leaves out is switched off, not deleted: somebody may have given it.
    """

    hint = "late: It came late"

    def __init__(self, language: str) -> None:
        label = format_lazy("{} ({})", gettext_lazy("Answers offered"), language)
        super().__init__(f"options_{_suffix(language)}", Text(), label=label)
        self.language = language
        self.by_question: dict[Any, list[ExtraOption]] = {}
        self.field = build_localized_fieldname("label", language)

    def prepare(self, cells: Iterable[Any], resource: Any) -> None:
        self.by_question = resource.options

    def present(self, question: Any) -> list[Offered]:
        offered = [o for o in self.by_question.get(question.pk, ()) if o.is_active]
        words = [(option.code, getattr(option, self.field) or "") for option in offered]
        return [Offered(code, label) for code, label in words if label]

    def wanted(self, question: Any) -> list[Offered] | None:
        found: list[Offered] | None = getattr(question, "_options_to_be", {}).get(self.language)
        return found

    def export(self, instance: Any, **kwargs: Any) -> str:
        wanted = self.wanted(instance)
        return "\n".join(map(str, self.present(instance) if wanted is None else wanted))

    def canonical(self, row: Any) -> str:
        text = as_text(row[self.column_name])
        try:
            return "\n".join(map(str, read_options(text)))
        except ValueError:
            return text

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        to_be = instance.__dict__.setdefault("_options_to_be", {})
        to_be[self.language] = read_options(as_text(row[self.column_name]))

    def check(self, instance: Any) -> None:
        offered = self.wanted(instance)
        offered = self.present(instance) if offered is None else offered
        if self.language == DEFAULT_LANGUAGE and instance.kind in CHOOSING and not offered:
            raise ValueError(_("A question to choose from needs answers."))
        field: Any = ExtraOption._meta.get_field("label")
        for option in offered:
            if len(option.label) > field.max_length:
                raise ValueError(_("This answer is too long: %(text)s") % {"text": option.label})


def _suffix(language: str) -> str:
    return build_localized_fieldname("", language).removeprefix("_")


class OnlyIfColumn(Column):
    """`question/answer`; the file itself may add it, so it is stored after the answers."""

    hint = "question/answer"

    def __init__(self) -> None:
        super().__init__(
            "only_if", Text(), label=ExtraQuestion._meta.get_field("only_if").verbose_name
        )
        #: `question/answer` -> where the question stands.
        self.known: dict[str, Place] = {}

    def export(self, instance: Any, **kwargs: Any) -> str:
        to_be = getattr(instance, "_only_if_to_be", None)
        if to_be is not None:
            return str(to_be)
        option = instance.only_if
        return f"{option.question.code}/{option.code}" if option else ""

    def canonical(self, row: Any) -> str:
        return as_text(row[self.column_name]).strip()

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        name = self.canonical(row)
        if name and name not in self.known:
            raise ValueError(_("There is no answer “%(name)s”.") % {"name": name})
        instance._only_if_to_be = name

    def check(self, instance: Any) -> None:
        name = self.export(instance)
        if name and self.known.get(name, (-1, "")) >= (instance.order or 0, instance.code):
            raise ValueError(
                _("The question of “%(name)s” has to come before this one.") % {"name": name}
            )


def options_known(rows: Iterable[Any]) -> dict[str, Place]:
    """All answers that are there once the file is read, with the place of their questions."""
    known = {
        f"{option.question.code}/{option.code}": (option.question.order, option.question.code)
        for option in ExtraOption.objects.select_related("question")
    }
    places = {place[1]: place for place in known.values()}
    return known | dict(_in_file(rows, places))


def _in_file(rows: Iterable[Any], places: dict[str, Place]) -> Iterator[tuple[str, Place]]:
    name = f"options_{_suffix(DEFAULT_LANGUAGE)}"
    for row in rows:
        code = as_text(row.get("code")).strip()
        try:
            order = whole(as_text(row["order"]).strip() or "0") if "order" in row else None
            options = read_options(as_text(row.get(name)))
        except ValueError:
            continue  # What is wrong with it is said when the row is read.
        place = places.get(code, (0, code)) if order is None else (order, code)
        for option in options:
            yield f"{code}/{option.code}", place


def answered_questions() -> frozenset[int]:
    rows = ExtraAnswer.objects.order_by().values_list("question", flat=True).distinct()
    return frozenset(rows)


def check_kind(question: Any, old: str | None, answered: frozenset[int]) -> None:
    """What answers rely on stays."""
    if old is not None and old != question.kind and question.pk in answered:
        raise ValidationError(
            {"kind": _("There are answers already, so this can’t be changed any more.")}
        )


def store_options(questions: Iterable[Any]) -> None:
    """Row by row, so that the log of changes has each answer."""
    for question in questions:
        wanted: dict[str, list[Offered]] = getattr(question, "_options_to_be", {})
        if wanted:
            _store(question, wanted)


def _store(question: Any, wanted: dict[str, list[Offered]]) -> None:
    present = {option.code: option for option in ExtraOption.objects.filter(question=question)}
    offered = wanted.get(DEFAULT_LANGUAGE)
    if offered is not None:
        for number, option in enumerate(offered):
            row = present.setdefault(option.code, ExtraOption(question=question, code=option.code))
            row.sort_order, row.is_active = number, True
        for code in present.keys() - {option.code for option in offered}:
            present[code].is_active = False
    for language, options in wanted.items():
        labels = dict(options)
        field = build_localized_fieldname("label", language)
        for code, row in present.items():
            if code in labels or (language != DEFAULT_LANGUAGE and row.is_active):
                setattr(row, field, labels.get(code))
    for row in present.values():
        row.save()


def store_conditions(questions: Iterable[Any]) -> None:
    named = [q for q in questions if getattr(q, "_only_if_to_be", None) is not None]
    if not named:
        return
    by_name = {
        f"{option.question.code}/{option.code}": option
        for option in ExtraOption.objects.select_related("question")
    }
    for question in named:
        question.only_if = by_name.get(question._only_if_to_be)
    ExtraQuestion.objects.bulk_update(named, ["only_if"])


def option_columns() -> dict[str, Column]:
    return {column.column_name: column for column in map(OptionsColumn, languages())}
