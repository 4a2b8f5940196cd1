"""Surveys, invitations and answers for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from complaints.lifecycle import State
from complaints.models import Case
from conduct.models import Organisation
from feedback.models import Invitation, Question, Survey
from feedback.models.answering import hash_token
from feedback.models.survey import Trigger
from feedback.questionnaire import Given
from feedback.recording import record_invited
from feedback.samples import make_default_survey
from tests.factories import make_case

TOKEN = "a-token-that-only-the-mail-has"


def site() -> Site:
    return Site.objects.get(is_default_site=True)


def usual_survey(**fields: Any) -> Survey:
    survey = make_default_survey(site())
    for name, value in fields.items():
        setattr(survey, name, value)
    survey.save()
    return survey


def open_survey(**fields: Any) -> Survey:
    """An open survey with one rating, one yes-or-no and one comment; nothing is required."""
    survey = Survey(site=site(), slug="our-service", trigger=Trigger.OPEN, title="Our service")
    for name, value in fields.items():
        setattr(survey, name, value)
    survey.questions = [
        Question(code="service", text="How good is our service?", sort_order=0),
        Question(code="again", text="Would you come again?", kind="yes_no", sort_order=1),
        Question(code="words", text="Anything else?", kind="comment", sort_order=2),
    ]
    survey.save()
    return survey


def invitation(
    survey: Survey, case: Case | None = None, *, token: str = TOKEN, **fields: Any
) -> Invitation:
    """An invitation whose token the test knows."""
    now = fields.setdefault("created_at", timezone.now())
    fields.setdefault("expires_at", now + timedelta(days=60))
    fields.setdefault("closing", now)
    case = case or make_case(State.CLOSED)
    return Invitation.objects.create(
        survey=survey, case=case, language=case.language, token_hash=hash_token(token), **fields
    )


def answer(
    survey: Survey,
    case: Case,
    number: int,
    *,
    now: datetime,
    may_link: bool = False,
    wants_contact: bool = False,
    **answers: int | str | None,
) -> None:
    """One more person invited about a case answers; `answers` are by question code."""
    made = invitation(survey, case, token=f"token-{number}", closing=now, created_at=now)
    questions = {question.code: question for question in survey.questions.all()}
    given = [
        Given(questions[code], None, value)
        if isinstance(value, str)
        else Given(questions[code], value, "")
        for code, value in answers.items()
    ]
    record_invited(
        made, given, language="en", may_link=may_link, wants_contact=wants_contact, now=now
    )


def complaint_page() -> Page:
    """The page the organisation names as its complaint page."""
    page = site().root_page
    organisation = Organisation.for_site(site())
    organisation.complaint_page = page
    organisation.save()
    return page
