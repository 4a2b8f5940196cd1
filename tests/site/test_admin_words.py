"""What staff meet of Wagtail and Django's forms is in their language, whatever Wagtail lacks."""

from collections import defaultdict
from pathlib import Path

import django
import polib
import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from conduct.admin_words import ALL

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
# Words that a language shares with English, or that are signs and placeholders only.
SAME_IN_EVERY_LANGUAGE = {"%(field_label)s:", "%(range_start)s - %(range_end)s"}
SAME = {
    "de": {"Breadcrumb", "In Moderation", "Link", "Locale: ", "Status: ", "System", "Workflows"},
    "es": {"Roles", "slug"},
    "fr": {
        "%(num)d minute",
        "0 minutes",
        "Actions",
        "Collections",
        "Documents",
        "Images",
        "Notifications",
        "Pagination",
        "Section",
        "Source",
        "Timeline",
        "Type",
        "Workflows",
        "slug",
    },
}
# Wagtail 7.4 and 8 differ in these; each has its own.
ONLY_IN_SOME_VERSIONS = {
    "%(model_name)s scheduled for publishing",
    "%(model_name)s scheduled for publishing at %(go_live_at)s",
    "- Select an option -",
    "Page scheduled for publishing",
    "Page scheduled for publishing at %(go_live_at)s",
}


def shown(word: str | Promise) -> str:
    """The word as the active language says it; a word with a number, for two of them."""
    if isinstance(word, str):
        return gettext(word)
    return str(word % defaultdict(lambda: 2))


def source(word: str | Promise) -> str:
    """What the code says, before any number is put in; Django tells it when it pickles a word."""
    if isinstance(word, str):
        return word
    *_call, texts = word.__reduce__()[1]
    return str(texts["singular"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_staff_meet_is_in_their_language(language: str) -> None:
    same = SAME_IN_EVERY_LANGUAGE | SAME.get(language, set())
    with override("en"):
        english = [shown(word) for word in ALL]
    with override(language):
        translated = [shown(word) for word in ALL]

    left_in_english = [
        source(word)
        for word, before, after in zip(ALL, english, translated, strict=True)
        if before == after and source(word) not in same
    ]

    assert left_in_english == []


def words_of(*packages: str) -> set[str]:
    """The source words of the English catalogues below the packages."""
    catalogues = [
        path
        for package in packages
        for path in Path(package).parent.rglob("locale/en/LC_MESSAGES/django.po")
    ]
    return {entry.msgid for path in catalogues for entry in polib.pofile(str(path))}


def test_every_word_is_letter_by_letter_what_wagtail_or_django_says() -> None:
    theirs = words_of(wagtail.__file__, wagtail_localize.__file__, django.__file__)

    unknown = {source(word) for word in ALL} - theirs

    assert unknown <= ONLY_IN_SOME_VERSIONS


def test_no_word_is_listed_twice() -> None:
    words = [source(word) for word in ALL]

    assert sorted(words) == sorted(set(words))
