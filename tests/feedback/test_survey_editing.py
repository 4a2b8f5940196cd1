"""Making and changing surveys in the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from complaints.lifecycle import State
from feedback.models import Survey
from tests import people
from tests.factories import make_case
from tests.feedback.asking import answer, site, usual_survey

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_conduct_feedback_survey"


@pytest.fixture
def quality(client: Any) -> Any:
    client.force_login(people.make_quality())
    return client


def form_data(survey: Survey | None = None, **changes: Any) -> dict[str, Any]:
    """What the editing form sends, with the questions the survey has."""
    questions = list(survey.questions.all()) if survey else []
    data: dict[str, Any] = {
        "slug": "after-your-complaint",
        "site": site().pk,
        "trigger": "case_closed",
        "is_active": "on",
        "where": "own",
        "after_days": "0",
        "days_valid": "60",
        "title_en": "How did we do?",
        "title_ar": "كيف كان عملنا؟",
        "questions-TOTAL_FORMS": str(len(questions)),
        "questions-INITIAL_FORMS": str(len(questions)),
    }
    for number, question in enumerate(questions):
        data |= {
            f"questions-{number}-id": question.pk,
            f"questions-{number}-ORDER": number + 1,
            f"questions-{number}-code": question.code,
            f"questions-{number}-kind": question.kind,
            f"questions-{number}-scale": question.scale,
            f"questions-{number}-measures": question.measures,
            f"questions-{number}-text_en": question.text_en,
            f"questions-{number}-is_asked": "on",
        }
    return data | changes


NEW_QUESTION = {
    "questions-TOTAL_FORMS": "1",
    "questions-0-ORDER": "1",
    "questions-0-code": "speed",
    "questions-0-kind": "rating",
    "questions-0-scale": "satisfaction",
    "questions-0-measures": "handling",
    "questions-0-text_en": "How satisfied are you with our speed?",
    "questions-0-text_ko": "처리 속도에 얼마나 만족하십니까?",
}


def test_a_survey_is_made_with_its_words_in_several_languages(quality: Any) -> None:
    quality.post(reverse(f"{NAMES}:add"), form_data(slug="speed", **NEW_QUESTION))
    survey = Survey.objects.get()
    assert (survey.title_en, survey.title_ar) == ("How did we do?", "كيف كان عملنا؟")
    question = survey.questions.get()
    assert (question.code, question.text_ko) == ("speed", "처리 속도에 얼마나 만족하십니까?")


def test_the_form_has_a_tab_for_each_language_written_in_its_direction(quality: Any) -> None:
    page = quality.get(reverse(f"{NAMES}:add")).content.decode()
    for code, _name in settings.LANGUAGES:
        assert translation.get_language_info(code)["name_local"] in page
    start = page.index('name="title_ar"')
    tag = page[page.rindex("<", 0, start) : page.index(">", start)]
    assert 'dir="rtl"' in tag
    assert 'lang="ar"' in tag


def test_an_outside_survey_needs_its_address(quality: Any) -> None:
    response = quality.post(
        reverse(f"{NAMES}:add"), form_data(slug="speed", where="external", **NEW_QUESTION)
    )
    assert "Give the address, or choose to ask on this site only." in response.content.decode()
    assert Survey.objects.count() == 0


def test_a_question_with_answers_can_not_be_deleted(quality: Any) -> None:
    survey = usual_survey()
    now = timezone.now() - timedelta(days=1)
    answer(survey, make_case(State.CLOSED), 1, now=now, handling=4)
    address = reverse(f"{NAMES}:edit", args=[survey.pk])
    codes = [question.code for question in survey.questions.all()]
    handling, comment = codes.index("handling"), codes.index("comment")
    both = {f"questions-{handling}-DELETE": "on", f"questions-{comment}-DELETE": "on"}
    response = quality.post(address, form_data(survey, **both))
    assert "so they can&#x27;t be deleted: handling." in response.content.decode()
    assert survey.questions.count() == 4
    quality.post(address, form_data(survey, **{f"questions-{comment}-DELETE": "on"}))
    assert list(survey.questions.values_list("code", flat=True)) == ["ease", "handling", "outcome"]


def test_a_survey_with_answers_is_kept(client: Any) -> None:
    survey = usual_survey()
    answer(survey, make_case(State.CLOSED), 1, now=timezone.now(), handling=4)
    client.force_login(people.make_admin())
    several = reverse(
        "wagtail_bulk_action",
        args=["conduct_feedback", "survey", "delete"],
        query={"id": survey.pk},
    )
    for address in (reverse(f"{NAMES}:delete", args=[survey.pk]), several):
        page = client.post(address, follow=True).content.decode()
        assert "can&#x27;t be deleted. Make it inactive instead." in page
        assert Survey.objects.filter(pk=survey.pk).exists()


def test_a_survey_that_nobody_was_invited_to_can_be_deleted(client: Any) -> None:
    survey = usual_survey()
    client.force_login(people.make_admin())
    client.post(reverse(f"{NAMES}:delete", args=[survey.pk]))
    assert Survey.objects.count() == 0
