"""Ties the demo's pages together for translating side by side, with every sentence translated.

The pages of each language were written as pages of their own; wagtail-localize wants to know which
sentence translates which. Both sides have the same parts in the same order, so one follows the other.
"""

from __future__ import annotations

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from demo.texts import languages


def tie_translations(home: Page) -> None:
    """For the home page and every page below it."""
    for page in home.get_descendants(inclusive=True).specific():
        source, _created = TranslationSource.get_or_create_from_instance(page)
        for language in languages()[1:]:
            locale = Locale.objects.get(language_code=language)
            Translation.objects.create(source=source, target_locale=locale)
            _keep_strings(source, page.get_translation(locale).specific, locale)


def _keep_strings(source: TranslationSource, translated: Page, locale: Locale) -> None:
    """Remember the words of a translated page as translations of the source's sentences."""
    said = [s for s in extract_segments(translated) if isinstance(s, StringSegmentValue)]
    segments = source.stringsegment_set.select_related("string", "context").order_by("order")
    for segment, words in zip(segments, said, strict=True):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words.string.data},
        )
