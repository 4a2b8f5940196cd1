"""Texts are near by the rare words they share."""

from __future__ import annotations

import pytest

from complaints.backoffice.near_words import FEWEST, NEAR, nearness, tokens, weights

A = "The parcel with the photographs stood in the rain beside the gate of number 17b."
B = "Photographs ruined: parcel left in the rain beside the gate."
C = "The invoice of September counts the subscription twice."
MANY = [C, "The driver was rude and shouted.", "Nobody answered my letter about the lamp.", A, B]


def near(one: str, other: str) -> float:
    weight = weights([tokens(text) for text in MANY])
    return nearness(tokens(one), tokens(other), weight)


def test_the_same_matter_is_near_and_another_is_not() -> None:
    assert near(A, B) >= NEAR
    assert near(A, C) == 0


def test_it_is_the_same_from_both_sides() -> None:
    assert near(A, B) == pytest.approx(near(B, A))


def test_a_few_shared_words_say_nothing() -> None:
    assert nearness(tokens("parcel rain gate"), tokens("parcel rain"), {"parcel": 1}) == 0
    assert FEWEST == 3


def test_what_everybody_writes_weighs_little() -> None:
    weight = weights([tokens("parcel late"), tokens("parcel rain"), tokens("parcel gate")])
    assert weight["parcel"] < weight["rain"] / 3


def test_case_width_and_accents_of_one_letter_do_not_matter() -> None:
    assert tokens("ＰＡＲＣＥＬ") == tokens("parcel")


def test_chinese_is_read_in_pairs_and_korean_and_arabic_in_words() -> None:
    assert tokens("包裹淋湿") == {"包裹", "裹淋", "淋湿"}
    assert tokens("택배가 비를") == {"택배가", "비를"}
    assert tokens("ابتل الطرد") == {"ابتل", "الطرد"}


@pytest.mark.parametrize("text", ["", "  ", "?!", "a b c", "\u0000\ufffd", "x" * 100_000])
def test_nothing_breaks_on_odd_texts(text: str) -> None:
    assert nearness(tokens(text), tokens(text), {}) == 0
