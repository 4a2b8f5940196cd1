"""“Was this clear?”, answered by readers of a code or policy (ISO 10001:2018, 4.6)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .edition import Edition


class ClarityAnswer(models.Model):
    """One answer of one reader, tied to nobody: no address, no cookie, the day only."""

    edition = models.ForeignKey(
        to=Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="clarity_answers",
    )
    language = models.CharField(verbose_name=_("language"), max_length=20)
    is_clear = models.BooleanField(verbose_name=_("was clear"))
    words = models.TextField(verbose_name=_("what was not clear"), blank=True)
    on = models.DateField(verbose_name=_("day"), default=timezone.localdate)

    class Meta:
        verbose_name = _("answer about clarity")
        verbose_name_plural = _("answers about clarity")
        default_permissions = ()
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.edition} {self.on}"
