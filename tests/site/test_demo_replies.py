"""The demo's templates and causes: the same in every language, and none that can't be saved."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from complaints.backoffice.replies import what_is_wrong
from demo.replies import CAUSES, TEMPLATES, words_to_begin_with

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def names(body: str) -> list[str]:
    return sorted(re.findall(r"\{([^{}]*)\}", body))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_templates_with_the_same_variables(language: str) -> None:
    words, english = words_to_begin_with(language), words_to_begin_with("en")
    assert list(words["templates"]) == list(TEMPLATES)
    assert list(words["causes"]) == list(CAUSES)
    for code, template in words["templates"].items():
        assert set(template) == {"name", "body"}
        assert names(template["body"]) == names(english["templates"][code]["body"]), code
        assert what_is_wrong(template["body"]) == "", code


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_nothing_is_left_in_english(language: str) -> None:
    words, english = words_to_begin_with(language), words_to_begin_with("en")
    for code, template in words["templates"].items():
        assert template["body"] != english["templates"][code]["body"]
