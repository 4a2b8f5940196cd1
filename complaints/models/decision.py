"""The answer to a case and what is done to put things right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.states import Others


class Decision(models.Model):
    """One answer of one stage: proposed, approved by somebody else, sent, accepted or rejected
    (7.7–7.9)."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(default=1)
    stage = models.PositiveSmallIntegerField(default=1)
    answer = models.TextField(verbose_name=_("answer"))
    #: What its author wrote in their own language: name of the field -> text, "reasons_12" for an
    #: issue. Empty where it was written in the complainant's language.
    sources = models.JSONField(verbose_name=_("as it was written"), default=dict, blank=True)
    source_language = models.CharField(
        verbose_name=_("language it was written in"), max_length=15, blank=True
    )
    external_route = models.TextField(verbose_name=_("outside route"), blank=True)
    others = models.CharField(
        verbose_name=_("did the same happen to others"),
        max_length=4,
        choices=Others.choices,
        blank=True,
    )
    prevention = models.TextField(verbose_name=_("what changes"), blank=True)
    #: How both sides were heard: for staff, never sent.
    both_sides = models.TextField(verbose_name=_("how both sides were heard"), blank=True)
    check_notes = models.TextField(verbose_name=_("notes on the check"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    checked = models.BooleanField(verbose_name=_("objectivity checked"), default=False)
    #: Of a review, by somebody who took part before: nobody else was there to do it.
    approved_again = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: The answer exactly as the person got it, and its SHA-256.
    sent_text = models.TextField(blank=True)
    sent_hash = models.CharField(max_length=64, blank=True)
    answer_by = models.DateTimeField(
        verbose_name=_("taken as accepted after"), null=True, blank=True
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="complaints_decision_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Remedy(models.Model):
    """One thing promised to put a case right: delivered with proof, verified, only then done
    (7.9)."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="remedies")
    issue = models.ForeignKey(
        "Issue", on_delete=models.SET_NULL, related_name="remedies", null=True, blank=True
    )
    kind = models.ForeignKey(
        "RemedyKind", verbose_name=_("kind"), on_delete=models.PROTECT, related_name="remedies"
    )
    description = models.CharField(verbose_name=_("description"), max_length=300, blank=True)
    amount = models.DecimalField(
        verbose_name=_("amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(verbose_name=_("currency"), max_length=3, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="remedies",
        null=True,
        blank=True,
    )
    due_on = models.DateField(verbose_name=_("due"), null=True, blank=True)
    #: Promised in an answer that was sent; until then only proposed.
    promised_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    proof = models.TextField(verbose_name=_("proof"), blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.kind_id}"
