"""Who is asked for an opinion, when, and how often."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from complaints.automation import run_clocks
from complaints.lifecycle import Kind, State
from complaints.models import Case, Notice
from complaints.signals import case_closed
from feedback.inviting import invite
from feedback.models import Invitation
from feedback.models.answering import hash_token
from feedback.models.survey import Where
from feedback.samples import SLUG
from tests.factories import Staff, act, make_case
from tests.feedback.asking import usual_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """What happens after commit happens, mail included."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def survey_mails() -> list[Any]:
    pattern = re.compile(r"/survey/\S+")
    return [message for message in mail.outbox if pattern.search(str(message.body))]


def test_closing_a_complaint_sends_one_survey_in_the_language_of_the_case(commits: Any) -> None:
    usual_survey()
    with commits():
        case = make_case(State.CLOSED, language="fr")
    message = survey_mails()[0]
    assert len(survey_mails()) == 1
    assert message.to == ["kim@example.com"]
    assert "Comment avons-nous traité votre réclamation ?" in message.body
    assert "Comment avons-nous traité votre réclamation ?" in message.alternatives[0][0]
    assert Invitation.objects.get().case == case


def test_the_token_is_in_the_mail_and_nowhere_else(commits: Any, client: Any) -> None:
    usual_survey()
    with commits():
        make_case(State.CLOSED)
    address = re.search(r"http\S+/survey/([\w-]+)/", survey_mails()[0].body)
    assert address is not None
    token = address[1]
    assert len(token) >= 32
    notice = Notice.objects.get(template="survey")
    assert Notice.SECRET_MARK in notice.text
    assert Notice.SECRET_MARK not in survey_mails()[0].body
    assert (token in notice.text, token in notice.html, notice.secret) == (False, False, "")
    assert Invitation.objects.get().token_hash == hash_token(token)
    path = reverse("conduct_feedback:survey", args=[token])
    assert address[0].endswith(path)
    assert "How satisfied are you" in client.get(path).content.decode()


def close_with(case: Case, outcome: str) -> None:
    """End a received case in a way that the signal may or may not announce."""
    staff = Staff()
    if outcome == "withdrawn":
        act(case, "withdraw")
    elif outcome == "resolved_early":
        act(case, "resolve_early", staff.handler, text="We sent a new one.", agreed=True)
    else:
        act(
            case,
            "moderate",
            staff.handler,
            result=outcome,
            detail="Please ask the city.",
            scope_reason="other_body",
        )


@pytest.mark.parametrize(
    ("outcome", "invited"),
    [("withdrawn", 1), ("resolved_early", 1), ("out_of_scope", 0), ("abuse", 0)],
)
def test_only_a_case_that_was_handled_is_followed_by_a_survey(
    commits: Any, outcome: str, invited: int
) -> None:
    usual_survey()
    case = make_case(State.RECEIVED)
    with commits():
        close_with(case, outcome)
    assert case.state == State.CLOSED
    assert Invitation.objects.count() == invited


@pytest.mark.parametrize(
    ("survey_fields", "case_fields", "invited"),
    [
        ({}, {}, 1),
        ({"is_active": False}, {}, 0),
        ({"trigger": "open"}, {}, 0),
        ({}, {"email": ""}, 0),
        ({}, {"details": {"may_be_surveyed": False}}, 0),
        ({}, {"kind": Kind.QUESTION}, 0),
        ({"complaints_only": False}, {"kind": Kind.QUESTION}, 1),
    ],
)
def test_who_is_invited(
    commits: Any, survey_fields: dict[str, Any], case_fields: dict[str, Any], invited: int
) -> None:
    usual_survey(**survey_fields)
    case = make_case(State.RECEIVED, **case_fields)
    with commits():
        act(case, "withdraw")
    assert Invitation.objects.count() == invited
    assert len(survey_mails()) == invited


def test_the_same_closing_is_asked_about_once_and_a_later_one_again(commits: Any) -> None:
    usual_survey()
    with commits():
        case = make_case(State.CLOSED)
    with commits():
        case_closed.send(sender=Case, case=case, outcome=case.outcome, at=case.closed_at)
    assert Invitation.objects.count() == 1
    later = timezone.now() + timedelta(days=3)
    with commits():
        act(case, "reopen", Staff().lead, now=later, reason="New facts.")
        act(case, "withdraw", now=later)
    assert Invitation.objects.count() == 2
    assert Notice.objects.filter(case=case, template="survey").count() == 2


