"""Which tables left the house: who took them along, when, what for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.references import new_export_reference


class ExportLog(models.Model):
    """One table that somebody took along. Its `reference` stands in the table's rows.

    Written before the first row is sent; `rows` and `finished_at` follow with the last. A line
    without them is a download that broke off. What was searched for is not kept: it may be a name.
    """

    class Purpose(models.TextChoices):
        HANDLING = "handling", _("To work on cases")
        STATISTICS = "statistics", _("For statistics or a report")
        AUDIT = "audit", _("For an audit or a review")
        SUBJECT = "subject", _("Because a person asked for their own data")
        AUTHORITY = "authority", _("For a court, an authority or an outside body")
        SETTINGS = "settings", _("To look after the settings")
        OTHER = "other", _("Something else")

    reference = models.CharField(
        verbose_name=_("reference"), max_length=11, unique=True, default=new_export_reference
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(verbose_name=_("when"))
    #: "cases", or the name of a model of settings.
    table = models.CharField(verbose_name=_("table"), max_length=50)
    asked_for = models.CharField(verbose_name=_("list and filters"), max_length=1000, blank=True)
    purpose = models.CharField(verbose_name=_("what for"), max_length=12, choices=Purpose.choices)
    purpose_note = models.CharField(
        verbose_name=_("what for, in words"), max_length=300, blank=True
    )
    personal = models.BooleanField(verbose_name=_("with names and words"), default=False)
    rows = models.PositiveIntegerField(verbose_name=_("rows"), null=True, blank=True)
    finished_at = models.DateTimeField(verbose_name=_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        permissions = [("export_personal_data", "Can take names and words along in a table")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="complaints_exports_at"),
            models.Index(fields=["user", "-at"], name="complaints_exports_of"),
        ]

    def __str__(self) -> str:
        return self.reference
