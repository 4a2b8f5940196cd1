"""Which words of our rows are kept in every language."""

from modeltranslation.translator import TranslationOptions, register

from complaints.models import (
    Category,
    Cause,
    ExtraOption,
    ExtraQuestion,
    HandlingSettings,
    Holiday,
    RemedyKind,
    ReplyTemplate,
    Team,
)


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "quick_way")


@register(Cause)
class CauseTranslation(TranslationOptions):
    fields = ("name",)


@register(Team)
class TeamTranslation(TranslationOptions):
    fields = ("name",)


@register(RemedyKind)
class RemedyKindTranslation(TranslationOptions):
    fields = ("name",)


@register(Holiday)
class HolidayTranslation(TranslationOptions):
    fields = ("name",)


@register(HandlingSettings)
class HandlingSettingsTranslation(TranslationOptions):
    fields = ("emergency_advice",)


@register(ExtraQuestion)
class ExtraQuestionTranslation(TranslationOptions):
    fields = ("label", "hint")


@register(ExtraOption)
class ExtraOptionTranslation(TranslationOptions):
    fields = ("label",)


@register(ReplyTemplate)
class ReplyTemplateTranslation(TranslationOptions):
    fields = ("name", "body")
