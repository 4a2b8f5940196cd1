"""A complaint that is begun and not sent: kept for its writer, encrypted, for two weeks."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.privacy.encryption import EncryptedTextField


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self, now: datetime) -> DraftQuerySet:
        return self.filter(expires_at__gt=now)

    def unsent(self) -> DraftQuerySet:
        return self.filter(case__isnull=True)


class Draft(models.Model):
    """What somebody wrote so far. Read and written by `complaints.intake.drafting.drafts` only;
    staff never see it.

    Whoever has the code opens it: it is in the browser's cookie, in the link that was mailed, and
    on the screen. The database has only its hash. Sending sets `case` in the same transaction that
    stores the case, and empties the answers.
    """

    #: In addresses; worth nothing without the code.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    #: The id of the form's one-time token: makes one start one draft, and one draft one case.
    token_id = EncryptedTextField()
    submission_id = models.CharField(max_length=64, unique=True, editable=False)
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=15)
    #: JSON: see `complaints.intake.drafting.answers`.
    answers = EncryptedTextField(blank=True)
    #: A keyed hash of the address that the link was mailed to, if it was: not to mail it twice.
    email = EncryptedTextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    case = models.OneToOneField(
        "Case", on_delete=models.CASCADE, related_name="draft", null=True, blank=True
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.public_id)
