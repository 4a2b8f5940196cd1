"""Every text that somebody wrote into a row or a page, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from modeltranslation.translator import NotRegistered, translator
from wagtail.fields import StreamField
from wagtail.models import Page

#: What Wagtail itself writes into these fields of a page is nobody's text.
_OF_WAGTAIL = frozenset({"url_path", "slug", "draft_title", "path"})


def texts_of(instance: models.Model) -> Iterator[tuple[str, str]]:
    """(field name, text) for each text and address field; of blocks every string in them.

    Rich text comes as stored, with the addresses of its links.
    """
    translated = _translated(type(instance))
    for field in instance._meta.concrete_fields:
        if field.name in translated:
            continue  # its columns, one a language, come by themselves
        if isinstance(instance, Page) and field.name in _OF_WAGTAIL:
            continue
        if isinstance(field, StreamField):
            raw = field.value_from_object(instance)
            for text in strings_in(raw.stream_block.get_prep_value(raw)):
                yield field.name, text
        elif isinstance(field, (models.CharField, models.TextField)):
            text = field.value_from_object(instance)
            if text:
                yield field.name, str(text)


def _translated(model: type[models.Model]) -> frozenset[str]:
    try:
        return frozenset(translator.get_options_for_model(model).get_field_names())
    except NotRegistered:
        return frozenset()


def strings_in(value: Any) -> Iterator[str]:
    """Every string in nested lists and dictionaries, without their keys, kinds and ids."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("type", "id"):
                yield from strings_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings_in(inner)
    elif isinstance(value, str):
        yield value
