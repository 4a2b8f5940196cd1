"""Which words of our rows are kept in every language."""

from modeltranslation.translator import TranslationOptions, register

from complaints.models import Category, HandlingSettings, Holiday, RemedyKind, Team


@register(Category)
class CategoryTranslation(TranslationOptions):
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
