"""Which words of our rows have one column a language (django-modeltranslation)."""

from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.translator import TranslationOptions, register

from .models import BreachNote, Consultation, Organisation, PrivacyNotice, Promise, Review


@register(Promise)
class PromiseTranslation(TranslationOptions):
    fields = Promise.TRANSLATED
    required_languages = {DEFAULT_LANGUAGE: ("statement",)}


@register(BreachNote)
class BreachNoteTranslation(TranslationOptions):
    fields = BreachNote.TRANSLATED
    required_languages = {DEFAULT_LANGUAGE: ("causes",)}


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = Organisation.TRANSLATED


@register(PrivacyNotice)
class PrivacyNoticeTranslation(TranslationOptions):
    fields = PrivacyNotice.TRANSLATED


@register(Consultation)
class ConsultationTranslation(TranslationOptions):
    fields = Consultation.TRANSLATED
    required_languages = {DEFAULT_LANGUAGE: ("title", "audience")}


@register(Review)
class ReviewTranslation(TranslationOptions):
    fields = Review.TRANSLATED
