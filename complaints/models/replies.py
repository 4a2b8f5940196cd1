"""Texts to begin a message with, kept by the organisation in every language (7.8; FW-CONSIST)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.lifecycle import Kind
from conduct.lint import odr


class ReplyTemplate(models.Model):
    """The beginning of one kind of message. Whoever uses it changes what does not fit.

    `body` may hold the names of variables in braces; what they are and how they are filled in is in
    `complaints.backoffice.replies`. It is text and never code.
    """

    class Stage(models.TextChoices):
        """What the message is; `complaints.backoffice.replies.STAGES` says in which form."""

        REFUSAL = "refusal", _("Out of scope: where to go instead")
        QUESTION = "question", _("Question to the complainant")
        UPDATE = "update", _("News on the way")
        ANSWER = "answer", _("Answer")
        EARLY = "early", _("Put right at once")
        CLOSING = "closing", _("Last words at the end")
        REVIEW = "review", _("Answer after a review")

    code = models.SlugField(verbose_name=_("code"), max_length=50, unique=True)
    name = models.CharField(
        verbose_name=_("name"), help_text=_("Only staff see it."), max_length=120
    )
    body = models.TextField(
        verbose_name=_("text"),
        help_text=_(
            "Without a greeting and without a signature: every message has them already. The names "
            "in braces listed below are filled in for each case."
        ),
    )
    stage = models.CharField(
        verbose_name=pgettext_lazy("kind of message", "for"), max_length=10, choices=Stage.choices
    )
    category = models.ForeignKey(
        "Category",
        verbose_name=_("category"),
        help_text=_("Counts for what lies below it too. Leave empty for every category."),
        on_delete=models.CASCADE,
        related_name="reply_templates",
        null=True,
        blank=True,
    )
    kind = models.CharField(
        verbose_name=_("only for"),
        help_text=_("Leave empty for complaints and everything else."),
        max_length=12,
        choices=Kind.choices,
        blank=True,
    )
    order = models.PositiveSmallIntegerField(verbose_name=_("order"), default=0)
    is_active = models.BooleanField(verbose_name=_("offered in forms"), default=True)

    class Objects(models.QuerySet["ReplyTemplate"]):
        def fitting(self, stage: str, kind: str, categories: Any) -> ReplyTemplate.Objects:
            """For this kind of message about one of these categories, or about any."""
            of_category = models.Q(category=None) | models.Q(category__in=categories)
            return self.filter(
                of_category, stage=stage, kind__in=["", kind], is_active=True
            ).order_by("order", "code")

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["stage", "order", "code"]

    def clean(self) -> None:
        super().clean()
        odr.refuse_link(self)

    def __str__(self) -> str:
        return self.name or self.code
