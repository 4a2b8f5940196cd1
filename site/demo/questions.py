"""Extra questions of the demo: for a category, after an answer, and chosen by a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from complaints.intake.submission import Answered
from complaints.models import Category, ExtraOption, ExtraQuestion
from demo.texts import set_words

Kind, Where = ExtraQuestion.Kind, ExtraQuestion.Where


@dataclass(frozen=True)
class Asked:
    """What the words don't say. `only_if`: code of a question before it, and of its option."""

    kind: str
    category: str = ""
    options: tuple[str, ...] = ()
    only_if: tuple[str, str] | None = None
    where: str = Where.EVERYWHERE


#: Asked only in the forms that choose it; the complaint form of the demo does.
CHOSEN = "sender_or_receiver"
QUESTIONS = {
    CHOSEN: Asked(Kind.CHOICE, options=("sender", "receiver", "neither"), where=Where.CHOSEN),
    "parcel_left": Asked(
        Kind.CHOICE, "place", options=("at_door", "neighbour", "hallway", "elsewhere")
    ),
    "parcel_left_where": Asked(Kind.TEXT, "place", only_if=("parcel_left", "elsewhere")),
    "contents_value": Asked(Kind.AMOUNT, "damaged"),
}


def make_questions() -> None:
    for order, (code, asked) in enumerate(QUESTIONS.items()):
        question = ExtraQuestion(code=code, kind=asked.kind, where=asked.where, order=order)
        if asked.category:
            question.category = Category.objects.get(code=asked.category)
        if asked.only_if:
            before, option = asked.only_if
            question.only_if = ExtraOption.objects.get(question__code=before, code=option)
        set_words(question, "questions", code, label="label", hint="hint")
        question.save()
        for place, name in enumerate(asked.options):
            option_row = ExtraOption(question=question, code=name, sort_order=place)
            set_words(option_row, "questions", code, "options", label=name)
            option_row.save()


def answers_from(words: dict[str, Any]) -> list[Answered]:
    """What somebody answered in a story: the code of an option, or words."""
    answers = []
    for code, said in words.get("answers", {}).items():
        question = ExtraQuestion.objects.get(code=code)
        option = question.options.filter(code=said).first()
        answers.append(Answered(question, option=option, text="" if option else said))
    return answers
