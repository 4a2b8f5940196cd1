"""A comment in a survey that tells of something wrong: handled as a complaint (10002:2018, 7.2).

Nothing does so by itself: a low score only suggests it to the person who reads the comment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.access import HANDLE, LEAD, Actor
from complaints.intake.receiving import already_received, receive
from complaints.intake.submission import Submission
from complaints.lifecycle import Channel, Kind, Refused, perform
from complaints.models import Case, Involvement, Party
from feedback.models import Answer, Question, Response

#: A rating up to here suggests that somebody complains.
LOW = 2
#: What is taken over from the case that the survey was about.
CONTACT = (
    "name", "address_as", "email", "phone", "postal_address", "country", "reply_by",
    "contact_times",
)  # fmt: skip


@dataclass(frozen=True)
class Comment:
    """A comment as staff read it."""

    answer: Answer
    looks_like_complaint: bool
    #: The complaint made of it, where the reader may open it.
    complaint: Case | None

    @property
    def is_complaint(self) -> bool:
        return self.answer.response.complaint_id is not None


def may_make_complaints(user: Any) -> bool:
    return bool(user.is_active and (user.has_perm(HANDLE) or user.has_perm(LEAD)))


def comments_for(user: Any, answers: Iterable[Answer]) -> list[Comment]:
    """With what this person may know and do about each."""
    answers = list(answers)
    made = {answer.response.complaint_id for answer in answers} - {None}
    visible = Case.objects.visible_to(user).in_bulk(made) if made else {}
    low = _with_low_scores(answers) if may_make_complaints(user) else set()
    return [
        Comment(
            answer=answer,
            looks_like_complaint=answer.response_id in low,
            complaint=visible.get(answer.response.complaint_id),
        )
        for answer in answers
    ]


def _with_low_scores(answers: Iterable[Answer]) -> set[int]:
    is_low = Q(question__kind=Question.Kind.RATING, value__lte=LOW) | Q(
        question__kind=Question.Kind.YES_NO, value=0
    )
    responses = {answer.response_id for answer in answers}
    found = Answer.objects.filter(is_low, response__in=responses)
    return set(found.values_list("response", flat=True))


@transaction.atomic
def make_complaint(response: Response, user: Any, *, now: datetime) -> Case:
    """Open a complaint as of the day of the response, once; `Refused` says why not."""
    response = Response.objects.select_for_update(no_key=True).get(pk=response.pk)
    if not may_make_complaints(user):
        raise Refused(_("Only those who handle cases can do this."), code="not_allowed")
    if response.complaint_id:
        raise Refused(_("A complaint was made of it already."))
    case = already_received(f"survey-{response.submission_id}") or _receive(response, user, now)
    if case.kind != Kind.COMPLAINT:
        perform(case, "make_complaint", actor=Actor.staff(user), now=now)
    response.complaint = case
    response.save(update_fields=["complaint"])
    return case


def _receive(response: Response, user: Any, now: datetime) -> Case:
    words = response.answers.exclude(text="").order_by("question__sort_order", "pk")
    if not words:
        raise Refused(_("Nothing was written: a score alone tells nothing to look into."))
    about = response.invitation.case if response.invitation else None
    if about and not Case.objects.visible_to(user).filter(pk=about.pk).exists():
        raise Refused(
            _("This comment is about a case that you can't open. Ask somebody who can."),
            code="not_allowed",
        )
    case = receive(
        Submission(
            site=response.survey.site,
            language=response.language,
            # As it was meant; the sender is asked whether it may be more.
            kind=Kind.SUGGESTION,
            channel=Channel.SURVEY,
            description="\n\n".join(answer.text for answer in words),
            complainant=_contact(response),
            details={"team": about.team, "confidential": about.confidential} if about else {},
            token_id=f"survey-comment-{response.submission_id}",
            received_at=response.at,
        ),
        now=now,
    ).case
    if about:
        _same_people(about, case, user, now)
    return case


def _contact(response: Response) -> dict[str, Any]:
    """Of those who allowed that their answers are tied to them, and want to hear from us."""
    if response.invitation is None or not response.wants_contact:
        return {"reply_by": Party.ReplyBy.ONLINE}
    person = response.invitation.case.complainant
    return {name: getattr(person, name) for name in CONTACT}


def _same_people(about: Case, case: Case, user: Any, now: datetime) -> None:
    """Whoever is barred from the one case is barred from the other; who made it can open it."""
    barred = about.involvements.filter(part__in=Involvement.BARRED)
    parts = [(row.user, row.part) for row in barred.select_related("user")]
    if case.confidential:
        parts.append((user, Involvement.Part.LEAD))
    for person, part in parts:
        Involvement.objects.get_or_create(
            case=case, user=person, part=part, defaults={"since": now}
        )
