"""What was changed in the rules and words that cases are handled by (5.4.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConfigurationChange(models.Model):
    """One change of the configuration: who, when, which row, each field before and after."""

    class What(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        DELETED = "deleted", _("Deleted")

    at = models.DateTimeField(verbose_name=_("when"))
    #: Empty where a command or a migration did it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    what = models.CharField(verbose_name=_("what"), max_length=8, choices=What.choices)
    #: As `app_label.modelname`.
    model = models.CharField(verbose_name=_("kind"), max_length=100)
    row = models.CharField(max_length=50)
    name = models.CharField(verbose_name=_("name"), max_length=200)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("change of the configuration")
        verbose_name_plural = _("changes of the configuration")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="complaints_config_changes"),
            models.Index(fields=["model", "row"], name="complaints_config_row"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row} {self.what}"
