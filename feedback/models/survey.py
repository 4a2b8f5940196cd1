"""A survey and its questions, the same thing in every language (ISO 10004:2018, 7.3)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Site

#: What a respondent chooses on a rating: 1 is the worst, 5 the best, in every question.
RATINGS = (1, 2, 3, 4, 5)


class Trigger(models.TextChoices):
    CASE_CLOSED = "case_closed", _("Sent when a case is closed")
    OPEN = "open", _("Open to everyone who has the link")


class Where(models.TextChoices):
    OWN = "own", _("On this site")
    EXTERNAL = "external", _("On another site")
    BOTH = "both", _("On this site, and then on another site")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def active(self) -> SurveyQuerySet:
        return self.filter(is_active=True)

    def sent_on_closing(self, site: Site) -> SurveyQuerySet:
        """Active surveys that a person is invited to when their case on this site is closed."""
        return self.active().filter(trigger=Trigger.CASE_CLOSED, site=site)

    def open_to_everyone(self, site: Site) -> SurveyQuerySet:
        return self.active().filter(trigger=Trigger.OPEN, site=site)


class Survey(ClusterableModel):
    """One survey. Its words have one column a language.

    Those who are invited are everyone whose case was closed (a census); those who answer an open
    survey chose themselves, so its results carry no interval (7.3.4).
    """

    TRANSLATED = ("title", "introduction", "thanks")

    slug = models.SlugField(
        verbose_name=_("short name"),
        max_length=60,
        help_text=_("Used in the address of an open survey. Never change it once it is known."),
    )
    title = models.CharField(verbose_name=_("title"), max_length=200)
    introduction = models.TextField(
        verbose_name=_("introduction"),
        blank=True,
        help_text=_("What it is about, how long it takes, and that it is voluntary."),
    )
    thanks = models.TextField(verbose_name=_("words of thanks"), blank=True)
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    trigger = models.CharField(
        verbose_name=_("who is asked"),
        max_length=12,
        choices=Trigger.choices,
        default=Trigger.CASE_CLOSED,
    )
    complaints_only = models.BooleanField(
        verbose_name=_("complaints only"),
        default=True,
        help_text=_("Compliments, suggestions and questions are then not followed by this survey."),
    )
    is_active = models.BooleanField(
        verbose_name=_("active"),
        default=True,
        help_text=_("Nobody is invited to a survey that is not active, and nobody can answer it."),
    )
    where = models.CharField(
        verbose_name=_("where it is answered"),
        max_length=8,
        choices=Where.choices,
        default=Where.OWN,
    )
    external_url = models.URLField(
        verbose_name=_("address on the other site"),
        max_length=500,
        blank=True,
        help_text=_("“{language}” in it is replaced by the person's language, such as fr."),
    )
    after_days = models.PositiveSmallIntegerField(
        verbose_name=_("days to wait before inviting"),
        default=0,
        validators=[MaxValueValidator(90)],
    )
    days_valid = models.PositiveSmallIntegerField(
        verbose_name=_("days an invitation can be used"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["site", "slug"], name="feedback_survey_slug")
        ]
        permissions = [("view_results", "Can see the results of surveys")]

    def __str__(self) -> str:
        return self.title or self.slug

    def clean(self) -> None:
        super().clean()
        if self.where != Where.OWN and not self.external_url:
            raise ValidationError(
                {"external_url": _("Give the address, or choose to ask on this site only.")}
            )

    @property
    def is_open(self) -> bool:
        """Anybody with the link may answer; see `Trigger.OPEN`."""
        return self.trigger == Trigger.OPEN

    @property
    def asks_here(self) -> bool:
        return self.where != Where.EXTERNAL

    def external_link(self, language: str) -> str:
        """The address on the other site for a language; empty where there is none."""
        if self.where == Where.OWN:
            return ""
        return self.external_url.replace("{language}", language).replace("%7Blanguage%7D", language)


class Question(Orderable):
    """One question. Results are counted by its code: the words may be mended, the code stays."""

    TRANSLATED = ("text", "low", "high")

    class Kind(models.TextChoices):
        RATING = "rating", _("Rating from 1 to 5")
        YES_NO = "yes_no", _("Yes or no")
        COMMENT = "comment", _("Comment")

    class Scale(models.TextChoices):
        SATISFACTION = "satisfaction", _("Very dissatisfied to very satisfied")
        EASE = "ease", _("Very difficult to very easy")
        AGREEMENT = "agreement", _("Strongly disagree to strongly agree")
        OWN = "own", _("Own words for the two ends")

    class Measures(models.TextChoices):
        HANDLING = "handling", _("How the case was handled")
        OUTCOME = "outcome", _("What came of it")
        OTHER = "other", _("Something else")

    survey = ParentalKey(Survey, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(
        verbose_name=_("code"),
        max_length=40,
        help_text=_("A short, lasting name such as “handling”. Results are counted by it."),
    )
    text = models.CharField(verbose_name=_("question"), max_length=300)
    kind = models.CharField(
        verbose_name=_("kind"), max_length=8, choices=Kind.choices, default=Kind.RATING
    )
    scale = models.CharField(
        verbose_name=_("words of the rating"),
        max_length=12,
        choices=Scale.choices,
        default=Scale.SATISFACTION,
    )
    low = models.CharField(verbose_name=_("words for 1"), max_length=60, blank=True)
    high = models.CharField(verbose_name=_("words for 5"), max_length=60, blank=True)
    required = models.BooleanField(
        verbose_name=pgettext_lazy("of a question", "required"), default=False
    )
    not_applicable = models.BooleanField(verbose_name=_("offer “doesn't apply”"), default=False)
    measures = models.CharField(
        verbose_name=_("measures"),
        max_length=8,
        choices=Measures.choices,
        default=Measures.OTHER,
        help_text=_(
            "Keeps satisfaction with the handling apart from satisfaction with the outcome."
        ),
    )
    is_core = models.BooleanField(
        verbose_name=_("counts for the promise"),
        default=False,
        help_text=_(
            "Ratings of the handling with this mark make up “Satisfied with the handling”."
        ),
    )
    is_asked = models.BooleanField(
        verbose_name=_("asked"),
        default=True,
        help_text=_("A question that has answers is switched off here, never deleted."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["survey", "code"], name="feedback_question_code")
        ]

    def __str__(self) -> str:
        return self.text or self.code

    @property
    def is_comment(self) -> bool:
        return self.kind == self.Kind.COMMENT

    @property
    def choices(self) -> list[tuple[int, str | LazyText]]:
        """What can be chosen, worst first, every point with its words; empty for a comment."""
        if self.kind == self.Kind.YES_NO:
            return [(1, pgettext_lazy("answer", "Yes")), (0, pgettext_lazy("answer", "No"))]
        if self.kind == self.Kind.COMMENT:
            return []
        return list(zip(RATINGS, self._rating_words(), strict=True))

    def _rating_words(self) -> tuple[str | LazyText, ...]:
        if self.scale == self.Scale.OWN:
            return (self.low or "1", "2", "3", "4", self.high or "5")
        return SCALE_WORDS[self.scale]


SCALE_WORDS: dict[str, tuple[LazyText, ...]] = {
    Question.Scale.SATISFACTION: (
        pgettext_lazy("rating", "Very dissatisfied"),
        pgettext_lazy("rating", "Dissatisfied"),
        pgettext_lazy("rating", "Neither satisfied nor dissatisfied"),
        pgettext_lazy("rating", "Satisfied"),
        pgettext_lazy("rating", "Very satisfied"),
    ),
    Question.Scale.EASE: (
        pgettext_lazy("rating", "Very difficult"),
        pgettext_lazy("rating", "Difficult"),
        pgettext_lazy("rating", "Neither easy nor difficult"),
        pgettext_lazy("rating", "Easy"),
        pgettext_lazy("rating", "Very easy"),
    ),
    Question.Scale.AGREEMENT: (
        pgettext_lazy("rating", "Strongly disagree"),
        pgettext_lazy("rating", "Disagree"),
        pgettext_lazy("rating", "Neither agree nor disagree"),
        pgettext_lazy("rating", "Agree"),
        pgettext_lazy("rating", "Strongly agree"),
    ),
}
