"""What a person allowed beyond the handling of their case, and took back (GDPR 6, 7, 9)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.states import ConsentPurpose


class Consent(models.Model):
    """One permission, never needed to complain. Withdrawing keeps the row and sets a date."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(
        verbose_name=_("purpose"), max_length=10, choices=ConsentPurpose.choices
    )
    #: Number of the privacy notice whose words stood beside the tick.
    notice_version = models.CharField(max_length=20, blank=True)
    given_at = models.DateTimeField(verbose_name=_("given"))
    withdrawn_at = models.DateTimeField(verbose_name=_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "purpose"], name="complaints_one_consent")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose}"

    @property
    def is_given(self) -> bool:
        return self.withdrawn_at is None
