"""A survey for everyone who has the link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test.utils import freeze_time
from django.urls import reverse
from django.utils import translation

from complaints.intake.tokens import new_token
from complaints.lifecycle import Channel, Kind
from complaints.models import Case
from feedback.models import Answer, Response
from feedback.models.survey import Where
from tests.feedback.asking import open_survey, usual_survey

pytestmark = pytest.mark.django_db
ANSWERS = {"q-service": "3", "q-again": "1", "q-words": "Warm welcome."}


def path(slug: str = "our-service") -> str:
    with translation.override("en"):
        return reverse("conduct_feedback:open_survey", args=[slug])


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def token() -> str:
    """A one-time token as a page had it a minute ago."""
    import time

    with freeze_time(time.time() - 60):
        return new_token()


def test_it_is_labelled_as_the_views_of_those_who_answered(client: Any) -> None:
    open_survey()
    page = text_of(client.get(path()))
    assert "The results are the views of those who answered." in page
    assert re.search(r'name="token" value="[^"]{40,}"', page)
    assert "You may link my answers" not in page


@pytest.mark.parametrize("fields", [{"is_active": False}, {"trigger": "case_closed"}])
def test_what_is_not_open_is_not_found(client: Any, fields: dict[str, Any]) -> None:
    open_survey(**fields)
    assert client.get(path()).status_code == 404


def test_the_survey_of_invited_people_is_not_open_to_others(client: Any) -> None:
    survey = usual_survey()
    assert client.get(path(survey.slug)).status_code == 404


def test_answers_sent_twice_are_one_response(client: Any, token: str) -> None:
    open_survey()
    for _time in range(2):
        answered = client.post(path(), ANSWERS | {"token": token})
        assert answered.status_code == 302
        assert "We have your answers." in text_of(client.get(answered["Location"]))
    assert Response.objects.count() == 1
    assert set(Answer.objects.values_list("question__code", "value", "text")) == {
        ("service", 3, ""),
        ("again", 1, ""),
        ("words", None, "Warm welcome."),
    }
    assert Case.objects.count() == 0


def test_without_a_token_everything_comes_back_to_be_checked(client: Any) -> None:
    open_survey()
    response = client.post(path(), ANSWERS)
    page = text_of(response)
    assert "Please check it, change what you like, then press Send." in page
    assert "Warm welcome." in page
    assert 'name="q-service" value="3" id="id_q-service_2" checked' in page
    assert Response.objects.count() == 0


def test_a_program_that_fills_in_everything_is_asked_once_more(client: Any, token: str) -> None:
    open_survey()
    page = text_of(client.post(path(), ANSWERS | {"token": token, "further_subject": "spam"}))
    assert "It looked as if a program had filled in the form." in page
    assert Response.objects.count() == 0
    client.post(path(), ANSWERS | {"token": token, "checked": "1"})
    assert Response.objects.count() == 1


def test_another_site_can_not_send_answers(client: Any, token: str) -> None:
    open_survey()
    response = client.post(
        path(), ANSWERS | {"token": token}, headers={"sec-fetch-site": "cross-site"}
    )
    assert response.status_code == 403
    assert Response.objects.count() == 0


def test_contact_me_opens_a_case_with_the_comments_only(client: Any, token: str) -> None:
    open_survey()
    client.post(
        path(), ANSWERS | {"token": token, "wants_contact": "on", "email": "kim@example.com"}
    )
    case = Case.objects.get()
    assert (case.kind, case.channel, case.complainant.email) == (
        Kind.QUESTION,
        Channel.SURVEY,
        "kim@example.com",
    )
    assert "Warm welcome." in case.description
    assert "How good is our service?" not in case.description
    response = Response.objects.get()
    assert (response.invitation, response.wants_contact) == (None, True)


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Write your e-mail address so that we can contact you."),
        ("kim", "Write the e-mail address in full, such as name@example.com."),
    ],
)
def test_contact_needs_an_address(client: Any, token: str, email: str, words: str) -> None:
    open_survey()
    response = client.post(
        path(), ANSWERS | {"token": token, "wants_contact": "on", "email": email}
    )
    assert response.status_code == 422
    assert words in text_of(response)
    assert Response.objects.count() == 0


def test_an_address_without_the_wish_for_contact_is_not_kept(client: Any, token: str) -> None:
    open_survey()
    client.post(path(), ANSWERS | {"token": token, "email": "kim@example.com"})
    assert Case.objects.count() == 0
    assert Response.objects.get().wants_contact is False


def test_an_outside_survey_is_linked_with_a_word_on_privacy(client: Any) -> None:
    open_survey(where=Where.EXTERNAL, external_url="https://survey.example.net/{language}/")
    page = text_of(client.get(path()))
    assert 'href="https://survey.example.net/en/"' in page
    assert "its own privacy notice applies there" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
