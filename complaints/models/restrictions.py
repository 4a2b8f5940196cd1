"""Limits on how somebody may contact the organisation, never on complaining itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.states import RestrictionMeasure

if TYPE_CHECKING:
    from complaints.models.case import Case


class ContactRestriction(models.Model):
    """A reasoned limit on contact, with an end, a review and a way to appeal.

    Found for every case of the same address. It never stops a new complaint from being received.
    """

    class Objects(models.QuerySet["ContactRestriction"]):
        def about(self, case: Case) -> ContactRestriction.Objects:
            """Decided in this case, or in another one of the same address."""
            person = case.complainant.email_hash
            same = Q(case=case.pk) | Q(person_hash=person) if person else Q(case=case.pk)
            return self.filter(same)

        def in_force_on(self, day: date) -> ContactRestriction.Objects:
            return self.filter(lifted_at=None, ends_on__gte=day)

    case = models.ForeignKey(
        "Case",
        verbose_name=_("decided in"),
        on_delete=models.CASCADE,
        related_name="contact_restrictions",
    )
    #: As `Party.email_hash`; empty where the person has no e-mail: then it is this case's only.
    person_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    measure = models.CharField(
        verbose_name=_("what is limited"), max_length=12, choices=RestrictionMeasure.choices
    )
    reason = models.TextField(verbose_name=_("reason"))
    starts_on = models.DateField(verbose_name=_("from"))
    ends_on = models.DateField(verbose_name=_("until"))
    review_on = models.DateField(verbose_name=_("look at it again on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    appeal = models.TextField(verbose_name=_("appeal"), blank=True)
    appeal_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("restriction of contact")
        verbose_name_plural = _("restrictions of contact")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="complaints_restriction_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_measure_display()}"
