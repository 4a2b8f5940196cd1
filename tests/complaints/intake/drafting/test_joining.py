"""Adding to a case that is open in this browser instead of making a second one about the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.intake.drafting.joining import likeness
from complaints.models import Case, Draft, Message
from tests.complaints.intake.drafting.test_steps import pdf
from tests.complaints.intake.drafting.walking import Walk, ready
from tests.complaints.intake.sending import WORDS, text_of
from tests.factories import make_case, make_category, submit

pytestmark = pytest.mark.django_db
OFFER = "You have an open case that seems to be about the same"
LIKENESS = [
    ("", "", 0.0),
    ("rain", "", 0.0),
    ("The parcel is wet", "the PARCEL is WET!", 1.0),
    ("one two three four", "three four five six", 0.5),
    ("ab cd", "ab cd", 0.0),
    ("소포가 젖었어요", "소포가 젖었습니다", 0.5),
]


@pytest.mark.parametrize(("one", "other", "expected"), LIKENESS)
def test_texts_are_alike_by_the_words_they_share(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected, abs=0.26 if "소" in one else 0.01)


def follower(receipt: Any) -> Client:
    """A browser in which the case was opened with reference and key."""
    client = Client()
    data = {"reference": receipt.case.reference, "key": receipt.key}
    client.post(reverse("conduct_complaints:tracking"), data)
    return client


def test_who_follows_a_case_about_the_same_is_offered_to_add_to_it() -> None:
    receipt = submit(description=WORDS)
    walk = ready(follower(receipt), description=f"{WORDS} And broken.", files=pdf())
    assert OFFER in text_of(walk.get("check"))
    assert receipt.case.reference in text_of(walk.get("check"))
    page = text_of(walk.client.get(walk.post("check", "join").headers["Location"]))
    case = Case.objects.get()
    message = case.messages.filter(purpose=Message.Purpose.REPLY).get()
    assert f"{WORDS} And broken." in message.body
    assert [a.name for a in case.attachments.all()] == ["letter.pdf"]
    assert not Draft.objects.exists()
    assert case.reference in page


def test_everything_that_was_written_goes_along() -> None:
    receipt = submit(description=WORDS)
    walk = ready(follower(receipt), product="Umbrella", effect="I caught a cold.")
    walk.fill(wish={"remedy_wanted": "A new parcel"})
    walk.post("check", "join")
    body = Message.objects.filter(purpose=Message.Purpose.REPLY).get().body
    for words in (WORDS, "Umbrella", "I caught a cold.", "A new parcel"):
        assert words in body


def test_it_is_never_forced() -> None:
    receipt = submit(description=WORDS)
    walk = ready(follower(receipt))
    assert "We have your complaint" in text_of(walk.send())
    assert Case.objects.count() == 2


@pytest.mark.parametrize("who", ["another browser", "another matter", "closed"])
def test_nobody_else_learns_that_there_is_a_case(who: str) -> None:
    make_category("delivery")
    receipt = submit(description=WORDS)
    if who == "another browser":
        walk = ready()
    elif who == "another matter":
        walk = ready(follower(receipt), description="Somebody was rude on Monday morning.")
    else:
        client = follower(receipt)
        make_case("closed")
        Case.objects.filter(pk=receipt.case.pk).update(state="closed")
        walk = ready(client)
    page = text_of(walk.get("check"))
    assert OFFER not in page
    assert receipt.case.reference not in page
    walk.post("check", "join")
    assert not Message.objects.filter(case=receipt.case, purpose=Message.Purpose.REPLY).exists()
    assert Walk(walk.client, walk.public_id).answers().raw("you") == {"email": ["kim@example.com"]}
