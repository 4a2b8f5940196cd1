"""The survey of the demo and the answers of those who were asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail.models import Site

from complaints.lifecycle import Outcome
from demo.texts import content
from feedback.models import Invitation, Question
from feedback.questionnaire import Given
from feedback.recording import record_invited
from feedback.samples import make_default_survey

#: Out of ten who were asked, these did not answer.
SILENT = {3, 8}
#: Ratings of ease, handling and outcome, one person after the other.
RATINGS = ((5, 5, 5), (4, 5, 4), (4, 4, 2), (3, 4, 3), (5, 5, 4), (2, 2, 1), (5, 4, 4), (4, 5, 5))


def make_surveys(site: Site) -> None:
    make_default_survey(site)


def answer_surveys(now: datetime) -> None:
    """Most people answer within days; those whose complaint was not upheld are less content."""
    invitations = Invitation.objects.filter(answered_at=None).select_related("case", "survey")
    for number, invitation in enumerate(invitations.order_by("pk")):
        if number % 10 in SILENT:
            continue
        ease, handling, outcome = RATINGS[number % len(RATINGS)]
        if invitation.case.outcome == Outcome.NOT_UPHELD:
            outcome = min(outcome, 2)
        values = {"ease": ease, "handling": handling, "outcome": outcome}
        given = [
            _given(question, values, invitation.language, with_comment=number % 3 == 0)
            for question in invitation.survey.questions.all()
        ]
        at = min(invitation.created_at + timedelta(days=1 + number % 4), now)
        record_invited(
            invitation,
            [one for one in given if one is not None],
            language=invitation.language,
            may_link=number % 2 == 0,
            wants_contact=False,
            now=at,
        )


def _given(
    question: Question, values: dict[str, int], language: str, *, with_comment: bool
) -> Given | None:
    if question.kind == Question.Kind.COMMENT:
        text = content(language)["mail"]["survey_comment"] if with_comment else ""
        return Given(question=question, value=None, text=text) if text else None
    return Given(question=question, value=values[question.code], text="")
