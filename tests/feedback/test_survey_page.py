"""The page of an invited person: answering, once, without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from modeltranslation.utils import build_localized_fieldname

from complaints.lifecycle import State
from complaints.models import Message
from conduct.models import PrivacyNotice
from feedback import sample_texts
from feedback.models import Answer, Invitation, Response, Survey
from feedback.models.survey import Where
from tests.factories import make_case
from tests.feedback.asking import TOKEN, complaint_page, invitation, open_survey, usual_survey

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
ANSWERS = {"q-ease": "4", "q-handling": "5", "q-outcome": "2", "q-comment": "Be faster."}


def path(token: str = TOKEN, language: str = "en") -> str:
    with translation.override(language):
        return reverse("conduct_feedback:survey", args=[token])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def in_own_language(field: str) -> dict[str, str]:
    """Words for a field of the privacy notice that name their language."""
    return {build_localized_fieldname(field, code): f"{field} in {code}" for code in LANGUAGES}


@pytest.fixture
def survey() -> Survey:
    return usual_survey()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_in_every_language(client: Any, survey: Survey, language: str) -> None:
    invitation(survey)
    page = text_of(client.get(path(language=language)))
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    with translation.override(language):
        radios = [
            f'name="q-{code}" value="{n}"' for code in ("ease", "handling") for n in range(1, 6)
        ]
    assert [radio for radio in radios if radio not in page] == []
    for words in (sample_texts.TITLE, sample_texts.EASE, sample_texts.OUTCOME):
        assert words[language].replace("'", "&#x27;") in page


@pytest.mark.requirement("GDPR-13")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_notice_is_at_hand_in_the_same_language(
    client: Any, survey: Survey, language: str
) -> None:
    invitation(survey)
    PrivacyNotice(site=survey.site, **in_own_language("rights")).save()
    page = text_of(client.get(path(language=language)))
    assert page.count(f"<p>rights in {language}</p>") == 1
    assert f'href="/{language}/privacy-notice/"' in page


@pytest.mark.requirement("10004-LINK")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_survey_page_says_how_to_complain(client: Any, survey: Survey, language: str) -> None:
    page = complaint_page()
    case = make_case(State.CLOSED)
    now = timezone.now()
    invitation(survey, case)
    invitation(survey, case, token="answered", answered_at=now, closing=now + timedelta(1))
    invitation(survey, case, token="late", expires_at=now, closing=now + timedelta(2))
    open_survey()
    with translation.override(language):
        open_path = reverse("conduct_feedback:open_survey", args=["our-service"])
        thanks_path = reverse("conduct_feedback:open_thanks", args=["our-service"])
        tracking = reverse("conduct_complaints:tracking")
    addresses = [path(t, language) for t in (TOKEN, "answered", "late", "unknown")]
    for address in [*addresses, open_path, thanks_path]:
        content = text_of(client.get(address))
        assert f'href="{page.get_url()}"' in content, address
        assert f'href="{tracking}"' in content, address
    survey.where, survey.external_url = Where.EXTERNAL, "https://survey.example.net/"
    survey.save()
    content = text_of(client.get(path(language=language)))
    assert f'href="{page.get_url()}"' in content
    assert 'href="https://survey.example.net/"' in content


def test_answers_are_stored_without_a_way_back_to_the_person(client: Any, survey: Survey) -> None:
    made = invitation(survey)
    answered = client.post(path(), ANSWERS)
    assert (answered.status_code, answered["Location"]) == (302, path())
    response = Response.objects.get()
    assert response.invitation is None
    assert (response.wants_contact, response.language) == (False, "en")
    values = Answer.objects.values_list("question__code", "value", "text")
    assert set(values) == {
        ("ease", 4, ""),
        ("handling", 5, ""),
        ("outcome", 2, ""),
        ("comment", None, "Be faster."),
    }
    made.refresh_from_db()
    # No time joins the two: both keep the day only.
    assert made.answered_at == response.at
    local = timezone.localtime(response.at)
    assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


@pytest.mark.requirement("10004-LINK")
def test_answers_are_linked_to_the_case_with_the_respondents_tick_only(
    client: Any, survey: Survey
) -> None:
    case = make_case(State.CLOSED)
    made = invitation(survey, case)
    assert "You may link my answers to my case. Those who handle it can then see them." in text_of(
        client.get(path())
    )
    client.post(path(), ANSWERS | {"may_link": "on"})
    assert Response.objects.get().invitation == made
    assert Message.objects.filter(case=case, body__contains="contact me").count() == 0


@pytest.mark.requirement("10004-LINK")
def test_contact_me_reaches_the_conversation_of_the_case(client: Any, survey: Survey) -> None:
    case = make_case(State.CLOSED)
    made = invitation(survey, case)
    client.post(path(), ANSWERS | {"wants_contact": "on"})
    response = Response.objects.get()
    assert (response.invitation, response.wants_contact) == (made, True)
    message = case.messages.order_by("-pk")[0]
    assert message.direction == Message.Direction.IN
    assert message.body.startswith("Please contact me about my answers to the survey")
    assert "Be faster." in message.body
    assert "How easy was it to complain to us? – Easy" in message.body
    case.refresh_from_db()
    assert case.state == State.CLOSED


def test_contact_me_is_kept_where_the_case_takes_no_reply_any_more(
    client: Any, survey: Survey
) -> None:
    case = make_case(State.CLOSED, now=timezone.now() - timedelta(days=300))
    before = case.messages.count()
    invitation(survey, case)
    client.post(path(), ANSWERS | {"wants_contact": "on"})
    assert Response.objects.get().wants_contact is True
    assert case.messages.count() == before


def test_the_same_answers_sent_twice_are_one_response(client: Any, survey: Survey) -> None:
    invitation(survey)
    client.post(path(), ANSWERS)
    second = client.post(path(), ANSWERS | {"q-handling": "1"})
    assert Response.objects.count() == 1
    assert Answer.objects.get(question__code="handling").value == 5
    assert "We have your answers." in text_of(second)


def test_who_answered_already_is_thanked(client: Any, survey: Survey) -> None:
    invitation(survey, answered_at=timezone.now())
    response = client.get(path())
    assert response.status_code == 200
    assert "An invitation can be answered once, and yours is." in text_of(response)
    assert sample_texts.THANKS["en"] in text_of(response)


def test_a_second_submission_at_the_same_moment_is_not_stored(survey: Survey) -> None:
    from feedback.recording import record_invited

    made = invitation(survey)
    stale = Invitation.objects.get()
    options = {"language": "en", "may_link": True, "wants_contact": False}
    assert record_invited(made, [], **options) is not None
    assert record_invited(stale, [], **options) is None
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("token", "fields", "active", "status", "words"),
    [
        ("unknown", {}, True, 404, "We don't know this survey link"),
        (TOKEN, {"expires_at": timezone.now()}, True, 410, "This survey is over"),
        (TOKEN, {}, False, 410, "This survey is over"),
    ],
)
def test_what_can_not_be_answered_says_so_kindly(
    client: Any, survey: Survey, token: str, fields: Any, active: bool, status: int, words: str
) -> None:
    invitation(survey, **fields)
    survey.is_active = active
    survey.save()
    for response in (client.get(path(token)), client.post(path(token), ANSWERS)):
        assert (response.status_code, words in text_of(response)) == (status, True)
    assert Response.objects.count() == 0


@pytest.mark.requirement("WCAG-FORM")
def test_what_is_missing_is_named_with_everything_kept(client: Any, survey: Survey) -> None:
    invitation(survey)
    response = client.post(path(), {"q-ease": "4", "q-comment": "Be <b>faster</b>."})
    page = text_of(response)
    assert response.status_code == 422
    assert 'class="error-summary" role="alert"' in page
    assert '<a href="#id_q-handling">' in page
    assert 'id="id_q-handling"' in page
    assert "Choose one of the answers." in page
    assert 'name="q-ease" value="4" id="id_q-ease_3" checked' in page
    assert "Be &lt;b&gt;faster&lt;/b&gt;." in page
    assert Response.objects.count() == 0


def test_a_value_that_is_no_choice_is_refused_in_words(client: Any, survey: Survey) -> None:
    invitation(survey)
    page = text_of(client.post(path(), ANSWERS | {"q-handling": "99"}))
    assert "Choose one of the answers." in page
    assert Response.objects.count() == 0


def test_doesnt_apply_is_kept_apart_from_the_ratings(client: Any, survey: Survey) -> None:
    survey.questions.filter(code="ease").update(not_applicable=True)
    invitation(survey)
    client.post(path(), ANSWERS | {"q-ease": "na"})
    assert Answer.objects.get(question__code="ease").value is None


def test_a_question_that_is_switched_off_is_not_asked(client: Any, survey: Survey) -> None:
    survey.questions.filter(code="outcome").update(is_asked=False)
    invitation(survey)
    assert sample_texts.OUTCOME["en"] not in text_of(client.get(path()))
    client.post(path(), {"q-ease": "4", "q-handling": "5"})
    assert Answer.objects.count() == 2


def test_the_page_sets_no_cookie_and_is_stored_nowhere(client: Any, survey: Survey) -> None:
    invitation(survey)
    response = client.get(path())
    assert dict(response.cookies) == {}
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    for banned in ("<style", " style=", " onclick", "javascript:"):
        assert banned not in text_of(response)


@pytest.mark.parametrize("questions", [1, 30])
def test_a_survey_costs_the_same_queries_with_1_and_30_questions(
    client: Any, survey: Survey, django_assert_num_queries: Any, questions: int
) -> None:
    survey.questions.all().delete()
    for number in range(questions):
        survey.questions.model.objects.create(survey=survey, code=f"q{number}", text="How?")
    invitation(survey)
    client.get(path("warm-up"))
    with django_assert_num_queries(5):
        client.get(path())
