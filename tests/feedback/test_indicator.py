"""The promise "satisfied with the handling", measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from complaints.lifecycle import State
from conduct import indicators
from conduct.indicators import Measurement
from conduct.models import Promise
from feedback.models import Question, Survey
from tests.factories import make_case
from tests.feedback.asking import answer, open_survey, usual_survey

pytestmark = pytest.mark.django_db
TENTH = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MARCH = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def measure(since: datetime, until: datetime) -> Measurement:
    indicator = indicators.get("satisfaction_handling")
    assert indicator is not None
    return indicator.measure(promise=Promise(code="A1"), since=since, until=until, now=until)


@pytest.fixture
def survey() -> Survey:
    survey = usual_survey()
    case = make_case(State.CLOSED)
    for number, rating in enumerate([5, 4, 4, 3, 1, None]):
        # Ease and outcome are all good: they must not count.
        moment = TENTH + timedelta(minutes=number)
        answer(survey, case, number, now=moment, handling=rating, ease=5, outcome=5)
    return survey


def test_ratings_of_4_and_5_of_the_core_question_keep_the_promise(survey: Survey) -> None:
    assert measure(*MARCH) == Measurement(kept=3, measured=5)


def test_another_period_measures_nothing(survey: Survey) -> None:
    assert measure(MARCH[1], MARCH[1] + timedelta(days=30)) == Measurement(kept=0, measured=0)


def test_a_question_without_the_mark_does_not_count(survey: Survey) -> None:
    survey.questions.update(is_core=False)
    assert measure(*MARCH) == Measurement(kept=0, measured=0)


def test_an_open_survey_does_not_count(survey: Survey) -> None:
    from feedback.questionnaire import Given
    from feedback.recording import record_open

    other = open_survey()
    other.questions.update(is_core=True, measures=Question.Measures.HANDLING)
    given = [Given(other.questions.get(code="service"), 5, "")]
    record_open(other, given, submission_id="one", language="en", now=TENTH)
    assert measure(*MARCH) == Measurement(kept=3, measured=5)
