"""The issues on a case's page: what was said of each, and the answers to extra questions."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.html import strip_tags

from complaints.backoffice.issues import issues_of
from complaints.intake.submission import Answered, CheckedFile, Problem
from complaints.models import Case, ExtraOption, ExtraQuestion
from tests import people
from tests.complaints.backoffice.conftest import Browse
from tests.factories import Staff, make_case, make_category

pytestmark = pytest.mark.django_db
Kind = ExtraQuestion.Kind


def panel(browse: Browse, user: Any, case: Case) -> str:
    """The part of the page about the issues."""
    url = reverse("conduct_complaints_admin:case", args=[case.reference])
    page = browse(user).get(url).content.decode()
    return re.search(r'<ol class="conduct-issues">.*?</ol>', page, re.S)[0]  # type: ignore[index]


def facts(html: str) -> list[tuple[str, str]]:
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", html, re.S)
    return [(term, value.replace("<br>", " / ")) for term, value in found]


def ask(code: str, kind: str = Kind.TEXT, *options: str) -> ExtraQuestion:
    order = ExtraQuestion.objects.count()
    question = ExtraQuestion.objects.create(
        code=code, label=f"{code.title()}?", kind=kind, order=order
    )
    for number, option in enumerate(options):
        ExtraOption.objects.create(
            question=question, code=option, label=option.title(), sort_order=number
        )
    return question


def option(question: ExtraQuestion, code: str) -> Answered:
    return Answered(question, option=question.options.get(code=code))


@pytest.fixture
def case(staff: Staff) -> Case:
    """Of each kind of question an answer, by somebody who writes Arabic."""
    how = ask("how", Kind.CHOICES, "post", "courier")
    answers = [
        option(how, "courier"), option(how, "post"),
        Answered(ask("said"), text="على <b>الدرج</b>"),
        Answered(ask("day", Kind.DATE), text="2026-03-31"),
        Answered(ask("sum", Kind.AMOUNT), text="1234.50"),
    ]  # fmt: skip
    ask("proof", Kind.FILE)
    content = b"%PDF-1.7 x"
    proof = CheckedFile(
        "proof.pdf", "application/pdf", len(content), ContentFile(content), question="proof"
    )
    return make_case(language="ar", answers=answers, files=[proof])


@pytest.mark.requirement("10002-C")
def test_answers_stand_with_the_issue_in_the_order_of_the_questions(
    browse: Browse, staff: Staff, case: Case
) -> None:
    html = panel(browse, staff.handler, case)
    assert facts(html) == [
        ("How?", "Post / Courier"),
        ("Said?", "على &lt;b&gt;الدرج&lt;/b&gt;"),
        ("Day?", "31 March 2026"),
        ("Sum?", "1,234.50 EUR"),
        ("Proof?", "proof.pdf"),
    ]
    assert '<dd lang="ar" dir="auto">على' in html


@pytest.mark.parametrize("role", ["quality", "auditor", "handler", "privacy"])
def test_words_are_for_who_may_read_them_options_for_who_sees_the_case(
    role: str, browse: Browse, staff: Staff, case: Case
) -> None:
    person = {
        "quality": people.make_quality, "auditor": people.make_auditor,
        "handler": lambda: staff.handler, "privacy": people.make_privacy,
    }[role]()  # fmt: skip
    seen = [label for label, _value in facts(panel(browse, person, case))]
    every = ["How?", "Said?", "Day?", "Sum?", "Proof?"]
    assert seen == (["How?"] if role in {"quality", "auditor"} else every)


def test_each_of_several_problems_has_its_own_words_and_answers(
    browse: Browse, staff: Staff
) -> None:
    seat = ask("seat", Kind.CHOICE, "aisle", "window")
    details = {"product": "Night train", "place": "Lyon", "happened_on": date(2026, 3, 1),
               "happened_when": "at night"}  # fmt: skip
    case = make_case(
        problems=[
            Problem("It was late.", category=make_category(), answers=[option(seat, "aisle")]),
            Problem("It was cold.", details=details, answers=[option(seat, "window")]),
        ]
    )
    first, second = panel(browse, staff.handler, case).split("</li>")[:2]
    assert facts(first) == [("Seat?", "Aisle")]
    assert facts(second) == [
        ("Product or service", "Night train"), ("Place or branch", "Lyon"),
        ("Date of the problem", "1 March 2026"), ("When it happened", "at night"),
        ("Seat?", "Window"),
    ]  # fmt: skip
    assert ("It was late." in strip_tags(first), "It was cold." in strip_tags(second)) == (
        True,
    ) * 2
    # Who may not read words sees when, and what was chosen.
    second = panel(browse, people.make_quality(), case).split("</li>")[1]
    assert [label for label, _value in facts(second)] == ["Date of the problem", "Seat?"]
    assert "It was cold." not in second


@pytest.mark.parametrize("amount", [1, 30])
def test_one_answer_and_thirty_cost_the_same(
    amount: int, staff: Staff, django_assert_num_queries: Any
) -> None:
    case = make_case(
        answers=[option(ask(f"q{n}", Kind.CHOICE, "yes"), "yes") for n in range(amount)]
    )
    with django_assert_num_queries(2):
        [shown] = issues_of(case, words=True)
        assert [entry.value for entry in shown.entries] == ["Yes"] * amount
