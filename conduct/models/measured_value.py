"""A measured value that staff enter, for what no system counts for us (ISO 10001:2018, 6.5)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .promise import Promise

MORE_KEPT_THAN_MEASURED = _(
    "The promise can't have been kept more often than it was measured. Check both numbers."
)
ENDS_BEFORE_START = _("The period would end before it starts. Choose a later day.")


class MeasuredValue(models.Model):
    """How often a promise was kept between two days, both included.

    Periods of one promise never overlap, so that nothing is counted twice. Saving or deleting one
    renews the public figures (`conduct.entered_values`); a bulk write has to do so itself.
    """

    promise = models.ForeignKey(
        to=Promise,
        verbose_name=_("promise"),
        # A promise that is no longer made is withdrawn, not deleted; its values stay evidence.
        on_delete=models.PROTECT,
        related_name="measured_values",
        help_text=_("Readers see the values if the promise's indicator is “Entered by hand”."),
    )
    starts_on = models.DateField(verbose_name=_("first day"))
    ends_on = models.DateField(
        verbose_name=_("last day"),
        help_text=_(
            "Enter months, shorter periods or whole quarters. A value counts only where its whole "
            "period lies in one quarter of a calendar year."
        ),
    )
    kept = models.PositiveIntegerField(
        verbose_name=_("how often kept"), help_text=_("How often the promise was kept.")
    )
    measured = models.PositiveIntegerField(
        verbose_name=_("how often measured"),
        help_text=_("How often it was measured, kept or not."),
    )
    source = models.CharField(
        verbose_name=_("source"),
        max_length=300,
        help_text=_(
            "Where the numbers come from and where that can be checked. Readers see these words "
            "as you write them, in every language; name no person."
        ),
    )
    entered_by = models.ForeignKey(
        to=settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    entered_at = models.DateTimeField(
        verbose_name=_("entered at"), default=timezone.now, editable=False
    )

    #: An import has compared the days of all its rows already, without a query for each.
    days_are_checked = False

    class Meta:
        verbose_name = _("measured value")
        verbose_name_plural = _("measured values")
        ordering = ("-starts_on", "promise")
        constraints = (
            models.CheckConstraint(
                condition=Q(kept__lte=F("measured")),
                name="conduct_value_kept_le_measured",
                violation_error_message=MORE_KEPT_THAN_MEASURED,
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="conduct_value_starts_le_ends",
                violation_error_message=ENDS_BEFORE_START,
            ),
            models.UniqueConstraint(
                fields=["promise", "starts_on"],
                name="conduct_value_one_a_start",
                violation_error_message=_("This promise has a value that starts on this day."),
            ),
        )

    def __str__(self) -> str:
        return gettext("%(code)s, %(first_day)s to %(last_day)s") % {
            "code": self.promise.code,
            "first_day": formats.date_format(self.starts_on),
            "last_day": formats.date_format(self.ends_on),
        }

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str] = {}
        if self.source and not self.source.strip():
            problems["source"] = gettext("Say where the numbers come from.")
        if self.kept is not None and self.measured is not None and self.kept > self.measured:
            problems["kept"] = str(MORE_KEPT_THAN_MEASURED)
        if self.starts_on is not None and self.ends_on is not None:
            if self.ends_on < self.starts_on:
                problems["ends_on"] = str(ENDS_BEFORE_START)
            elif self.ends_on > timezone.localdate():
                problems["ends_on"] = gettext(
                    "This period is not over yet. Enter its value when it is, or choose an "
                    "earlier day."
                )
            elif self.promise_id and (other := self._overlapping()):
                problems["starts_on"] = self.overlap_words(other)
        if problems:
            raise ValidationError(problems)

    def overlap_words(self, other: MeasuredValue) -> str:
        """That another value of this promise has some of its days, and what to do."""
        return gettext(
            "Promise %(code)s already has a value for %(first_day)s to %(last_day)s. "
            "Choose days that don't overlap with it, or change that value."
        ) % {
            "code": self.promise.code,
            "first_day": formats.date_format(other.starts_on),
            "last_day": formats.date_format(other.ends_on),
        }

    def _overlapping(self) -> MeasuredValue | None:
        """Another value of this promise that shares a day with this one."""
        if self.days_are_checked:
            return None
        return (
            MeasuredValue.objects.filter(
                promise=self.promise_id, starts_on__lte=self.ends_on, ends_on__gte=self.starts_on
            )
            .exclude(pk=self.pk)
            .first()
        )
