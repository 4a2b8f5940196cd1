"""One-time tokens: random, signed, aged."""

import base64
import re

import pytest

from complaints.intake import tokens
from tests.complaints.intake.sending import token_of_age


def test_a_new_token_is_read_back_with_its_age():
    token = tokens.read_token(tokens.new_token())
    assert abs(token.age.total_seconds()) < 2
    assert not token.is_expired


def test_ids_are_random_with_at_least_128_bits():
    ids = {tokens.read_token(tokens.new_token()).id for _ in range(50)}
    assert len(ids) == 50
    assert {len(base64.urlsafe_b64decode(each)) * 8 for each in ids} == {144}


@pytest.mark.parametrize(
    ("seconds", "expired", "too_fresh"),
    [(0, False, True), (3, False, False), (86_000, False, False), (86_500, True, False)],
)
def test_age_decides(seconds, expired, too_fresh):
    token = tokens.read_token(token_of_age(seconds))
    assert (token.is_expired, token.is_too_fresh) == (expired, too_fresh)


@pytest.mark.parametrize("text", ["", "x", "a:b:c", "ü:1:2", "::", "a" * 5000])
def test_what_is_no_token_is_refused(text):
    with pytest.raises(tokens.UnreadableToken):
        tokens.read_token(text)


def test_a_changed_token_is_refused():
    text = tokens.new_token()
    with pytest.raises(tokens.UnreadableToken):
        tokens.read_token(re.sub(r"^.", "!", text))


@pytest.mark.django_db
def test_the_address_for_scripts_gives_a_fresh_token_and_is_never_cached(client):
    first, second = client.get("/en/case/token/"), client.get("/en/case/token/")
    assert (
        tokens.read_token(first.json()["token"]).id != tokens.read_token(second.json()["token"]).id
    )
    assert first["Cache-Control"] == "no-store"
    assert not first.cookies
