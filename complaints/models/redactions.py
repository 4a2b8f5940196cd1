"""What was blacked out in a case, and by whom; the original only for the privacy officer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.privacy.encryption import EncryptedTextField
from complaints.states import WhyBlackedOut


class Redaction(models.Model):
    """Words or a file that nobody needs to read any more (GDPR 5, 9 and 10).

    `complaints.actions.redacting` makes them. What they said is nowhere in the case any more.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="redactions")
    why = models.CharField(verbose_name=_("why"), max_length=8, choices=WhyBlackedOut.choices)
    #: Whether the original is kept, encrypted.
    kept = models.BooleanField(verbose_name=_("original kept"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class RedactedText(models.Model):
    """What one field said before."""

    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="texts")
    #: The model and the field, such as "Message.body", and the row.
    place = models.CharField(max_length=60)
    row = models.BigIntegerField()
    original = EncryptedTextField()

    class Meta:
        verbose_name = _("redacted text")
        verbose_name_plural = _("redacted texts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.row}"
