"""How the organisation makes its codes: who decides, in which steps (ISO 10001:2018, 5.2)."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .site_settings import RememberedSiteSetting

#: Days before a review date that its reminder goes out, where nobody chose another number.
REMIND_DAYS = 30


def _words(verbose_name: Any, help_text: Any) -> models.TextField:
    return models.TextField(verbose_name=verbose_name, help_text=help_text, blank=True)


class CodeFramework(RememberedSiteSetting):
    """The organisation's own rules for its codes. For staff, in the organisation's language."""

    WORDS = ("decision_body", "roles", "kinds_of_code", "approval_steps", "objectives")

    decision_body = _words(_("who decides"), _("The body or person in top management."))
    roles = _words(_("roles"), _("Who writes, reviews, checks the law, approves and answers."))
    kinds_of_code = _words(_("kinds of code"), _("Which codes there are, and whom they are for."))
    approval_steps = _words(
        _("steps to approval"), _("What happens in each step, and how long it may take.")
    )
    objectives = _words(_("objectives of the framework"), _("What the codes are to achieve."))
    remind_days = models.PositiveSmallIntegerField(
        verbose_name=_("days before a review to remind"),
        default=REMIND_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    block_until_translated = models.BooleanField(
        verbose_name=_("publish only what is translated"),
        default=False,
        help_text=_("An edition is published when every language has it."),
    )

    class Meta:
        verbose_name = _("Code framework")

    def __str__(self) -> str:
        return str(_("Code framework"))


class MadeOnce(models.Model):
    """What this app made in a fresh install. Renamed or deleted since, it is not made again."""

    key = models.CharField(max_length=60, unique=True)
    object_id = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("made once")
        verbose_name_plural = _("made once")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
