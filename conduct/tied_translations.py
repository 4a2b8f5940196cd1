"""Ties pages that were written in several languages together, for translating side by side later.

Each language has a page of its own; wagtail-localize wants to know which sentence translates which.
All of them have the same parts in the same order, so one follows the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def tie(page: Page, locales: Iterable[Locale]) -> None:
    """Remember the words of a page's translations as translations of its sentences.

    `page` is the specific page in the language it was written in; `locales` have a page each.
    """
    source, _created = TranslationSource.get_or_create_from_instance(page)
    for locale in locales:
        Translation.objects.get_or_create(source=source, target_locale=locale)
        _keep_strings(source, page.get_translation(locale).specific, locale)


def _keep_strings(source: TranslationSource, translated: Page, locale: Locale) -> None:
    said = [s for s in extract_segments(translated) if isinstance(s, StringSegmentValue)]
    segments = source.stringsegment_set.select_related("string", "context").order_by("order")
    for segment, words in zip(segments, said, strict=True):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words.string.data},
        )
