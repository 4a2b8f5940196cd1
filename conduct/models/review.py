"""Looking again at what was promised: records of reviews, and reminders (10001:2018, 8.4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .edition import Edition
from .frozen import WrittenOnce


class Decision(models.TextChoices):
    KEEP = "keep", pgettext_lazy("decision of a review", "Keep it as it is")
    AMEND = "amend", pgettext_lazy("decision of a review", "Change it")
    WITHDRAW = "withdraw", pgettext_lazy("decision of a review", "Withdraw it")


class ReviewIsDecided(WrittenOnce):
    """Someone tried to change or delete a review that was decided."""


class ReviewQuerySet(models.QuerySet["Review"]):
    def decided(self) -> ReviewQuerySet:
        return self.exclude(decided_at=None)

    def last_of(self, edition: Any) -> Review | None:
        """The decision that holds for an edition: that of its last review."""
        return self.decided().filter(edition=edition).order_by("-held_on", "-pk").first()

    def update(self, **kwargs: Any) -> int:
        self._refuse_decided(Review.NEVER_CHANGED)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_decided(Review.NEVER_DELETED)
        return super().delete()

    def _refuse_decided(self, sentence: str) -> None:
        if self.decided().exists():
            raise ReviewIsDecided(sentence)


def _finding(verbose_name: Any, help_text: Any = "") -> models.TextField:
    return models.TextField(verbose_name=verbose_name, help_text=help_text, blank=True)


class Review(models.Model):
    """The record of one review of an edition. Once it is decided, it stays as it was.

    The model refuses to change it, and so does the database (`conduct.triggers`).
    """

    TRANSLATED = ("notice",)
    FINDINGS = ("suitability", "adequacy", "effectiveness", "efficiency")
    CIRCUMSTANCES = ("law", "technology", "market", "expectations")
    NEVER_CHANGED = "A review that was decided is never changed. Add another review."
    NEVER_DELETED = (
        "A review that was decided is never deleted: it says why things are as they are."
    )

    edition = models.ForeignKey(
        to=Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="reviews"
    )
    held_on = models.DateField(verbose_name=_("held on"), default=timezone.localdate)
    held_by = models.CharField(
        verbose_name=_("held by"),
        max_length=200,
        help_text=_("The role, such as Head of customer care with the quality manager."),
    )
    suitability = _finding(_("suitability"), _("Does it still fit what we do and whom we serve?"))
    adequacy = _finding(_("adequacy"), _("Does it cover what matters to customers, and enough?"))
    effectiveness = _finding(_("effectiveness"), _("Do we keep it, and does it help?"))
    efficiency = _finding(_("efficiency"), _("Is it worth the effort that it takes?"))
    non_fulfilments = _finding(_("promises that were seriously broken"), _("And what was done."))
    law = _finding(_("changes in the law"))
    technology = _finding(_("changes in technology"))
    market = _finding(_("changes in the market"))
    expectations = _finding(_("changes in what people expect"))
    earlier_actions = _finding(
        _("earlier actions"), _("What became of what the last review decided.")
    )
    complaint_themes = _finding(_("what people complained about"))
    decision = models.CharField(
        verbose_name=_("decision"), max_length=20, choices=Decision.choices, blank=True
    )
    reason = _finding(_("reason"))
    notice = models.TextField(
        verbose_name=_("notice to customers"),
        blank=True,
        help_text=_("What changes for them. Readers see it on the page with its date."),
    )
    effective_on = models.DateField(verbose_name=_("takes effect on"), null=True, blank=True)
    next_review_on = models.DateField(verbose_name=_("next review"), null=True, blank=True)
    decided_at = models.DateTimeField(verbose_name=_("decided at"), null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review record")
        verbose_name_plural = _("review records")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return gettext("Review of %(edition)s") % {"edition": self.edition}

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    def announces(self, day: dt.date | None = None) -> str:
        """What readers are told of it: "change", "withdrawal", "withdrawn", or nothing."""
        if not (self.notice and self.effective_on):
            return ""
        is_ahead = self.effective_on >= (day or timezone.localdate())
        if self.decision == Decision.WITHDRAW:
            return "withdrawal" if is_ahead else "withdrawn"
        # Once its day is over, the next edition says what has changed.
        return "change" if self.decision == Decision.AMEND and is_ahead else ""

    def decide(self) -> None:
        """Close the record, unsaved. Raises ValidationError where something is missing."""
        if missing := self.missing():
            raise ValidationError(missing)
        self.decided_at = timezone.now()

    def missing(self) -> dict[str, str]:
        """A sentence for each field without which it can't be decided."""
        wanted = [*self.FINDINGS, "decision", "reason"]
        if self.decision != Decision.WITHDRAW:
            wanted.append("next_review_on")
        if self.decision in (Decision.AMEND, Decision.WITHDRAW):
            wanted += ["notice", "effective_on"]
        found = {
            name: gettext("A review can't be decided without this. Fill it in.")
            for name in wanted
            if not getattr(self, name)
        }
        if self.next_review_on and self.next_review_on <= self.held_on:
            found["next_review_on"] = gettext(
                "The next review must come after this one. Choose a later day."
            )
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and Review.objects.decided().filter(pk=self.pk).exists():
            raise ReviewIsDecided(self.NEVER_CHANGED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Review.objects.decided().filter(pk=self.pk).exists():
            raise ReviewIsDecided(self.NEVER_DELETED)
        return super().delete(*args, **kwargs)


class ReminderStage(models.TextChoices):
    BEFORE = "before", pgettext_lazy("reminder", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("reminder", "Overdue")


class ReviewReminder(models.Model):
    """One reminder of one date: written first, then sent, once. It holds no person's data.

    `subject` is what it reminds of, such as "promise:12" (`conduct.reviewing.due`); who gets it is
    found when it is sent.
    """

    subject = models.CharField(verbose_name=_("subject"), max_length=60)
    due_on = models.DateField(verbose_name=_("due on"))
    stage = models.CharField(verbose_name=_("stage"), max_length=10, choices=ReminderStage.choices)
    created_at = models.DateTimeField(verbose_name=_("written at"))
    next_try_at = models.DateTimeField(verbose_name=_("next try at"))
    tries = models.PositiveIntegerField(verbose_name=_("tries"), default=0)
    sent_at = models.DateTimeField(verbose_name=_("sent at"), null=True)

    class Meta:
        verbose_name = _("reminder of a review")
        verbose_name_plural = _("reminders of reviews")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "due_on", "stage"], name="conduct_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.due_on} {self.stage}"
