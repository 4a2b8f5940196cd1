"""What Wagtail's JavaScript says in the admin is in the language that somebody prefers.

Wagtail's own catalogues lack words in some languages; ours in `LOCALE_PATHS` add them. Wagtail's
view is asked for what it really sends to the browser.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest
import wagtail.admin
import wagtail_localize
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import to_locale
from wagtail.users.models import UserProfile

from tests import people
from tools.catalogues import catalogue_problems

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PACKAGES = {
    "wagtailadmin_javascript_catalog": Path(wagtail.admin.__file__).parent,
    "wagtail_localize:javascript_catalog": Path(wagtail_localize.__file__).parent,
}
# Words that a language shares with English, or that are signs and placeholders only.
SAME_IN_EVERY_LANGUAGE = {"%(time_zone_option)s: %(localized_time_zone_label)s"}
SAME = {
    "de": {"Dashboard", "Fair"},
    "es": {"No"},
    "fr": {"Actions", "Page", "Pages"},
}


def own_catalogue(language: str) -> Path:
    """Our catalogue of the language for JavaScript; there is none where Wagtail's are whole."""
    return settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES" / "djangojs.po"


OURS = [code for code in LANGUAGES if own_catalogue(code).exists()]


def english(package: Path) -> dict[str, polib.POEntry]:
    """What the package's JavaScript says, by the source words."""
    path = package / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def sent_catalogue(client: Client, url_name: str, language: str) -> dict[str, Any]:
    """The words that the view sends to an administrator who prefers the language."""
    user = people.make_admin()
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    script = client.get(reverse(url_name)).content.decode()
    found = re.search(r"const newcatalog = (\{.*?\n  \});", script, re.DOTALL)
    assert found is not None, script[:200]
    words: dict[str, Any] = json.loads(found[1])
    return words


def is_said(entry: polib.POEntry, translation: str | list[str] | None) -> bool:
    """Is every form there, and not all of them in English?"""
    if entry.msgid_plural:
        return bool(
            isinstance(translation, list)
            and all(translation)
            and translation != [entry.msgid, entry.msgid_plural]
        )
    return bool(translation) and translation != entry.msgid


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("url_name", PACKAGES)
def test_javascript_speaks_the_language_somebody_prefers(
    client: Client, url_name: str, language: str
) -> None:
    same = SAME_IN_EVERY_LANGUAGE | SAME.get(language, set())
    entries = english(PACKAGES[url_name])

    words = sent_catalogue(client, url_name, language)

    assert len(entries) > 40
    left_in_english = [
        word
        for word, entry in entries.items()
        if word not in same and not is_said(entry, words.get(word))
    ]
    assert left_in_english == []


def test_languages_that_wagtail_speaks_in_part_have_a_catalogue() -> None:
    assert {"ar", "es", "ko", "vi", "zh-hans"} <= set(OURS)


@pytest.mark.parametrize("language", OURS)
def test_catalogue_is_compiled_and_keeps_wagtails_words_and_placeholders(language: str) -> None:
    theirs = {word for package in PACKAGES.values() for word in english(package)}
    path = own_catalogue(language)

    unknown = {entry.msgid for entry in polib.pofile(str(path))} - theirs

    assert unknown == set()
    assert list(catalogue_problems(path, None)) == []
