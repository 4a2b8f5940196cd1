"""Others who were harmed by the same thing and did not complain (annex F)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outreach(models.Model):
    """Somebody goes to those who were affected too, unasked, and writes down what was done."""

    class Objects(models.QuerySet["Outreach"]):
        def outstanding(self) -> Outreach.Objects:
            return self.filter(done_at=None)

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="outreach")
    who = models.TextField(verbose_name=_("who is affected, and how they are found"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="complaint_outreach",
        null=True,
        blank=True,
    )
    due_on = models.DateField(verbose_name=_("due"), null=True, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(verbose_name=_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    result = models.TextField(verbose_name=_("what was done"), blank=True)
    #: How many got something without complaining.
    reached = models.PositiveIntegerField(verbose_name=_("people reached"), null=True, blank=True)

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("outreach")
        verbose_name_plural = _("outreach")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.pk}"
