"""What the demo shows of the form: questions, quicker ways, and cases that came in many ways."""

from __future__ import annotations

import pytest
from django.conf import settings

from demo.questions import QUESTIONS
from demo.texts import content, languages
from demo.vocabulary import QUICK_WAYS
from demo.ways_in import WAYS

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def ways_of(language: str) -> list[str]:
    return [words["way"] for words in content(language)["stories"] if "way" in words]


def test_every_way_is_told_by_somebody() -> None:
    assert {way for language in languages() for way in ways_of(language)} == set(WAYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_one_of_the_ways(language: str) -> None:
    assert len(ways_of(language)) >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_answers_and_quicker_ways_have_words_of_their_own(language: str) -> None:
    words, english = content(language), content("en")
    for code, asked in QUESTIONS.items():
        question = words["questions"][code]
        assert tuple(question.get("options", ())) == asked.options
        said = [question["label"], question["hint"], *question.get("options", {}).values()]
        assert all(said)
        if language != "en":
            assert question["label"] != english["questions"][code]["label"]
    assert tuple(words["quick_ways"]) == QUICK_WAYS
    assert all(words["quick_ways"].values())
