"""What somebody wrote stays what they wrote, and everybody can prove it (4.9)."""

from __future__ import annotations

import pytest

from complaints.events import broken_links
from complaints.lifecycle import Kind
from complaints.models import Case, Message
from tests.factories import Staff, act, make_case, make_category, submit

pytestmark = pytest.mark.django_db
FORGED = "The coat was dry."
WORDS = "Der Mantel war nass. 외투가 젖었습니다."


@pytest.mark.requirement("10002-4.9")
def test_whatever_is_done_with_a_case_its_first_words_stay() -> None:
    case, staff = submit(description=WORDS).case, Staff()
    act(case, "moderate", staff.handler, result="accept", category=make_category())
    act(case, "change_kind", staff.handler, kind=Kind.SUGGESTION, reason="No complaint.")
    act(case, "note", staff.handler, text="They mean the grey coat.")

    case.refresh_from_db()
    first = case.messages.get(purpose=Message.Purpose.ORIGINAL)
    assert (case.description, first.body, case.original_is_intact) == (WORDS, WORDS, True)
    # What is said later is another message beside it.
    assert [m.body for m in case.messages.exclude(pk=first.pk)] == [
        "No complaint.",
        "They mean the grey coat.",
    ]
    assert list(broken_links()) == []


@pytest.mark.requirement("10002-4.9")
@pytest.mark.parametrize(
    "change",
    [
        {"description": FORGED},
        {
            "description": "The coat was dry.",
            "original_hash": Case.hash_original("The coat was dry."),
        },
        {"original_hash": "0" * 64},
    ],
)
def test_words_changed_behind_the_application_break_the_proof(change: dict[str, str]) -> None:
    case, other = submit(description=WORDS).case, make_case()
    Case.objects.filter(pk=case.pk).update(**change)

    (broken,) = broken_links()
    assert (broken.reference, broken.why) == (case.reference, "what was first written was changed")
    assert other.reference != case.reference
