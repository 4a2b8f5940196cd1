"""One of the points that a case is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.lifecycle import Finding
from complaints.models.case import Case


class Issue(models.Model):
    """One point complained about: its category, the promise it breaks, what was found and why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveSmallIntegerField(verbose_name=_("number"), default=1)
    category = models.ForeignKey(
        "Category",
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        related_name="issues",
        null=True,
        blank=True,
    )
    promise = models.ForeignKey(
        "conduct.Promise",
        verbose_name=_("promise"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    summary = models.CharField(verbose_name=_("summary"), max_length=300, blank=True)
    # The person's words where they wrote of several problems; of a single one the case has them.
    description = models.TextField(verbose_name=_("what happened"), blank=True)
    product = models.CharField(verbose_name=_("product or service"), max_length=200, blank=True)
    place = models.CharField(verbose_name=_("place or branch"), max_length=200, blank=True)
    happened_on = models.DateField(verbose_name=_("date of the problem"), null=True, blank=True)
    happened_when = models.CharField(verbose_name=_("when it happened"), max_length=200, blank=True)
    finding = models.CharField(
        verbose_name=_("finding"), max_length=14, choices=Finding.choices, blank=True
    )
    reasons = models.TextField(verbose_name=_("reasons"), blank=True)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="complaints_issue_number")
        ]
        # Lists by category read nothing but this.
        indexes = [models.Index(fields=["category", "case"], name="complaints_issue_category")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
