"""The survey that an organisation starts with."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from feedback import sample_texts
from feedback.models import Question, Survey
from feedback.samples import make_default_survey
from tests.feedback.asking import site

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TEXTS = ["TITLE", "INTRODUCTION", "THANKS", "EASE", "HANDLING", "OUTCOME", "COMMENT"]


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_there_in_every_language_and_in_its_own_words(name: str) -> None:
    words = getattr(sample_texts, name)
    assert list(words) == LANGUAGES
    assert len(set(words.values())) == len(LANGUAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_survey_speaks_the_language(language: str) -> None:
    survey = make_default_survey(site())
    with translation.override(language):
        found = Survey.objects.get()
        assert (found.title, found.thanks) == (
            sample_texts.TITLE[language],
            sample_texts.THANKS[language],
        )
        assert [q.text for q in found.questions.all()] == [
            getattr(sample_texts, name)[language] for name in TEXTS[3:]
        ]
    assert survey == found


@pytest.mark.django_db
def test_handling_is_measured_apart_from_the_outcome() -> None:
    survey = make_default_survey(site())
    rows = survey.questions.values_list("code", "kind", "measures", "is_core", "required")
    assert list(rows) == [
        ("ease", "rating", "handling", False, True),
        ("handling", "rating", "handling", True, True),
        ("outcome", "rating", "outcome", False, True),
        ("comment", "comment", "other", False, False),
    ]


@pytest.mark.django_db
def test_making_it_again_leaves_it_as_it_is() -> None:
    survey = make_default_survey(site())
    survey.questions.filter(code="comment").delete()
    assert make_default_survey(site()) == survey
    assert Question.objects.count() == 3


@pytest.mark.parametrize("scale", ["satisfaction", "ease", "agreement"])
def test_every_point_of_a_rating_has_its_own_words(scale: str) -> None:
    choices = Question(kind="rating", scale=scale).choices
    assert [value for value, _words in choices] == [1, 2, 3, 4, 5]
    assert len({str(words) for _value, words in choices}) == 5
