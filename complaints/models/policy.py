"""What the organisation decides about handling, edited in the admin per site."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import register_setting

from conduct.models.site_settings import RememberedSiteSetting

DAY = [MinValueValidator(1), MaxValueValidator(366)]


class DeliveryOfAnswer(models.TextChoices):
    SOMEONE_ELSE = "someone_else", _("Somebody else approves every answer")
    SERIOUS_ONLY = "serious_only", _("Somebody else approves serious answers")


class ProofOfWork(models.TextChoices):
    """When a browser has to compute for some seconds before sending; without JavaScript never."""

    NEVER = "never", _("Never")
    AUTOMATIC = "automatic", _("Only while unusually many messages come")
    ALWAYS = "always", _("Always, as during an attack")


@register_setting(icon="clipboard-list", order=710)
class HandlingSettings(RememberedSiteSetting):
    """Time limits, working time and approval of one site. Days are working days unless said
    otherwise."""

    acknowledge_days = models.PositiveSmallIntegerField(
        verbose_name=_("acknowledge within"),
        help_text=_("Working days."),
        default=1,
        validators=DAY,
    )
    answer_days = models.PositiveSmallIntegerField(
        verbose_name=_("answer within"),
        help_text=_("Working days, for normal priority."),
        default=20,
        validators=DAY,
    )
    answer_days_high = models.PositiveSmallIntegerField(
        verbose_name=_("answer within, high priority"), default=10, validators=DAY
    )
    answer_days_top = models.PositiveSmallIntegerField(
        verbose_name=_("answer within, top priority"), default=5, validators=DAY
    )
    silence_days = models.PositiveSmallIntegerField(
        verbose_name=_("take silence as acceptance after"),
        help_text=_("Working days after the answer. The answer says so."),
        default=20,
        validators=DAY,
    )
    update_days = models.PositiveSmallIntegerField(
        verbose_name=_("write to the complainant at least every"),
        help_text=_("Working days since our last message, until the answer."),
        default=10,
        validators=DAY,
    )
    remedy_days = models.PositiveSmallIntegerField(
        verbose_name=_("put right within, where no day was promised"),
        help_text=_("Working days after the answer."),
        default=20,
        validators=DAY,
    )
    reopen_days = models.PositiveSmallIntegerField(
        verbose_name=_("a complainant may reopen within"),
        help_text=_("Calendar days after closing."),
        default=60,
        validators=DAY,
    )
    look_back_months = models.PositiveSmallIntegerField(
        verbose_name=_("look back at least"),
        help_text=_(
            "Months before a complaint came in. What happened earlier may be refused as too old, "
            "with the reason and the outside body; nothing newer may."
        ),
        default=12,
        validators=[MinValueValidator(12), MaxValueValidator(600)],
    )
    approval = models.CharField(
        verbose_name=_("approval of answers"),
        max_length=20,
        choices=DeliveryOfAnswer.choices,
        default=DeliveryOfAnswer.SOMEONE_ELSE,
    )
    verify_above = models.DecimalField(
        verbose_name=_("another person verifies remedies above"),
        max_digits=12,
        decimal_places=2,
        default=100,
    )
    currency = models.CharField(verbose_name=_("currency"), max_length=3, default="EUR")
    working_weekdays = models.CharField(
        verbose_name=_("working days of the week"),
        help_text=_("1 is Monday, 7 is Sunday: for example 12345."),
        max_length=7,
        default="12345",
    )
    day_ends_at = models.TimeField(verbose_name=_("the working day ends at"), default="17:00")
    time_zone = models.CharField(verbose_name=_("time zone"), max_length=64, default="UTC")
    emergency_advice = models.TextField(
        verbose_name=_("advice where someone is in danger"), blank=True
    )
    hold_above = models.PositiveSmallIntegerField(
        verbose_name=_("hold possible spam from"),
        help_text=_(
            "Signs of spam are counted; from this number on, a message waits for a person to look "
            "at it. Nothing is ever thrown away. 0: hold nothing."
        ),
        default=5,
        validators=[MaxValueValidator(100)],
    )
    proof_of_work = models.CharField(
        verbose_name=_("let browsers compute before sending"),
        max_length=10,
        choices=ProofOfWork.choices,
        default=ProofOfWork.AUTOMATIC,
    )
    head_of_function = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("head of complaints handling"),
        help_text=_(
            "Is told when something is still not done one working day after it was due. Empty: "
            "the quality managers are told."
        ),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    small_mode = models.BooleanField(
        verbose_name=_("small organisation"),
        help_text=_(
            "One inbox and one short way: listen, acknowledge, answer, put right, look back once a "
            "month. One person may do all of it but the review of their own answer."
        ),
        default=False,
    )
    serious_needs_training = models.BooleanField(
        verbose_name=_("serious cases only for trained staff"),
        help_text=_("From severity 4 on, only who has a valid competence may handle and decide."),
        default=False,
    )

    class Meta:
        verbose_name = _("Handling of complaints")

    def clean(self) -> None:
        super().clean()
        try:
            zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
            raise ValidationError(
                {"time_zone": _("Use a name such as Europe/Berlin or Asia/Seoul.")}
            ) from error
        weekdays = set(self.working_weekdays)
        if not weekdays or not weekdays <= set("1234567"):
            raise ValidationError(
                {"working_weekdays": _("Use the numbers 1 (Monday) to 7 (Sunday), at least one.")}
            )

    def answer_days_for(self, priority: str) -> int:
        return {"high": self.answer_days_high, "top": self.answer_days_top}.get(
            priority, self.answer_days
        )
