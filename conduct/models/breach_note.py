"""What was done about a promise that was broken (ISO 10001:2018, 8.2, 8.5)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .promise import Promise


class BreachNoteQuerySet(models.QuerySet["BreachNote"]):
    def public(self) -> BreachNoteQuerySet:
        """What readers see, the latest first."""
        return self.filter(is_published=True).order_by("promise", "-since", "-pk")


class BreachNote(models.Model):
    """A time in which a promise was broken, why, and what was done. Names no person."""

    TRANSLATED = ("causes", "done")

    promise = models.ForeignKey(
        to=Promise,
        verbose_name=_("promise"),
        on_delete=models.PROTECT,
        related_name="breach_notes",
    )
    since = models.DateField(verbose_name=_("broken from"))
    until = models.DateField(
        verbose_name=_("broken until"),
        null=True,
        blank=True,
        help_text=_("The last day. Left empty, it goes on."),
    )
    causes = models.TextField(
        verbose_name=_("why it was broken"),
        help_text=_("In one or two sentences. Name no person, neither customers nor staff."),
    )
    done = models.TextField(
        verbose_name=_("what was done"),
        blank=True,
        help_text=_(
            "What customers got, and what was changed so that it does not happen again. Say "
            "“fewer than ten” instead of a small number of customers."
        ),
    )
    is_published = models.BooleanField(
        verbose_name=_("readers see it"),
        default=False,
        help_text=_("On the performance page, and in its data."),
    )

    objects = BreachNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach of a promise")
        verbose_name_plural = _("breaches of promises")
        ordering = ("-since", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since__lte=models.F("until")),
                name="conduct_breach_since_le_until",
            ),
        )

    def __str__(self) -> str:
        words = {
            "code": self.promise.code,
            "first_day": formats.date_format(self.since),
            "last_day": formats.date_format(self.until) if self.until else "",
        }
        if self.until is None:
            return gettext("%(code)s, since %(first_day)s") % words
        return gettext("%(code)s, %(first_day)s to %(last_day)s") % words

    def clean(self) -> None:
        super().clean()
        problems = {}
        if self.since is not None and self.since > timezone.localdate():
            problems["since"] = _("This day lies ahead. Choose the day it began.")
        if self.since is not None and self.until is not None and self.until < self.since:
            problems["until"] = _("It would end before it begins. Choose a later day.")
        if self.is_published and not self.done:
            problems["done"] = _("Say what was done before readers see it.")
        if problems:
            raise ValidationError(problems)
