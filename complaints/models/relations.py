"""Cases that belong together: about related things, or about the same incident (SEC-DUP)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from complaints.states import LinkKind

if TYPE_CHECKING:
    from complaints.models.case import Case


class CaseLink(models.Model):
    """Two cases that staff see beside each other. Of an incident, `other` is the case that leads.

    A link says nothing to either complainant and lends nobody a look at the other case: each screen
    shows only the linked cases that the viewer may see.
    """

    class Objects(models.QuerySet["CaseLink"]):
        def of(self, case: Case) -> CaseLink.Objects:
            return self.filter(Q(case=case.pk) | Q(other=case.pk))

        def between(self, one: Case, other: Case) -> CaseLink.Objects:
            return self.filter(Q(case=one.pk, other=other.pk) | Q(case=other.pk, other=one.pk))

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(verbose_name=_("how"), max_length=8, choices=LinkKind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("link between cases")
        verbose_name_plural = _("links between cases")
        ordering = ["at", "pk"]
        constraints = [
            # Whichever of the two it was made from.
            models.UniqueConstraint(
                Least("case", "other"), Greatest("case", "other"), name="complaints_one_link"
            ),
            models.CheckConstraint(
                condition=~Q(case=F("other")), name="complaints_no_link_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.other_id}"
