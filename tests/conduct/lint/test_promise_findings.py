"""What is warned about in promises when they are looked at side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from conduct.lint.findings import Lint
from conduct.lint.promises import of_all_promises, of_promise
from conduct.models import Promise
from conduct.promise_editing import PromiseViewSet


def promise(code: str, **changes: Any) -> Promise:
    values: dict[str, Any] = {
        "code": code,
        "state": "live",
        "statement_en": "We answer.",
        "indicator": "answers",
        "threshold": 3,
        "unit": "working days",
        "target": 95,
    }
    return Promise(**(values | changes))


def conflicts(first: Promise, second: Promise) -> list[str]:
    found = of_promise(first, others=[first, second])
    return [finding.sentence for finding in found if finding.lint is Lint.CONTRADICTION]


@pytest.mark.requirement("10001-5.3")
@pytest.mark.parametrize(
    ("changes", "theirs"),
    [
        ({"threshold": 5}, "5 working days, at least 95\u00a0%"),
        ({"unit": "hours"}, "3 hours, at least 95\u00a0%"),
        ({"target": 90}, "3 working days, at least 90\u00a0%"),
        ({"operator": "at_most"}, "3 working days, at most 95\u00a0%"),
        ({"threshold": None, "target": None}, "no figure"),
    ],
)
def test_two_promises_on_one_measure_with_other_limits_are_warned_about(
    changes: dict[str, Any], theirs: str
) -> None:
    assert conflicts(promise("A1"), promise("A2", **changes)) == [
        f"Promise A2 uses the same measure but says something else: {theirs} there, "
        "3 working days, at least 95\u00a0% here. Make them say the same, or measure them "
        "differently."
    ]


@pytest.mark.requirement("10001-5.3")
def test_the_same_words_for_the_measure_in_any_language_count_too() -> None:
    first = promise("A1", indicator="", metric_ko="업무일 수.")
    second = promise("A2", indicator="", metric_ko="업무일  수", threshold=5)

    assert len(conflicts(first, second)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"threshold": 5, "indicator": "other"},
        {"threshold": 5, "state": "withdrawn"},
        {"threshold": 5, "state": "draft"},
        {"unit": "Working Days "},
    ],
)
def test_promises_that_say_the_same_or_measure_something_else_are_fine(
    changes: dict[str, Any],
) -> None:
    assert conflicts(promise("A1"), promise("A2", **changes)) == []


def test_values_entered_by_hand_are_one_measure_for_each_promise() -> None:
    first = promise("A1", indicator="entered")

    assert conflicts(first, promise("A2", indicator="entered", threshold=9)) == []


def test_all_promises_are_compared_in_one_query(
    make_promise: Callable[..., Promise], django_assert_num_queries: Any
) -> None:
    for number in range(4):
        make_promise(f"D{number}", indicator="parcels", threshold=number)

    with django_assert_num_queries(1):
        found = of_all_promises()

    conflicting = {
        each.code: sum(finding.lint is Lint.CONTRADICTION for finding in findings)
        for each, findings in found
    }
    assert conflicting == {"D0": 3, "D1": 3, "D2": 3, "D3": 3}


def test_the_form_of_a_promise_shows_what_stands_out(
    client: Client, make_promise: Callable[..., Promise]
) -> None:
    user = get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    client.force_login(user)
    shown = make_promise("D1", indicator="parcels", threshold=3, unit="days")
    make_promise("D2", indicator="parcels", threshold=5, unit="days")

    page = client.get(reverse(PromiseViewSet().get_url_name("edit"), args=[shown.pk]))

    text = page.content.decode()
    assert "Promise D2 uses the same measure but says something else: 5 days" in text
    assert "No role answers for this promise." in text
