"""The catalogues: whole in every language, with the words of the glossary."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, to_locale

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]

#: The glossary's words for what everybody reads; German uses the public's everyday word.
TERMS = {
    "vi": {"Complaint": "Khiếu nại", "Code of conduct": "Quy tắc ứng xử"},
    "zh-hans": {"Complaint": "投诉", "Code of conduct": "行为规范"},
    "ko": {"Complaint": "불만", "Code of conduct": "행동규범"},
    "fr": {"Complaint": "Réclamation", "Code of conduct": "Code de conduite"},
    "es": {"Complaint": "Queja", "Code of conduct": "Código de conducta"},
    "de": {"Complaint": "Beschwerde", "Code of conduct": "Verhaltenskodex"},
    "ar": {"Complaint": "شكوى", "Code of conduct": "مدونة السلوك"},
}


def catalogue(repository: Path, language: str) -> polib.POFile:
    return polib.pofile(
        str(repository / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po")
    )


@pytest.mark.requirement("FW-TERMS")
@pytest.mark.parametrize("language", OTHERS)
def test_every_string_is_translated(repository: Path, language: str) -> None:
    entries = [entry for entry in catalogue(repository, language) if not entry.obsolete]

    assert len(entries) > 1000
    assert [entry.msgid for entry in entries if not entry.translated()] == []


@pytest.mark.requirement("FW-TERMS")
@pytest.mark.parametrize("language", OTHERS)
def test_the_terms_are_those_of_the_glossary(language: str) -> None:
    with translation.override(language):
        shown = {english: gettext(english) for english in TERMS[language]}

    assert shown == TERMS[language]