def test_a_survey_may_wait_some_days_before_it_is_sent(commits: Any) -> None:
    from complaints.notices.sending import send_due

    usual_survey(after_days=7, days_valid=30)
    with commits():
        case = make_case(State.CLOSED)
    invitation = Invitation.objects.get()
    assert survey_mails() == []
    assert invitation.expires_at == case.closed_at + timedelta(days=37)
    send_due(now=case.closed_at + timedelta(days=6))
    assert survey_mails() == []
    send_due(now=case.closed_at + timedelta(days=7))
    assert len(survey_mails()) == 1


def test_an_outside_survey_replaces_ours_in_the_mail(commits: Any) -> None:
    usual_survey(where=Where.EXTERNAL, external_url="https://survey.example.net/?lang={language}")
    with commits():
        make_case(State.CLOSED, language="de")
    body = next(m.body for m in mail.outbox if "survey.example.net" in str(m.body))
    assert "https://survey.example.net/?lang=de" in body
    assert "/survey/" not in body


def test_both_surveys_are_offered_where_both_are_configured(commits: Any) -> None:
    usual_survey(where=Where.BOTH, external_url="https://survey.example.net/")
    with commits():
        make_case(State.CLOSED)
    assert "https://survey.example.net/" in survey_mails()[0].body


def test_closing_goes_on_where_there_is_no_survey(commits: Any) -> None:
    with commits():
        case = make_case(State.CLOSED)
    assert case.state == State.CLOSED
    assert Invitation.objects.count() == 0


def test_words_of_the_survey_fall_back_to_the_default_language() -> None:
    survey = usual_survey(title_ko="")
    with translation.override("ko"):
        assert survey.title == "How did we handle your complaint?"
    assert survey.slug == SLUG


def test_who_was_forgotten_when_a_process_was_killed_is_invited_by_the_next_run(
    commits: Any,
) -> None:
    usual_survey()
    # Nothing that follows the commit happens: the process is dead by then.
    case = make_case(State.CLOSED)
    abuse, asked_not_to = make_case(), make_case()
    act(abuse, "moderate", Staff().handler, result="abuse")
    act(asked_not_to, "withdraw")
    Case.objects.filter(pk=asked_not_to.pk).update(may_be_surveyed=False)
    assert Invitation.objects.count() == 0

    with commits():
        run_clocks()
        run_clocks()

    assert [(i.case, i.closing) for i in Invitation.objects.all()] == [(case, case.closed_at)]
    assert len(survey_mails()) == 1


def test_what_was_closed_long_ago_is_not_asked_about_when_a_survey_begins() -> None:
    now = timezone.now()
    make_case(State.CLOSED, now=now - timedelta(days=3))
    usual_survey()

    run_clocks(now)

    assert Invitation.objects.count() == 0


@pytest.mark.requirement("GDPR-6")
def test_who_takes_the_permission_back_gets_no_invitation_that_was_still_waiting(
    commits: Any,
) -> None:
    usual_survey(after_days=3)
    with commits():
        case, other = make_case(State.CLOSED), make_case(State.CLOSED)
    case.consents.create(purpose="survey", given_at=case.received_at)

    act(case, "withdraw_permission", purpose="survey")
    with commits():
        run_clocks(timezone.now() + timedelta(days=4))

    assert [notice.case for notice in Notice.objects.filter(template="survey")] == [other]
    assert [invitation.case for invitation in Invitation.objects.all()] == [other]
    assert len(survey_mails()) == 1


def test_who_has_just_taken_the_permission_back_is_not_asked() -> None:
    """After the case was read, before the invitation is written."""
    case = make_case(State.CLOSED)
    usual_survey()
    assert case.closed_at is not None
    Case.objects.filter(pk=case.pk).update(may_be_surveyed=False)

    assert invite(case, at=case.closed_at) == []

    Case.objects.filter(pk=case.pk).update(may_be_surveyed=True)
    assert len(invite(case, at=case.closed_at)) == 1
