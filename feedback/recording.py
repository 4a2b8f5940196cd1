"""Keeping what was answered, without tying it to a person unless they allow it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from complaints.access import Actor
from complaints.intake.receiving import receive
from complaints.intake.submission import Submission
from complaints.lifecycle import Channel, Kind, Refused, perform
from feedback.models import Answer, Invitation, Response, Survey
from feedback.models.answering import day_of
from feedback.questionnaire import Given

logger = logging.getLogger(__name__)


def record_invited(
    invitation: Invitation,
    given: Sequence[Given],
    *,
    language: str,
    may_link: bool,
    wants_contact: bool,
    now: datetime | None = None,
) -> Response | None:
    """Store the answers to an invitation; None where it was answered before (a double click)."""
    now = now or timezone.now()
    # Nobody can be called back whose answers can't be tied to a case.
    linked = may_link or wants_contact
    with transaction.atomic():
        first = Invitation.objects.filter(pk=invitation.pk, answered_at=None)
        if not first.update(answered_at=day_of(now)):
            return None
        response = Response.objects.create(
            survey=invitation.survey,
            invitation=invitation if linked else None,
            language=language,
            at=day_of(now),
            wants_contact=wants_contact,
            submission_id=uuid.uuid4().hex,
        )
        _store_answers(response, given)
        if wants_contact:
            _ask_for_contact(invitation, given, now)
    return response


def record_open(
    survey: Survey,
    given: Sequence[Given],
    *,
    submission_id: str,
    language: str,
    email: str = "",
    now: datetime | None = None,
) -> Response | None:
    """Store the answers to an open survey; None where this submission is there already.

    With an address a case is opened, so that somebody gets in touch; only the case has the address.
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            response = Response.objects.create(
                survey=survey,
                language=language,
                at=day_of(now),
                wants_contact=bool(email),
                submission_id=submission_id,
            )
            _store_answers(response, given)
            if email:
                _open_contact_case(response, given, email=email, now=now)
    except IntegrityError:
        if Response.objects.filter(submission_id=submission_id).exists():
            return None
        raise
    return response


def _store_answers(response: Response, given: Iterable[Given]) -> None:
    Answer.objects.bulk_create(
        Answer(response=response, question=one.question, value=one.value, text=one.text)
        for one in given
    )


def _ask_for_contact(invitation: Invitation, given: Sequence[Given], now: datetime) -> None:
    """Put the wish into the case's conversation; its handler is told by the usual mail."""
    with translation.override(invitation.language):
        text = _contact_text(invitation.survey, given)
    try:
        perform(invitation.case, "reply", actor=Actor.complainant(), data={"text": text}, now=now)
    except Refused:
        # Closed too long ago for a reply: the wish stands on the page of results, with the case.
        logger.info("A respondent asks for contact about case %s", invitation.case_id)


def _open_contact_case(
    response: Response, given: Sequence[Given], *, email: str, now: datetime
) -> None:
    survey = response.survey
    receive(
        Submission(
            site=survey.site,
            language=response.language,
            kind=Kind.QUESTION,
            channel=Channel.SURVEY,
            description=_contact_text(survey, [one for one in given if one.text]),
            complainant={"email": email},
            token_id=f"survey-{response.submission_id}",
        ),
        now=now,
    )


def _contact_text(survey: Survey, given: Iterable[Given]) -> str:
    lines = [
        _("Please contact me about my answers to the survey “%(title)s”.") % {"title": survey.title}
    ]
    for one in given:
        labels: dict[int | None, Any] = dict(one.question.choices)
        words = one.text or str(labels.get(one.value, ""))
        if words:
            lines.append(
                _("%(question)s – %(answer)s") % {"question": one.question.text, "answer": words}
            )
    return "\n\n".join(lines)
