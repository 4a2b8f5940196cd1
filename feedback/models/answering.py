"""Who was invited, and what was answered, kept apart.

An answer is tied to an invitation, and so to a case and a person, only where the respondent ticked
that it may be. Without the tick neither a key nor a time joins the two: both keep the day only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


def day_of(moment: dt.datetime) -> dt.datetime:
    """The first moment of its day, in the site's time zone."""
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def hash_token(token: str) -> str:
    """A random token of 192 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def by_token(self, token: str) -> Invitation | None:
        return (
            self.select_related("survey", "survey__site", "case")
            .filter(token_hash=hash_token(token))
            .first()
        )


class Invitation(models.Model):
    """One person asked once about one closing. The token is in the mail only; here is its hash."""

    survey = models.ForeignKey(
        "conduct_feedback.Survey", on_delete=models.PROTECT, related_name="invitations"
    )
    case = models.ForeignKey(
        "conduct_complaints.Case", on_delete=models.CASCADE, related_name="survey_invitations"
    )
    #: The closing it is about: a case that is opened and closed again is asked about again.
    closing = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(max_length=15)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    #: The day only; see the module's words.
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "case", "closing"], name="feedback_one_invitation"
            )
        ]
        indexes = [models.Index(fields=["survey", "created_at"], name="feedback_invited")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(24)

    def is_expired(self, now: dt.datetime) -> bool:
        return now >= self.expires_at


class Response(models.Model):
    """One person's answers."""

    survey = models.ForeignKey(
        "conduct_feedback.Survey", on_delete=models.PROTECT, related_name="responses"
    )
    #: Only where the respondent allowed it.
    invitation = models.OneToOneField(
        Invitation, on_delete=models.SET_NULL, related_name="response", null=True, blank=True
    )
    language = models.CharField(max_length=15)
    #: The day only.
    at = models.DateTimeField()
    wants_contact = models.BooleanField(default=False)
    #: Makes one submission one response.
    submission_id = models.CharField(max_length=64, unique=True, editable=False)
    #: What somebody made of the comment; names nobody where the survey was answered without a name.
    complaint = models.OneToOneField(
        "conduct_complaints.Case",
        verbose_name=_("complaint made of it"),
        on_delete=models.SET_NULL,
        related_name="survey_response",
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [models.Index(fields=["survey", "at"], name="feedback_responses")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Answer(models.Model):
    """One answer. Neither value nor text means: it doesn't apply. No row means: not answered."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        "conduct_feedback.Question", on_delete=models.PROTECT, related_name="answers"
    )
    #: 1 to 5 of a rating (5 is best); 1 is yes, 0 is no.
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="feedback_one_answer")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def words(self) -> str:
        """What was answered, as staff read it."""
        if self.text:
            return self.text
        if self.value is None:
            return pgettext("answer", "Doesn't apply to me")
        return str(dict(self.question.choices).get(self.value, self.value))
