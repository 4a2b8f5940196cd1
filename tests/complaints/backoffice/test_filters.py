"""Narrowing the list by answers to extra questions."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.users.models import UserProfile

from complaints.intake.submission import Answered
from complaints.models import Case, ExtraOption, ExtraQuestion
from tests.complaints.backoffice.conftest import Browse
from tests.complaints.backoffice.test_listing import list_url, listed
from tests.factories import Staff, make_case, submit

pytestmark = pytest.mark.django_db
Kind = ExtraQuestion.Kind


def ask(code: str, *options: str, kind: str = Kind.CHOICES) -> ExtraQuestion:
    question = ExtraQuestion.objects.create(code=code, label=f"{code.title()}?", kind=kind)
    for number, option in enumerate(options):
        ExtraOption.objects.create(
            question=question, code=option, label=option.title(), sort_order=number
        )
    return question


def answered(question: ExtraQuestion, *codes: str) -> list[Answered]:
    return [Answered(question, option=question.options.get(code=code)) for code in codes]


def test_options_of_one_question_widen_those_of_another_narrow(
    browse: Browse, staff: Staff
) -> None:
    how, seat = ask("how", "post", "van", "foot"), ask("seat", "aisle", "window")
    a = submit(answers=[*answered(how, "post", "van"), *answered(seat, "aisle")]).case
    b = submit(answers=[*answered(how, "van"), *answered(seat, "window")]).case
    c = submit(answers=answered(how, "foot")).case
    d = submit().case
    names = {case.reference: name for name, case in zip("abcd", (a, b, c, d), strict=True)}
    client = browse(staff.handler)
    for query, expected in {
        "": "abcd",
        "?answer=how.post": "a",
        "?answer=how.van": "ab",
        "?answer=how.post&answer=how.van": "ab",
        "?answer=how.post&answer=how.van&answer=how.foot": "abc",
        "?answer=how.van&answer=seat.window": "b",
        "?answer=how.foot&answer=seat.aisle": "",
        "?answer=how.van&language=ko": "",
        # No such answer: nothing is narrowed, as with every other filter.
        "?answer=how.nonsense": "abcd",
    }.items():
        found = listed(client.get(list_url(query=query)))
        assert sorted(names[reference] for reference in found) == list(expected), query


def test_it_is_offered_with_words_and_only_where_there_is_something_to_choose(
    browse: Browse, staff: Staff
) -> None:
    client = browse(staff.handler)
    assert "answer" not in client.get(list_url()).context["filters"].form.fields
    ask("said", kind=Kind.TEXT)
    how = ask("how", "post", "van")
    submit(answers=answered(how, "van"))
    # Switched off since: there are answers to find all the same.
    ExtraQuestion.objects.update(is_active=False)
    ExtraOption.objects.update(is_active=False)
    page = client.get(list_url(query="?answer=how.van"))
    boxes = page.context["filters"].form["answer"]
    assert list(boxes.field.choices) == [("how.post", "How?: Post"), ("how.van", "How?: Van")]
    [active] = page.context["active_filters"]
    assert (active.field_label, active.value) == ("Answer to an extra question", "How?: Van")


def test_a_case_with_several_answers_stands_once(browse: Browse, staff: Staff) -> None:
    how = ask("how", "post", "van")
    case = submit(answers=answered(how, "post", "van")).case
    page = browse(staff.handler).get(list_url(query="?answer=how.post&answer=how.van"))
    assert [row.pk for row in page.context["object_list"]] == [case.pk]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_filter_costs_the_same_for_one_row_and_for_thirty(
    rows: int, browse: Browse, staff: Staff, django_assert_num_queries: Any
) -> None:
    how = ask("how", "post", "van")
    for _number in range(rows):
        submit(answers=answered(how, "van"))
    Case.objects.update(handler=staff.handler)
    client = browse(staff.handler)
    url = list_url(query="?answer=how.van&answer=how.post")
    client.get(url)
    with django_assert_num_queries(22):
        page = client.get(url)
    assert len(listed(page)) == rows


@pytest.mark.parametrize(
    ("zone", "query"),
    [
        ("Asia/Seoul", "received_at_from=0001-01-01"),
        ("America/New_York", "received_at_to=9999-12-31"),
    ],
)
def test_the_first_and_the_last_day_there_is_leave_nothing_out(
    browse: Browse, staff: Staff, zone: str, query: str
) -> None:
    case = make_case("open")
    UserProfile.objects.create(user=staff.handler, current_time_zone=zone)

    page = browse(staff.handler).get(f"{list_url()}?{query}")

    assert page.status_code == 200
    assert case.reference in page.content.decode()
