"""The form for compliments, suggestions and questions, in any page."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import freeze_time
from django.urls import reverse
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Site

from complaints.intake.tokens import new_token
from complaints.lifecycle import Channel, Kind
from complaints.models import Case
from complaints.references import hash_key
from conduct.models import PrivacyNotice
from feedback.blocks import FeedbackFormBlock, OpenSurveyChooserBlock, SurveyLinkBlock
from tests.feedback.asking import complaint_page, open_survey, usual_survey

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SENT = {
    "kind": "question",
    "words": "When do you open on Sundays?",
    "about": "Shop",
    "name": "Kim Min-ji",
    "email": "kim@example.com",
}


def path(language: str = "en") -> str:
    with translation.override(language):
        return reverse("conduct_feedback:send")


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def token() -> str:
    """A one-time token as a page had it a minute ago."""
    with freeze_time(time.time() - 60):
        return new_token()


def render_block(block: Any, value: Any) -> str:
    request = RequestFactory().get("/en/feedback/")
    return str(block.render(block.to_python(value), {"request": request}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_block_asks_in_any_page_and_posts_to_its_own_view(language: str) -> None:
    complain = complaint_page().get_url()
    with translation.override(language):
        html = render_block(FeedbackFormBlock(), {"heading": "Say it", "introduction": ""})
    assert "<h2>Say it</h2>" in html
    assert f'action="{path(language)}"' in html
    for name in (*SENT, "token"):
        assert f'name="{name}"' in html
    # Cached pages hold no token, cookie or CSRF token.
    assert 'name="token" value=""' in html
    assert "csrfmiddlewaretoken" not in html
    assert f'href="{complain}"' in html


@pytest.mark.requirement("GDPR-13")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_notice_is_at_the_form_in_the_same_language(language: str) -> None:
    words = {build_localized_fieldname("rights", code): f"rights in {code}" for code in LANGUAGES}
    PrivacyNotice(site=Site.objects.get(is_default_site=True), **words).save()
    with translation.override(language):
        html = render_block(FeedbackFormBlock(), {"heading": "", "introduction": ""})
    assert html.count(f"<p>rights in {language}</p>") == 1
    assert f'href="/{language}/privacy-notice/"' in html


def test_a_question_is_a_case_with_its_own_words(client: Any, token: str) -> None:
    client.post(path(), SENT | {"token": token})
    case = Case.objects.get()
    assert (case.kind, case.channel, case.language) == (Kind.QUESTION, Channel.FORM, "en")
    assert (case.description, case.product) == ("When do you open on Sundays?", "Shop")
    assert (case.complainant.name, case.complainant.email) == ("Kim Min-ji", "kim@example.com")


@pytest.mark.requirement("10002-4.11")
@pytest.mark.parametrize(
    ("kind", "thanks", "next_step"),
    [
        (
            "compliment",
            "Thank you for your compliment",
            "passes it on to those whose work you praise",
        ),
        (
            "suggestion",
            "Thank you for your suggestion",
            "brings it to those who can decide about it",
        ),
        ("question", "Thank you for your question", "our answer"),
    ],
)
def test_each_kind_is_thanked_and_told_what_happens_next(
    client: Any, token: str, kind: str, thanks: str, next_step: str
) -> None:
    page = text_of(client.post(path(), SENT | {"token": token, "kind": kind}))
    case = Case.objects.get()
    assert case.kind == kind
    assert thanks in page
    assert next_step in page
    assert case.reference in page
    key = re.search(r'<dd class="key"><bdi dir="ltr">([A-Z0-9-]{16,})</bdi>', page)
    assert key is not None
    assert hash_key(key[1]) == case.key_hash


def test_the_same_form_sent_twice_is_one_case_with_the_same_key(client: Any, token: str) -> None:
    pages = [text_of(client.post(path(), SENT | {"token": token})) for _time in range(2)]
    assert Case.objects.count() == 1
    keys = [re.findall(r'class="key"><bdi dir="ltr">([^<]+)', page) for page in pages]
    assert keys[0] == keys[1] != []


def test_other_words_with_a_used_token_are_not_lost(client: Any, token: str) -> None:
    client.post(path(), SENT | {"token": token})
    page = text_of(client.post(path(), SENT | {"token": token, "words": "And on Mondays?"}))
    assert "You have already sent a message with this form" in page
    assert "And on Mondays?" in page
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"email": "min-ji@example.com"}, {"name": "Min-ji"}, {"about": "App"}, {"kind": "suggestion"}],
)
def test_another_address_with_a_used_token_is_not_lost(
    client: Any, token: str, changed: dict[str, str]
) -> None:
    client.post(path(), SENT | {"token": token})
    page = text_of(client.post(path(), SENT | changed | {"token": token}))
    assert "You have already sent a message with this form" in page
    assert Case.objects.count() == 1


def test_without_javascript_the_first_post_comes_back_to_be_checked(client: Any) -> None:
    page = text_of(client.post(path(), SENT))
    assert "Please check it, change what you like, then press Send." in page
    assert "When do you open on Sundays?" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    client.post(path(), SENT | {"token": token[1], "checked": "1"})
    assert Case.objects.count() == 1


def test_what_is_missing_is_named_with_everything_kept(client: Any, token: str) -> None:
    response = client.post(path(), SENT | {"token": token, "kind": "", "words": "", "email": "kim"})
    page = text_of(response)
    assert response.status_code == 422
    assert '<a href="#feedback-kind">' in page
    assert '<a href="#feedback-words">' in page
    for words in ("Choose one of the three.", "Tell us in a few words.", "name@example.com"):
        assert words in page
    assert 'value="Kim Min-ji"' in page
    assert Case.objects.count() == 0


def test_a_complaint_can_not_be_sent_as_feedback(client: Any, token: str) -> None:
    client.post(path(), SENT | {"token": token, "kind": "complaint"})
    assert Case.objects.count() == 0


def test_nobody_has_to_say_who_they_are(
    client: Any, token: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(client.post(path(), SENT | {"token": token, "name": "", "email": ""}))
    case = Case.objects.get()
    assert case.complainant.is_anonymous
    assert "You can read it on your case page." in page
    assert mail.outbox == []


def test_the_confirmation_is_in_the_language_of_the_page(client: Any, token: str) -> None:
    page = text_of(client.post(path("ar"), SENT | {"token": token}))
    assert 'lang="ar" dir="rtl"' in page
    assert Case.objects.get().language == "ar"


def test_a_link_to_a_survey_shows_while_the_survey_is_active() -> None:
    survey = open_survey()
    block = SurveyLinkBlock()
    value = {"survey": survey.pk, "text": "Two minutes"}
    with translation.override("en"):
        html = render_block(block, value)
        assert f'href="{reverse("conduct_feedback:open_survey", args=[survey.slug])}"' in html
        assert "The results are the views of those who answered." in html
        survey.is_active = False
        survey.save()
        assert render_block(block, value).strip() == ""


def test_a_survey_on_invitation_can_not_be_linked_to() -> None:
    from django.core.exceptions import ValidationError

    block = OpenSurveyChooserBlock()
    assert block.clean(open_survey()).slug == "our-service"
    with pytest.raises(ValidationError, match="sent to invited people"):
        block.clean(usual_survey())


def test_the_form_has_neither_inline_script_nor_style() -> None:
    html = render_to_string("conduct_feedback/feedback_page.html", {"form": None})
    for banned in ("<style", " style=", " onclick", "javascript:"):
        assert banned not in html
