"""Reply templates and kinds of causes of the demo, in every language."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from modeltranslation.utils import build_localized_fieldname

from complaints.models import Category, Cause, ReplyTemplate
from demo.texts import FOLDER, languages

Stage = ReplyTemplate.Stage

#: code -> (what it is for, category, kind)
TEMPLATES = {
    "refusal": (Stage.REFUSAL, "", ""),
    "details": (Stage.QUESTION, "", ""),
    "evidence": (Stage.QUESTION, "", ""),
    "on_the_way": (Stage.UPDATE, "", ""),
    "upheld": (Stage.ANSWER, "", "complaint"),
    "not_upheld": (Stage.ANSWER, "", "complaint"),
    "damaged": (Stage.ANSWER, "damaged", "complaint"),
    "thanks": (Stage.ANSWER, "", "compliment"),
    "at_once": (Stage.EARLY, "", ""),
    "done": (Stage.CLOSING, "", "complaint"),
    "review": (Stage.REVIEW, "", "complaint"),
}
#: code -> what it belongs to
CAUSES = {
    "ways": "",
    "handover": "ways",
    "rule": "ways",
    "people": "",
    "training": "people",
    "workload": "people",
    "systems": "",
    "software": "systems",
    "data": "systems",
    "partners": "",
    "information": "",
    "unclear": "information",
}


@cache
def words_to_begin_with(language: str) -> dict[str, Any]:
    """Templates and causes as one language has them."""
    with (FOLDER / "replies" / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def make_replies() -> None:
    """The demo's templates and causes; categories must be there."""
    for order, (code, (stage, category, kind)) in enumerate(TEMPLATES.items()):
        template = ReplyTemplate(code=code, stage=stage, kind=kind, order=order)
        if category:
            template.category = Category.objects.get(code=category)
        for language in languages():
            for field, words in words_to_begin_with(language)["templates"][code].items():
                setattr(template, build_localized_fieldname(field, language), words.strip())
        template.save()
    for order, (code, parent) in enumerate(CAUSES.items()):
        cause = Cause(code=code, order=order)
        cause.parent = Cause.objects.get(code=parent) if parent else None
        for language in languages():
            name = words_to_begin_with(language)["causes"][code]
            setattr(cause, build_localized_fieldname("name", language), name)
        cause.save()
