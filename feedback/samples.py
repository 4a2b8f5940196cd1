"""The survey an organisation starts with: three questions and a comment, in eight languages."""

from __future__ import annotations

from django.db import models
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Site

from feedback.models import Question, Survey
from feedback.sample_texts import COMMENT, EASE, HANDLING, INTRODUCTION, OUTCOME, THANKS, TITLE

SLUG = "after-your-complaint"
Words = dict[str, str]


def make_default_survey(site: Site) -> Survey:
    """The usual survey after a closing, active; the one that is there already is left as it is."""
    known = Survey.objects.filter(site=site, slug=SLUG).first()
    if known is not None:
        return known
    survey = Survey(site=site, slug=SLUG)
    _set_words(survey, title=TITLE, introduction=INTRODUCTION, thanks=THANKS)
    survey.questions = [
        _question("ease", EASE, scale=Question.Scale.EASE, measures=Question.Measures.HANDLING),
        _question("handling", HANDLING, measures=Question.Measures.HANDLING, is_core=True),
        _question("outcome", OUTCOME, measures=Question.Measures.OUTCOME),
        _question("comment", COMMENT, kind=Question.Kind.COMMENT),
    ]
    for order, question in enumerate(survey.questions.all()):
        question.sort_order = order
    survey.save()
    return survey


def _question(code: str, words: Words, **fields: object) -> Question:
    asked = fields.get("kind") != Question.Kind.COMMENT
    question = Question(code=code, required=asked, **fields)
    _set_words(question, text=words)
    return question


def _set_words(row: models.Model, **fields: Words) -> None:
    for name, words in fields.items():
        for language in AVAILABLE_LANGUAGES:
            if language in words:
                setattr(row, build_localized_fieldname(name, language), words[language])
