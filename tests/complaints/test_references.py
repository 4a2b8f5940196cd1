"""References and keys."""

import re

from hypothesis import given
from hypothesis import strategies as st

from complaints.references import (
    ALPHABET,
    hash_key,
    key_matches,
    new_key,
    new_reference,
    understand_reference,
)


def test_a_reference_looks_as_promised_and_does_not_repeat() -> None:
    made = {new_reference() for _ in range(500)}

    assert len(made) == 500
    assert all(re.fullmatch(rf"C-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", r) for r in made)


def test_typed_variants_are_understood() -> None:
    reference = "C-7K4Q-0M1" + "X"
    while understand_reference(reference) is None:  # find the right check character
        reference = reference[:-1] + ALPHABET[(ALPHABET.index(reference[-1]) + 1) % 32]
    variants = [
        reference.lower(),
        reference.replace("-", " "),
        reference.replace("-", ""),
        reference[2:],
        reference.replace("0", "O").replace("1", "l"),
        f"  {reference.replace('0', 'o').replace('1', 'I')}\n",
    ]

    assert [understand_reference(v) for v in variants] == [reference] * len(variants)


@given(place=st.integers(0, 6), shift=st.integers(1, 31))
def test_one_wrong_character_is_noticed(place: int, shift: int) -> None:
    body = list(new_reference()[2:].replace("-", ""))
    body[place] = ALPHABET[(ALPHABET.index(body[place]) + shift) % 32]

    assert understand_reference("".join(body)) is None


def test_nonsense_is_no_reference() -> None:
    assert [understand_reference(t) for t in ("", "C-", "hello", "C-1234-567", "💥" * 40)] == [
        None
    ] * 5


def test_a_key_has_eighty_bits_and_only_its_hash_is_needed() -> None:
    key = new_key()

    assert len(key.replace("-", "")) * 5 == 80
    assert key_matches(key.lower().replace("-", " "), hash_key(key))
    assert not key_matches(new_key(), hash_key(key))
