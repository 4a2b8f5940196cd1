"""Database columns for django-modeltranslation that fit any host's languages.

A migration with fixed `name_de` columns would make a host with other languages create migrations
inside our apps. Ours ask modeltranslation which languages the host has and build just those
columns. A language that is added later is added by modeltranslation's own command,
`manage.py sync_translation_fields`.
"""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.migrations.operations import AddField
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname


def add_translated_columns(
    model_name: str, fields: Iterable[tuple[str, models.Field]]
) -> Iterator[AddField]:
    """Yield one `AddField` for each language and translated field of a model.

    `fields` are (name, the untranslated field as in `CreateModel`). The columns are nullable, as
    modeltranslation makes them, so that a missing translation is told from an empty one.
    """
    for name, field in fields:
        for language in AVAILABLE_LANGUAGES:
            column = field.clone()
            column.null = (
                True  # `blank` stays as declared: so modeltranslation deconstructs its fields
            )
            yield AddField(model_name, build_localized_fieldname(name, language), column)
