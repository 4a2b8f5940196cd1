"""Questions that an organisation adds to its forms, and what was answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class QuestionQuerySet(models.QuerySet["ExtraQuestion"]):
    def asked(self) -> QuestionQuerySet:
        return self.filter(is_active=True)


class ExtraQuestion(ClusterableModel):
    """One question more. `code` stays the same whatever its words and languages become.

    Asked in every complaint whose category fits, or only where a form chooses it; and only if
    another question was answered in a certain way, where `only_if` says so.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("A line of text")
        LONG_TEXT = "long_text", _("Several lines of text")
        CHOICE = "choice", _("One of several")
        CHOICES = "choices", _("Any of several")
        DATE = "date", _("A date")
        AMOUNT = "amount", _("An amount of money")
        FILE = "file", _("A file")

    class Where(models.TextChoices):
        EVERYWHERE = "everywhere", _("In every complaint form")
        CHOSEN = "chosen", _("Only in forms that choose it")

    code = models.SlugField(
        verbose_name=_("code"),
        help_text=_("Stays the same for good: reports and exports use it."),
        max_length=50,
        unique=True,
    )
    label = models.CharField(verbose_name=_("question"), max_length=200)
    hint = models.CharField(verbose_name=_("hint"), max_length=300, blank=True)
    kind = models.CharField(
        verbose_name=_("kind of answer"), max_length=10, choices=Kind.choices, default=Kind.TEXT
    )
    required = models.BooleanField(
        verbose_name=_("must be answered"),
        help_text=_("Use it rarely: whatever must be answered keeps somebody from complaining."),
        default=False,
    )
    where = models.CharField(
        verbose_name=_("where it is asked"),
        max_length=10,
        choices=Where.choices,
        default=Where.EVERYWHERE,
    )
    category = models.ForeignKey(
        "Category",
        verbose_name=_("only if it is about"),
        help_text=_("Empty: whatever it is about. Also asked for all categories below this one."),
        on_delete=models.PROTECT,
        related_name="questions",
        null=True,
        blank=True,
    )
    only_if = models.ForeignKey(
        "ExtraOption",
        verbose_name=_("only if this was chosen"),
        help_text=_("An answer to another question that comes before this one."),
        on_delete=models.PROTECT,
        related_name="leads_to",
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField(verbose_name=_("order"), default=0)
    is_active = models.BooleanField(
        verbose_name=pgettext_lazy("extra question", "asked"), default=True
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra question")
        verbose_name_plural = _("extra questions")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label or self.code


class ExtraOption(Orderable):
    """One answer that a question offers."""

    question = ParentalKey(ExtraQuestion, on_delete=models.CASCADE, related_name="options")
    code = models.SlugField(verbose_name=_("code"), max_length=50)
    label = models.CharField(verbose_name=_("answer"), max_length=200)
    is_active = models.BooleanField(verbose_name=_("offered"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("answer offered")
        verbose_name_plural = _("answers offered")
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="complaints_option_code")
        ]

    def __str__(self) -> str:
        return self.label or self.code


class ExtraAnswer(models.Model):
    """What was answered to one question in one issue: a row for each option that was chosen, else
    one with the text. Dates are ISO 8601, amounts have a point and no grouping. Never edited.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="extra_answers")
    issue = models.ForeignKey(
        "Issue", on_delete=models.CASCADE, related_name="extra_answers", null=True, blank=True
    )
    question = models.ForeignKey(ExtraQuestion, on_delete=models.PROTECT, related_name="answers")
    option = models.ForeignKey(
        ExtraOption, on_delete=models.PROTECT, related_name="answers", null=True, blank=True
    )
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("extra answer")
        verbose_name_plural = _("extra answers")
        ordering = ["issue", "question__order", "question__code", "pk"]
        indexes = [models.Index(fields=["option", "case"], name="complaints_answer_option")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.question_id}"

    @property
    def words(self) -> str:
        """The answer as people say it, in the active language for options."""
        return str(self.option) if self.option else self.text
