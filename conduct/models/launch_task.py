"""What has to be done so that an edition is lived, not only published (10001:2018, 4.2)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .edition import Edition


class TaskKind(models.TextChoices):
    ADOPTION = "adoption", pgettext_lazy("kind of task", "Adoption")
    INTEGRATION = "integration", pgettext_lazy("kind of task", "Integration")
    DISSEMINATION = "dissemination", pgettext_lazy("kind of task", "Dissemination")


#: What a task is about where nobody has written it yet.
USUAL = {
    TaskKind.ADOPTION: _("Those who work by it know the new edition and have what they need."),
    TaskKind.INTEGRATION: _("Procedures, contracts, systems and the complaints policy agree."),
    TaskKind.DISSEMINATION: _("Customers learn of it wherever they deal with us."),
}


class LaunchTaskQuerySet(models.QuerySet["LaunchTask"]):
    def open(self) -> LaunchTaskQuerySet:
        return self.filter(done_on=None)

    def overdue(self, day: dt.date) -> LaunchTaskQuerySet:
        return self.open().filter(due_on__lt=day)


class LaunchTask(models.Model):
    """One task of an edition. Three are made with each edition (`conduct.reviewing.launch`)."""

    edition = models.ForeignKey(
        to=Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField(verbose_name=_("kind"), max_length=20, choices=TaskKind.choices)
    what = models.TextField(
        verbose_name=_("what has to be done"),
        blank=True,
        help_text=_("Left empty, it is the usual task of its kind."),
    )
    owner = models.ForeignKey(
        to=settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(verbose_name=_("due on"))
    done_on = models.DateField(verbose_name=_("done on"), null=True, blank=True)
    evidence = models.TextField(
        verbose_name=_("evidence"),
        blank=True,
        help_text=_("What shows that it was done, and where that is kept."),
    )

    objects = LaunchTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("launch task")
        verbose_name_plural = _("launch tasks")
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=["done_on", "due_on"], name="conduct_task_open"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.edition}"

    @property
    def task(self) -> str:
        return self.what or str(USUAL.get(TaskKind(self.kind), ""))

    def is_overdue(self, day: dt.date | None = None) -> bool:
        return self.done_on is None and self.due_on < (day or timezone.localdate())

    def clean(self) -> None:
        super().clean()
        if self.done_on is None:
            return
        if self.done_on > timezone.localdate():
            raise ValidationError(
                {"done_on": gettext("This day lies ahead. Give the day on which it was done.")}
            )
        if not self.evidence.strip():
            raise ValidationError(
                {"evidence": gettext("Say what shows that it was done, and where that is kept.")}
            )
