"""Which role answers for an indicator (ISO 10001:2018, 4.8)."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conduct import indicators


class IndicatorRole(models.Model):
    """One row an indicator, so there is never more than one role. It names no person."""

    indicator = models.CharField(verbose_name=_("indicator"), max_length=100, unique=True)
    role = models.CharField(
        verbose_name=_("role that answers for it"),
        max_length=200,
        help_text=_("Exactly one, such as Head of customer care. It stays when people change."),
    )

    class Meta:
        verbose_name = _("role for an indicator")
        verbose_name_plural = _("roles for indicators")
        ordering = ("indicator",)

    def __str__(self) -> str:
        return f"{self.name()}: {self.role}"

    def name(self) -> str:
        """In words; the key of one that is not registered any more."""
        found = indicators.get(self.indicator)
        return str(found.name) if found else self.indicator

    name.short_description = capfirst(_("indicator"))  # type: ignore[attr-defined]
