"""Lists to start with: complete in every language, in nobody's trade, and never doubled."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

from complaints import starter
from complaints.models import Category, Cause, RemedyKind

LANGUAGES = {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("kind", starter.MODELS)
def test_every_entry_is_said_in_every_language_once(kind: str) -> None:
    for entry in starter.entries(kind):
        assert set(entry.words) == LANGUAGES
        assert all(words.strip() for words in entry.words.values())
    for code in LANGUAGES:
        words = [entry.words[code] for entry in starter.entries(kind)]
        assert len(set(words)) == len(words)


@pytest.mark.requirement("FW-OPEN")
@pytest.mark.parametrize("kind", starter.MODELS)
def test_no_word_belongs_to_one_trade(kind: str) -> None:
    said = " ".join(entry.words["en"].lower() for entry in starter.entries(kind))
    for word in ("parcel", "deliver", "shop", "passenger", "patient", "guest", "tenant", "flight"):
        assert word not in said


@pytest.mark.requirement("10002-F1")
def test_the_remedies_of_annex_f_are_all_there() -> None:
    wanted = {
        "refund", "replacement", "repair", "substitute", "technical_help", "explanation",
        "referral", "financial_help", "help", "compensation", "apology", "goodwill", "change",
    }  # fmt: skip
    assert {entry.code for entry in starter.entries("remedies")} >= wanted


def test_every_remedy_has_a_family() -> None:
    families = {entry.fixed["family"] for entry in starter.entries("remedies")}
    assert families == set(RemedyKind.Family.values)


@pytest.mark.django_db
def test_what_is_ticked_comes_in_every_language_and_only_once() -> None:
    Category.objects.create(code="money", name="Our own words")
    assert starter.add("categories", ["money", "safety", "other"]) == 2
    assert starter.add("categories", ["money", "safety", "other"]) == 0
    assert list(Category.objects.values_list("code", flat=True)) == ["money", "safety", "other"]
    assert Category.objects.get(code="money").name == "Our own words"
    safety = Category.objects.get(code="safety")
    for code in LANGUAGES:
        name = getattr(safety, build_localized_fieldname("name", code))
        assert name == next(
            e.words[code] for e in starter.entries("categories") if e.code == "safety"
        )
    assert starter.add("causes", ["process"]) == starter.add("remedies", ["refund"]) == 1
    assert Cause.objects.get().code == "process"
    assert RemedyKind.objects.get().family == "money"


def test_an_entry_speaks_the_language_of_the_reader() -> None:
    entry = next(entry for entry in starter.entries("categories") if entry.code == "safety")
    with translation.override("ko"):
        assert str(entry) == "안전"
    assert entry.in_language("de-ch") == "Sicherheit"
    assert entry.in_language("sw") == "Safety"
