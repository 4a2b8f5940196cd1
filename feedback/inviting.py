"""Asking for an opinion once a case is closed: at most once for each closing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation

from complaints.actions.ending import NOT_HANDLED
from complaints.lifecycle import ConsentPurpose, Kind
from complaints.models import Case, Notice
from complaints.notices.context import public_url
from complaints.notices.outbox import queue_notice
from feedback.models import Invitation, Survey
from feedback.models.answering import hash_token
from feedback.models.survey import Trigger


def on_case_closed(sender: type[Case], case: Case, at: datetime, **kwargs: Any) -> None:
    """Receiver of `complaints.signals.case_closed`."""
    invite(case, at=at)


def on_clocks_run(sender: None, now: datetime, **kwargs: Any) -> None:
    """Receiver of `complaints.signals.clocks_run`."""
    invite_forgotten(now)


def on_permission_withdrawn(sender: type[Case], case: Case, purpose: str, **kwargs: Any) -> None:
    """Receiver of `complaints.signals.permission_withdrawn`: what waits to be sent is not sent."""
    if purpose == ConsentPurpose.SURVEY:
        waiting = case.notices.filter(template="survey", state=Notice.State.WAITING)
        moments = list(waiting.values_list("created_at", flat=True))
        case.survey_invitations.filter(created_at__in=moments, answered_at=None).delete()
        waiting.delete()


#: For how long after a closing an invitation is made up for.
MAKE_UP_FOR = timedelta(days=2)


def invite_forgotten(now: datetime) -> list[Invitation]:
    """Invite whom nobody invited since the process was killed between a closing and its signal."""
    invited = Invitation.objects.filter(case=OuterRef("pk"), closing=OuterRef("closed_at"))
    forgotten = Case.objects.filter(
        ~Exists(invited), closed_at__gt=now - MAKE_UP_FOR, may_be_surveyed=True
    ).exclude(outcome__in=NOT_HANDLED)
    made = []
    if Survey.objects.active().filter(trigger=Trigger.CASE_CLOSED).exists():
        for case in forgotten.select_related("site", "complainant", "representative"):
            assert case.closed_at is not None  # see the filter
            made += invite(case, at=case.closed_at)
    return made


def invite(case: Case, *, at: datetime) -> list[Invitation]:
    """Invite the person to every survey that follows a closing, once each; the new invitations."""
    may_write = case.correspondent.email and not (case.held or case.awaits_authority)
    if not (case.may_be_surveyed and may_write):
        return []
    surveys = Survey.objects.sent_on_closing(case.site)
    if case.kind != Kind.COMPLAINT:
        surveys = surveys.filter(complaints_only=False)
    made = (_invite_to(survey, case, at) for survey in surveys)
    return [invitation for invitation in made if invitation is not None]


@transaction.atomic
def _invite_to(survey: Survey, case: Case, at: datetime) -> Invitation | None:
    # Who has just withdrawn the permission is not asked.
    if not Case.objects.locked().filter(pk=case.pk, may_be_surveyed=True).values_list("pk"):
        return None
    token = Invitation.new_token()
    send_at = at + timedelta(days=survey.after_days)
    invitation, created = Invitation.objects.get_or_create(
        survey=survey,
        case=case,
        closing=at,
        defaults={
            "token_hash": hash_token(token),
            "language": case.language,
            "created_at": at,
            "expires_at": send_at + timedelta(days=survey.days_valid),
        },
    )
    if not created:
        return None
    with translation.override(case.language):
        context = {
            "survey": survey,
            "survey_url": survey_url(case) if survey.asks_here else "",
            "external_url": survey.external_link(case.language),
            "expires_at": invitation.expires_at,
        }
    notice = queue_notice(case, "survey", now=at, context=context, secret=token)
    if survey.after_days:
        # Before the commit, so that the first try already finds it not due.
        Notice.objects.filter(pk=notice.pk).update(next_try_at=send_at)
    return invitation


def survey_url(case: Case) -> str:
    """The address with a mark where the outbox puts the token when the mail goes out."""
    return public_url(case, reverse("conduct_feedback:survey", args=[Notice.SECRET_MARK]))
