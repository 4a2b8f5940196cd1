"""Asking the people concerned about a draft (ISO 10001:2018, 6.3 and Annex E)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .edition import Edition
from .frozen import Frozen, FrozenQuerySet


class Method(models.TextChoices):
    PANEL = "panel", pgettext_lazy("way to ask people", "Customer panel")
    INTERVIEW = "interview", pgettext_lazy("way to ask people", "Interviews")
    SURVEY = "survey", pgettext_lazy("way to ask people", "Survey")
    COMMENT = "comment", pgettext_lazy("way to ask people", "Public comments")


class Stage(models.TextChoices):
    """Where a consultation is; follows from its dates and from whether its text is frozen."""

    PLANNED = "planned", pgettext_lazy("stage of a consultation", "Not open yet")
    OPEN = "open", pgettext_lazy("stage of a consultation", "Open")
    CLOSED = "closed", pgettext_lazy("stage of a consultation", "Closed")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def opened(self) -> ConsultationQuerySet:
        """Those whose text readers can see: open ones and closed ones."""
        return self.exclude(opened_at=None)

    def counted(self) -> ConsultationQuerySet:
        """With `received`, `waiting`, `answered` and `unanswered`, without a query each."""
        wants_answer = Q(comments__state__in=WANTS_ANSWER)
        return self.annotate(
            received=Count("comments"),
            waiting=Count("comments", filter=Q(comments__state=CommentState.WAITING)),
            answered=Count("comments", filter=Q(comments__answer__gt="")),
            unanswered=Count("comments", filter=wants_answer & Q(comments__answer="")),
        )


class Consultation(models.Model):
    """One consultation on the draft of a code or policy.

    Its text is frozen in every language that has one when it opens (`conduct.consulting.freezing`);
    what editors write on the page afterwards does not change what people were asked about.
    """

    TRANSLATED = ("title", "audience", "questions", "summary")

    page = models.ForeignKey(
        to="wagtailcore.Page",
        verbose_name=_("code or policy"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("People are asked about its latest draft, as it is when this opens."),
    )
    site = models.ForeignKey(
        to="wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    slug = models.SlugField(
        verbose_name=_("end of its address"),
        max_length=80,
        unique=True,
        help_text=_("Such as code-2027. People pass the address on, so it stays once this opens."),
    )
    method = models.CharField(
        verbose_name=_("how people are asked"),
        max_length=20,
        choices=Method.choices,
        default=Method.COMMENT,
        help_text=_("Only with public comments is there a form. Enter other views by hand."),
    )
    title = models.CharField(verbose_name=_("title"), max_length=200)
    audience = models.TextField(
        verbose_name=_("who is asked"), help_text=_("Which customers and others it concerns.")
    )
    questions = models.TextField(
        verbose_name=_("questions"), blank=True, help_text=_("One on each line.")
    )
    opens_on = models.DateField(verbose_name=_("opens on"))
    closes_on = models.DateField(verbose_name=_("last day"))
    summary = models.TextField(
        verbose_name=_("what came of it"),
        blank=True,
        help_text=_("For everybody: what people said, and what you changed or did not, and why."),
    )
    summary_is_public = models.BooleanField(
        verbose_name=_("show the summary"),
        default=False,
        help_text=_("Readers see it once the last day is over, with how many were answered."),
    )
    opened_at = models.DateTimeField(verbose_name=_("opened at"), null=True, editable=False)
    compared_with = models.ForeignKey(
        to=Edition,
        verbose_name=_("compared with"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("closes_on")),
                name="conduct_consultation_dates",
                violation_error_message=_(
                    "It would close before it opens. Choose a later last day."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.slug

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str] = {}
        if self.page_id is not None:
            problems |= self._about_page()
        if self.summary_is_public and self.stage() != Stage.CLOSED:
            problems["summary_is_public"] = gettext(
                "The summary can be shown once the last day is over. Until then, untick this."
            )
        elif self.summary_is_public and not self.summary:
            problems["summary_is_public"] = gettext("There is no summary yet. Write it first.")
        if problems:
            raise ValidationError(problems)

    def _about_page(self) -> dict[str, str]:
        from .pages import EditionedPage

        page = self.page.specific
        if not isinstance(page, EditionedPage):
            return {"page": gettext("Choose a page with a code of conduct or a complaints policy.")}
        site = page.get_site()
        if site is None:
            return {"page": gettext("This page belongs to no site. Choose one that readers reach.")}
        self.site = site
        return {}

    def stage(self, day: dt.date | None = None) -> Stage:
        """Where it is on a day (today if none is given)."""
        today = day or timezone.localdate()
        if self.opened_at is None:
            return Stage.PLANNED
        return Stage.OPEN if today <= self.closes_on else Stage.CLOSED

    @property
    def takes_comments(self) -> bool:
        return self.method == Method.COMMENT and self.stage() == Stage.OPEN

    @property
    def question_list(self) -> list[str]:
        return [line.strip() for line in (self.questions or "").splitlines() if line.strip()]


class ConsultationText(Frozen):
    """What people are asked about in one language, as it was when the consultation opened."""

    NEVER_CHANGED = (
        "The text of a consultation is never changed: people said what they think of it."
    )
    NEVER_DELETED = (
        "The text of a consultation is never deleted: people said what they think of it."
    )

    consultation = models.ForeignKey(
        to=Consultation, verbose_name=_("consultation"), on_delete=models.PROTECT,
        related_name="texts",
    )  # fmt: skip
    language = models.CharField(verbose_name=_("language"), max_length=20)
    is_source = models.BooleanField(verbose_name=_("written in this language"))
    #: Fields of `EditionText`, and under "promises" those of `EditionPromise`.
    content = models.JSONField(verbose_name=_("text"), default=dict, encoder=DjangoJSONEncoder)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a consultation")
        verbose_name_plural = _("texts of consultations")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["consultation", "language"], name="conduct_consultation_text_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultation_id} ({self.language})"


class CommentState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a comment", "Waits for a decision")
    SHOWN = "shown", pgettext_lazy("state of a comment", "Shown")
    WITHHELD = "withheld", pgettext_lazy("state of a comment", "Not shown")
    REMOVED = "removed", pgettext_lazy("state of a comment", "Words removed for good")


#: What is not shown, such as advertising, is not answered; its reason is kept.
WANTS_ANSWER = (CommentState.WAITING, CommentState.SHOWN)


class CameOfIt(models.TextChoices):
    CHANGED = "changed", pgettext_lazy("what came of a comment", "We changed the draft")
    PARTLY = "partly", pgettext_lazy("what came of a comment", "We changed part of it")
    UNCHANGED = "unchanged", pgettext_lazy("what came of a comment", "We left the draft as it was")


class CommentQuerySet(models.QuerySet["ConsultationComment"]):
    def shown(self) -> CommentQuerySet:
        return self.filter(state=CommentState.SHOWN)

    def unanswered(self) -> CommentQuerySet:
        return self.filter(answer="", state__in=WANTS_ANSWER)


class ConsultationComment(models.Model):
    """What one person said, what was answered, and whether everybody may read it.

    Removing the words for good keeps the row, so that the numbers stay true; nothing can be
    answered or shown after that.
    """

    consultation = models.ForeignKey(
        to=Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="comments",
    )
    body = models.TextField(verbose_name=_("comment"), blank=True)
    language = models.CharField(
        verbose_name=_("language"),
        max_length=20,
        blank=True,
        help_text=_("Empty for a language that the site does not have."),
    )
    name = models.CharField(
        verbose_name=_("name"),
        max_length=100,
        blank=True,
        help_text=_("Shown beside the comment, as its writer wishes."),
    )
    state = models.CharField(
        verbose_name=pgettext_lazy("of a comment", "state"),
        max_length=20,
        choices=CommentState.choices,
        default=CommentState.WAITING,
    )
    reason = models.CharField(
        verbose_name=_("why it is not shown"),
        max_length=300,
        blank=True,
        help_text=_("For staff. Not agreeing with a comment is no reason."),
    )
    came_of_it = models.CharField(
        verbose_name=_("what came of it"), max_length=20, choices=CameOfIt.choices, blank=True
    )
    answer = models.TextField(
        verbose_name=_("answer"),
        blank=True,
        help_text=_("In the language of the comment. Everybody can read it below the comment."),
    )
    answered_at = models.DateTimeField(verbose_name=_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        to=settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    received_at = models.DateTimeField(
        verbose_name=_("received at"), default=timezone.now, editable=False
    )
    #: The id of the form's one-time token; None where staff entered what was said to them.
    submission_id = models.CharField(  # noqa: DJ001 - empty is not unique
        max_length=40, null=True, unique=True, editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=["consultation", "state"], name="conduct_comment_shown"),)

    def __str__(self) -> str:
        return gettext("Comment %(number)s") % {"number": self.pk}

    def clean(self) -> None:
        super().clean()
        before = self._state_before()
        if before == CommentState.REMOVED:
            raise ValidationError(
                gettext("The words of this comment were removed for good. Nothing can be added.")
            )
        if self.state == CommentState.WITHHELD and not self.reason.strip():
            raise ValidationError({"reason": gettext("Say why it is not shown.")})
        if self.state != CommentState.REMOVED and not self.body.strip():
            raise ValidationError({"body": gettext("Write down what was said.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.state == CommentState.REMOVED:
            self.body = self.name = self.answer = self.came_of_it = ""
            self.answered_at = self.answered_by = None
        super().save(*args, **kwargs)

    def _state_before(self) -> str | None:
        if self.pk is None:
            return None
        rows = ConsultationComment.objects.filter(pk=self.pk)
        return rows.values_list("state", flat=True).first()
