"""Statistics, against numbers worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from complaints.lifecycle import State
from feedback.models import Invitation, Response, Survey
from feedback.models.answering import day_of
from feedback.questionnaire import Given
from feedback.recording import record_open
from feedback.results import Period, comments_in, results_of
from tests.factories import make_case
from tests.feedback.asking import answer, open_survey, usual_survey

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
TENTH = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def answered() -> Survey:
    """Twelve invited in March: ten answered; one more answered in February."""
    survey = usual_survey()
    case = make_case(State.CLOSED)
    ratings = [5, 5, 4, 4, 4, 3, 3, 2, 1, None]
    for number, rating in enumerate(ratings):
        moment = TENTH.replace(minute=number)
        answer(survey, case, number, now=moment, handling=rating, outcome=6 - (rating or 3))
    for number in (20, 21):
        Invitation.objects.create(
            survey=survey,
            case=case,
            language="en",
            token_hash=str(number),
            closing=TENTH.replace(minute=number),
            created_at=TENTH,
            expires_at=TENTH,
        )
    february = datetime(2026, 2, 27, tzinfo=UTC)
    answer(survey, case, 30, now=february, handling=1, comment="Too slow.")
    return survey


def test_ratings_are_counted_with_their_share_and_interval(answered: Survey) -> None:
    result = {r.question.code: r for r in results_of(answered, MARCH).questions}["handling"]
    assert [(str(o.label), o.count) for o in result.options] == [
        ("Very dissatisfied", 1),
        ("Dissatisfied", 1),
        ("Neither satisfied nor dissatisfied", 2),
        ("Satisfied", 3),
        ("Very satisfied", 2),
    ]
    assert (result.n, result.not_applicable, result.top.part) == (9, 1, 5)
    assert result.top.per_cent == pytest.approx(55.56, abs=0.01)
    assert result.options[3].per_cent == pytest.approx(33.33, abs=0.01)
    # Wilson for 5 of 9: centre (5/9 + z²/18)/(1 + z²/9), z = 1.96.
    assert result.top.interval == pytest.approx((26.66, 81.12), abs=0.02)
    assert result.is_few is True


def test_the_interval_is_the_one_of_the_textbook() -> None:
    from feedback.results import Share

    low, high = Share(40, 50).interval or (0, 0)
    assert (round(low, 1), round(high, 1)) == (67.0, 88.8)


def test_handling_and_outcome_are_apart(answered: Survey) -> None:
    results = {r.question.code: r for r in results_of(answered, MARCH).questions}
    assert results["outcome"].top.part == 2
    assert results["handling"].top.part == 5


def test_the_response_rate_is_answered_of_invited(answered: Survey) -> None:
    results = results_of(answered, MARCH)
    assert results.rate is not None
    assert (results.rate.part, results.rate.whole) == (10, 12)
    assert results.rate.per_cent == pytest.approx(83.33, abs=0.01)
    assert results.responses == 10


def test_a_period_takes_in_its_first_and_last_day(answered: Survey) -> None:
    february = Period(date(2026, 2, 27), date(2026, 2, 27))
    results = {r.question.code: r for r in results_of(answered, february).questions}
    assert (results["handling"].n, results["handling"].top.part) == (1, 0)
    assert [c.text for c in comments_in(answered, february)] == ["Too slow."]
    assert list(comments_in(answered, MARCH)) == []
    nothing = results_of(answered, Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert nothing.responses == 0
    assert nothing.questions[0].top.per_cent is None


def test_an_open_survey_has_no_interval_and_no_rate() -> None:
    survey = open_survey()
    service, again, _words = survey.questions.all()
    for number in range(12):
        given = [Given(service, 4, ""), Given(again, number % 2, "")]
        record_open(survey, given, submission_id=str(number), language="en", now=TENTH)
    results = results_of(survey, MARCH)
    assert results.rate is None
    rating, yes_no = results.questions
    assert (rating.top.part, rating.n, rating.top.interval) == (12, 12, None)
    assert (yes_no.top.part, yes_no.n, yes_no.is_few) == (6, 12, False)


def test_an_open_submission_is_stored_once() -> None:
    survey = open_survey()
    assert record_open(survey, [], submission_id="one", language="en") is not None
    assert record_open(survey, [], submission_id="one", language="en") is None
    assert Response.objects.get().at == day_of(timezone.now())


@pytest.mark.parametrize("respondents", [1, 30])
def test_results_cost_the_same_queries_for_1_and_30_respondents(
    django_assert_num_queries: Any, respondents: int
) -> None:
    survey = usual_survey()
    case = make_case(State.CLOSED)
    for number in range(respondents):
        now = TENTH.replace(minute=number)
        answer(survey, case, number, now=now, handling=4, comment=f"Comment {number}")
    survey = Survey.objects.get()
    with django_assert_num_queries(4):
        results = results_of(survey, MARCH)
    assert results.responses == respondents
