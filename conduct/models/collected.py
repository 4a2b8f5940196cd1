"""What the nightly collection gathered for each promise (ISO 10001:2018, 8.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .promise import Promise


class CollectionRun(models.Model):
    """One night: how many rows were written, and what is missing. At most one a day."""

    day = models.DateField(verbose_name=_("day"), unique=True)
    started_at = models.DateTimeField(verbose_name=_("started"))
    finished_at = models.DateTimeField(verbose_name=_("finished"), null=True)
    rows = models.PositiveIntegerField(verbose_name=_("rows"), default=0)
    #: [{"code", "why", "since", "until"}]: see `conduct.gaps`.
    gaps = models.JSONField(verbose_name=_("gaps"), default=list)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        default_permissions = ("view",)
        ordering = ("-day",)

    def __str__(self) -> str:
        return self.day.isoformat()


class CollectedFigures(models.Model):
    """One promise in one month or quarter, in numbers only.

    Public figures are made of the quarters, and can be recomputed from them. What cases tell is in
    the months; cases that are confidential, or that somebody of the staff must not see, are in
    none of these numbers, so that nobody learns of one by counting.
    """

    class Span(models.TextChoices):
        MONTH = "month", pgettext_lazy("span of collected figures", "Month")
        QUARTER = "quarter", pgettext_lazy("span of collected figures", "Quarter")

    promise = models.ForeignKey(
        to=Promise, verbose_name=_("promise"), on_delete=models.CASCADE, related_name="collected"
    )
    span = models.CharField(verbose_name=_("span"), max_length=10, choices=Span.choices)
    since = models.DateField(verbose_name=_("first day"))
    until = models.DateField(verbose_name=_("last day"))
    #: Which indicator was asked; empty where the promise has none that is known.
    indicator = models.CharField(verbose_name=_("indicator"), max_length=100, blank=True)
    kept = models.PositiveIntegerField(verbose_name=_("kept"), default=0)
    measured = models.PositiveIntegerField(verbose_name=_("measured"), default=0)
    source = models.TextField(verbose_name=_("source"), blank=True)
    complaints = models.PositiveIntegerField(verbose_name=_("complaints"), default=0)
    inquiries = models.PositiveIntegerField(verbose_name=_("inquiries"), default=0)
    remedies_due = models.PositiveIntegerField(verbose_name=_("remedies due"), default=0)
    remedies_delivered = models.PositiveIntegerField(
        verbose_name=_("remedies delivered"), default=0
    )
    remedies_on_time = models.PositiveIntegerField(
        verbose_name=_("remedies delivered on time"), default=0
    )
    #: {currency: amount as text}
    costs = models.JSONField(verbose_name=_("costs"), default=dict)
    collected_at = models.DateTimeField(verbose_name=_("collected at"))

    class Meta:
        verbose_name = _("collected figures")
        verbose_name_plural = _("collected figures")
        default_permissions = ("view",)
        ordering = ("promise", "span", "since")
        constraints = (
            models.UniqueConstraint(
                fields=["promise", "span", "since"], name="conduct_collected_once"
            ),
            models.CheckConstraint(
                condition=Q(kept__lte=F("measured")), name="conduct_collected_kept_le_measured"
            ),
        )

    def __str__(self) -> str:
        return f"{self.promise_id} {self.span} {self.since}"
