"""Who is able and allowed to do what, and who stands in for whom (4.3, 4.14)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Competence(models.Model):
    """Something a member of staff has learnt, and until when that counts (4.14).

    Without a category it counts for every case.
    """

    class Sort(models.TextChoices):
        TRAINING = "training", _("Training")
        EDUCATION = "education", _("Education")
        EXPERIENCE = "experience", _("Experience")
        LANGUAGE = "language", _("Language")

    class Objects(models.QuerySet["Competence"]):
        def valid_on(self, day: date) -> Competence.Objects:
            unending = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
            return self.filter(unending, gained_on__lte=day)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="complaint_competences",
    )
    sort = models.CharField(
        verbose_name=_("sort"), max_length=10, choices=Sort.choices, default=Sort.TRAINING
    )
    subject = models.CharField(verbose_name=_("subject"), max_length=200)
    category = models.ForeignKey(
        "Category",
        verbose_name=_("category"),
        help_text=_("Leave empty where it counts for every case."),
        on_delete=models.CASCADE,
        related_name="competences",
        null=True,
        blank=True,
    )
    gained_on = models.DateField(verbose_name=_("since"))
    expires_on = models.DateField(
        verbose_name=_("until"),
        help_text=_("Leave empty where it does not run out."),
        null=True,
        blank=True,
    )
    evidence = models.CharField(verbose_name=_("evidence"), max_length=300, blank=True)

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["user", "subject", "pk"]
        indexes = [models.Index(fields=["user", "category"], name="complaints_competence")]

    def __str__(self) -> str:
        return self.subject

    def clean(self) -> None:
        super().clean()
        if self.expires_on is not None and self.expires_on < self.gained_on:
            raise ValidationError({"expires_on": _("The end lies before the beginning.")})


class Absence(models.Model):
    """Days on which somebody is away, and who has their cases meanwhile (4.3)."""

    class Objects(models.QuerySet["Absence"]):
        def on(self, day: date) -> Absence.Objects:
            return self.filter(first_day__lte=day, last_day__gte=day)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="complaint_absences",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        help_text=_("Gets the open cases; where that is not possible, the team's lead is told."),
        on_delete=models.PROTECT,
        related_name="complaint_deputyships",
        null=True,
        blank=True,
    )
    first_day = models.DateField(verbose_name=_("first day"))
    last_day = models.DateField(verbose_name=_("last day"))
    #: When the cases were handed over; empty before.
    handed_over_at = models.DateTimeField(
        verbose_name=_("handed over"), null=True, blank=True, editable=False
    )

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="complaints_absence_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"

    def clean(self) -> None:
        super().clean()
        if None not in {self.first_day, self.last_day} and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        if self.deputy_id and self.deputy_id == self.user_id:
            raise ValidationError({"deputy": _("Choose somebody else as deputy.")})


class AuthorityLimit(models.Model):
    """How much a role may promise by itself, of one kind of remedy or of any (table F1).

    A person's own limit in a team counts where it is higher. Without any row for leads, what a
    lead approves has no limit.
    """

    class For(models.TextChoices):
        HANDLER = "handler", _("Case handlers")
        LEAD = "lead", _("Team leads")

    role = models.CharField(verbose_name=_("role"), max_length=8, choices=For.choices)
    remedy_kind = models.ForeignKey(
        "RemedyKind",
        verbose_name=_("kind of remedy"),
        help_text=_("Leave empty for every kind without a limit of its own."),
        on_delete=models.CASCADE,
        related_name="authority_limits",
        null=True,
        blank=True,
    )
    amount = models.DecimalField(verbose_name=_("up to"), max_digits=12, decimal_places=2)
    currency = models.CharField(verbose_name=_("currency"), max_length=3, default="EUR")

    class Meta:
        verbose_name = _("authority limit")
        verbose_name_plural = _("authority limits")
        ordering = ["role", "remedy_kind", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "remedy_kind", "currency"], name="complaints_one_limit"
            ),
            models.UniqueConstraint(
                fields=["role", "currency"],
                condition=Q(remedy_kind=None),
                name="complaints_one_general_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.amount} {self.currency}"
