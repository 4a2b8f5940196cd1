"""Which words of our rows are kept in every language."""

from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.translator import TranslationOptions, register

from feedback.models import Question, Survey


@register(Survey)
class SurveyTranslation(TranslationOptions):
    fields = Survey.TRANSLATED
    required_languages = {DEFAULT_LANGUAGE: ("title",)}


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = Question.TRANSLATED
    required_languages = {DEFAULT_LANGUAGE: ("text",)}
