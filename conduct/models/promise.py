"""A promise to customers (ISO 10001:2018, 6.4): data, so that it can be cited and measured."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.lint import odr


class Topic(models.TextChoices):
    DELIVERY = "delivery", pgettext_lazy("topic of a promise", "Delivery")
    ANSWERING = "answering", pgettext_lazy("topic of a promise", "Answering you")
    RETURNS = "returns", pgettext_lazy("topic of a promise", "Returns and refunds")
    PERSONAL_DATA = "personal_data", pgettext_lazy("topic of a promise", "Your personal data")
    ADVERTISING = "advertising", pgettext_lazy("topic of a promise", "Advertising and prices")
    SERVICE = "service", pgettext_lazy("topic of a promise", "Service")
    COMPLAINT_HANDLING = (
        "complaint_handling",
        pgettext_lazy("topic of a promise", "Complaint handling"),
    )
    OTHER = "other", pgettext_lazy("topic of a promise", "Other")


class PromiseState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a promise", "Draft")
    PILOT = "pilot", pgettext_lazy("state of a promise", "Pilot")
    LIVE = "live", pgettext_lazy("state of a promise", "Live")
    SUSPENDED = "suspended", pgettext_lazy("state of a promise", "Suspended")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a promise", "Withdrawn")


class RemedyHow(models.TextChoices):
    AUTOMATIC = "automatic", pgettext_lazy("how a remedy is given", "Unasked")
    ON_CLAIM = "on_claim", pgettext_lazy("how a remedy is given", "When you claim it")


class Operator(models.TextChoices):
    AT_LEAST = "at_least", pgettext_lazy("target", "at least")
    AT_MOST = "at_most", pgettext_lazy("target", "at most")


class TargetPeriod(models.TextChoices):
    """Over which of the published periods the target is judged."""

    QUARTER = "quarter", pgettext_lazy("period of a target", "A quarter")
    TWELVE_MONTHS = "twelve_months", pgettext_lazy("period of a target", "Twelve months")


#: What promises of the samples are called (`conduct.samples`): the organisation's own are not.
SAMPLE = "SAMPLE-"
#: How old evidence may be where it has no last day of its own (4.7).
EVIDENCE_AGE = dt.timedelta(days=365)


class PromiseQuerySet(models.QuerySet["Promise"]):
    def live(self, on: dt.date | None = None) -> PromiseQuerySet:
        """Promises that bind on a day (today if none is given), in their order."""
        day = on or timezone.localdate()
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day),
            Q(ends_on=None) | Q(ends_on__gte=day),
            state=PromiseState.LIVE,
        )

    def verified(self, on: dt.date | None = None) -> PromiseQuerySet:
        """Promises whose evidence is there and not out of date on a day (4.7)."""
        day = on or timezone.localdate()
        return self.exclude(evidence="").filter(
            Q(evidence_expires_on__gte=day)
            | Q(evidence_expires_on=None, evidence_date__gte=day - EVIDENCE_AGE)
        )


class Promise(models.Model):
    """One promise, the same thing in every language.

    The words (`TRANSLATED` fields) have one column a language. What readers see are the words
    frozen in the edition in force; changing a promise shows when the code is next published.
    """

    TRANSLATED = (
        "statement",
        "audience",
        "limits",
        "conditions",
        "remedy",
        "metric",
        "data_source",
        "evidence",
    )

    code = models.CharField(
        verbose_name=_("code"),
        max_length=20,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z][A-Za-z0-9-]*$",
                _("Start with a letter, then use letters, digits and hyphens only, such as D1."),
            )
        ],
        help_text=_(
            "A short, lasting name such as D1. Customers cite it: never give it to another promise."
        ),
    )
    order = models.PositiveIntegerField(
        verbose_name=_("order"), default=0, help_text=_("Smaller numbers come first.")
    )
    topic = models.CharField(
        verbose_name=_("topic"), max_length=30, choices=Topic.choices, default=Topic.SERVICE
    )
    state = models.CharField(
        verbose_name=pgettext_lazy("of a promise", "state"),
        max_length=20,
        choices=PromiseState.choices,
        default=PromiseState.DRAFT,
        help_text=_("Only live promises appear in the code and are measured."),
    )
    statement = models.TextField(
        verbose_name=_("what we promise"),
        help_text=_("One sentence that says who does what by when."),
    )
    audience = models.TextField(
        verbose_name=_("who it is for"),
        blank=True,
        help_text=_("Which customers. Left empty, it is for everyone."),
    )
    limits = models.TextField(
        verbose_name=_("limits"),
        blank=True,
        help_text=_("What the promise does not cover. Left empty, readers see “No limits”."),
    )
    conditions = models.TextField(
        verbose_name=_("conditions"),
        blank=True,
        help_text=_("What the customer has to do for the promise to hold."),
    )
    remedy = models.TextField(
        verbose_name=_("what customers get if we break it"),
        blank=True,
        help_text=_("The amount or action, in words a customer can hold us to."),
    )
    remedy_how = models.CharField(
        verbose_name=_("how they get it"),
        max_length=20,
        choices=RemedyHow.choices,
        default=RemedyHow.ON_CLAIM,
    )
    claim_window_days = models.PositiveSmallIntegerField(
        verbose_name=_("days to claim it"),
        null=True,
        blank=True,
        help_text=_("How many days a customer has to claim. Left empty, there is no time limit."),
    )
    metric = models.TextField(
        verbose_name=_("how we measure it"),
        blank=True,
        help_text=_("What is counted, and when it counts as kept."),
    )
    threshold = models.DecimalField(
        verbose_name=_("limit that is promised"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The figure in the promise, such as 3 where you promise 3 working days."),
    )
    unit = models.CharField(
        verbose_name=_("unit"),
        max_length=60,
        blank=True,
        help_text=_("What the figure counts, such as working days or euros."),
    )
    operator = models.CharField(
        verbose_name=_("target is"),
        max_length=20,
        choices=Operator.choices,
        default=Operator.AT_LEAST,
    )
    target = models.DecimalField(
        verbose_name=_("target in per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    period = models.CharField(
        verbose_name=_("target is judged over"),
        max_length=20,
        choices=TargetPeriod.choices,
        default=TargetPeriod.TWELVE_MONTHS,
    )
    data_source = models.TextField(
        verbose_name=_("where the figures come from"),
        blank=True,
        help_text=_("The records that are counted, and who keeps them. Readers see it."),
    )
    indicator = models.CharField(
        verbose_name=_("indicator"),
        max_length=100,
        blank=True,
        help_text=_("Where the measured value comes from."),
    )
    evidence = models.TextField(
        verbose_name=_("evidence that it is true"),
        blank=True,
        help_text=_("What shows that we can keep this promise, and where it is kept."),
    )
    evidence_date = models.DateField(verbose_name=_("date of the evidence"), null=True, blank=True)
    evidence_expires_on = models.DateField(
        verbose_name=_("evidence holds until"),
        null=True,
        blank=True,
        help_text=_("Left empty, evidence holds for a year."),
    )
    legal_checked_on = models.DateField(
        verbose_name=_("legal check on"),
        null=True,
        blank=True,
        help_text=_("When someone checked that the promise is lawful and not misleading."),
    )
    owner = models.ForeignKey(
        to=settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The person who answers for this promise inside the organisation."),
    )
    accountable_role = models.CharField(
        verbose_name=_("role that answers for it"),
        max_length=200,
        blank=True,
        help_text=_("Exactly one, such as Head of delivery. It stays when people change."),
    )
    need = models.TextField(
        verbose_name=_("what customers need"),
        blank=True,
        help_text=_("Which need of customers it answers, and how you know."),
    )
    legal_basis = models.CharField(verbose_name=_("law it rests on"), max_length=300, blank=True)
    procedure_url = models.URLField(
        verbose_name=_("how staff keep it"),
        blank=True,
        help_text=_("The address of the procedure, for staff only."),
    )
    starts_on = models.DateField(verbose_name=_("starts on"), null=True, blank=True)
    ends_on = models.DateField(verbose_name=_("ends on"), null=True, blank=True)
    review_on = models.DateField(verbose_name=_("next review on"), null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ("order", "code")
        indexes = (models.Index(fields=["state", "order"], name="conduct_promise_state_order"),)

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"

    @property
    def anchor(self) -> str:
        """The id of this promise on the code page: lasting, the same in every language."""
        return promise_anchor(self.code)

    def is_verified(self, on: dt.date) -> bool:
        """Whether its evidence is there and not out of date (as `PromiseQuerySet.verified`)."""
        until = self.evidence_until
        return bool(self.evidence) and until is not None and until >= on

    @property
    def evidence_until(self) -> dt.date | None:
        """The last day on which its evidence holds; None where there is no date to go by."""
        if self.evidence_expires_on is not None:
            return self.evidence_expires_on
        return self.evidence_date + EVIDENCE_AGE if self.evidence_date else None

    def clean(self) -> None:
        super().clean()
        self._keep_code()
        odr.refuse_link(self)
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(
                {"ends_on": _("The promise would end before it starts. Choose a later day.")}
            )

    def _keep_code(self) -> None:
        """Customers cite codes from editions that were published: those stay what they are."""
        from .edition import EditionPromise

        if self.pk is None:
            return
        before = Promise.objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if before in (None, self.code):
            return
        if EditionPromise.objects.filter(code=before).exists():
            raise ValidationError(
                {
                    "code": _(
                        "Promise %(code)s stands in a published edition, and customers cite it by "
                        "this code. Keep it; for another promise, add a new one."
                    )
                    % {"code": before}
                }
            )


def promise_anchor(code: str) -> str:
    return f"promise-{code.lower()}"
