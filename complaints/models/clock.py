"""Clocks and their ledger: when something is due and how that date came about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockName(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("Acknowledgement")
    ANSWER = "answer", _("Answer")
    REVIEW = "review", _("Review")
    SILENCE = "silence", _("Reply of the complainant")
    UPDATE = "update", _("Next message to the complainant")
    REMEDY = "remedy", _("What was promised")


class Clock(models.Model):
    """One running or stopped clock of one case. Moved by `complaints.deadlines` only."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=12, choices=ClockName.choices)
    #: Which run of this clock on this case: a reopened case gets a new one and keeps the old.
    run = models.PositiveSmallIntegerField(default=1)
    #: What a remedy clock waits for; each promise has a clock of its own.
    remedy = models.ForeignKey(
        "Remedy", on_delete=models.CASCADE, related_name="clocks", null=True, blank=True
    )
    days = models.PositiveSmallIntegerField(verbose_name=_("working days"))
    paused_days = models.PositiveSmallIntegerField(
        verbose_name=_("working days it stood still"), default=0
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name", "run"], name="complaints_clock_run")
        ]
        indexes = [
            # The measures: what was due in a period, and was it done by then.
            models.Index(fields=["name", "due_at", "stopped_at"], name="complaints_measured"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and self.paused_at is None


class ClockEntry(models.Model):
    """One line of a clock's ledger; explains the due date in words (4.15)."""

    class What(models.TextChoices):
        START = "start", _("started")
        PAUSE = "pause", _("paused")
        RESUME = "resume", _("went on")
        CHANGE = "change", _("got another length")
        EXTEND = "extend", _("was extended")
        UNDO = "undo", _("went on as if it had never stopped")
        STOP = "stop", _("stopped")

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="entries")
    what = models.CharField(max_length=6, choices=What.choices)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    #: The holidays that were skipped (ISO dates) and the working days it stood still so far; or the
    #: day that was promised (`until`), where the clock ends with a date and not after so many days.
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("entry of a clock")
        verbose_name_plural = _("entries of a clock")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.what}"
