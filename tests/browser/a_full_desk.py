"""Twenty-four cases on the desks of the demo's people, for a day of work."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from complaints.lifecycle import Scale
from complaints.models import Case, Category
from tests.factories import act, submit

#: A word that only these cases have, to find them among the demo's.
MARK = "quaydesk"
TO_MODERATE, TO_ANSWER = 20, 3


def make_desk() -> None:
    """Twenty to be read and given out, three to be answered, one to be handed over."""
    users = get_user_model().objects
    handler, lead = users.get(username="handler"), users.get(username="lead")
    for number in range(TO_MODERATE):
        _sent(f"{MARK} unread {number}")
    for number in range(TO_ANSWER + 1):
        case = _sent(f"{MARK} {'unanswered' if number < TO_ANSWER else 'elsewhere'} {number}")
        _opened(case, lead)
        act(case, "assess", handler, severity=2, complexity=Scale.LOW, impact=Scale.LOW)
        act(case, "assign", lead, handler=handler)
        act(case, "investigate", handler)


def _sent(words: str) -> Case:
    category = Category.objects.get(code="late")
    email = f"{words.replace(' ', '-')}@desk.example"
    sent = submit(
        description=f"Late again: {words}.", name="Robin Reed", email=email, category=category
    )
    return sent.case


def _opened(case: Case, lead: object) -> None:
    category = Category.objects.get(code="late")
    act(case, "moderate", lead, result="accept", category=category)
