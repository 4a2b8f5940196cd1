"""Lists that staff keep for themselves or share, how they are told about them, and which columns
they look at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def usable_by(self, user: Any) -> SavedListQuerySet:
        """Their own, those of their teams, and those for everybody."""
        from complaints.access import team_ids

        shares = SavedList.Sharing
        return self.filter(
            Q(owner=user.pk)
            | Q(sharing=shares.EVERYBODY)
            | Q(sharing=shares.TEAM, team__in=team_ids(user))
        )

    def removable_by(self, user: Any) -> SavedListQuerySet:
        """Their own; shared ones also by the lead of the team, and by who administers the site."""
        from complaints.access import LEAD, memberships

        shares = SavedList.Sharing
        if user.is_superuser:
            return self.filter(Q(owner=user.pk) | ~Q(sharing=shares.NOBODY))
        led = [team for team, leads in memberships(user).items() if leads]
        if not user.has_perm(LEAD) or not led:
            return self.filter(owner=user.pk)
        return self.filter(Q(owner=user.pk) | Q(sharing=shares.TEAM, team__in=led))


class SavedList(models.Model):
    """A tab with filters under a name of one's own.

    Shared, it shows each person only what they may see: a list is a question, never an answer.
    What was searched for is not kept, because it may name a person.
    """

    class Sharing(models.TextChoices):
        NOBODY = "nobody", _("Only I")
        TEAM = "team", _("One of my teams")
        EVERYBODY = "everybody", _("Everybody who sees cases")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="saved_case_lists",
    )
    name = models.CharField(verbose_name=_("name"), max_length=60)
    #: The tab (`complaints.backoffice.presets`) and its filters as in the address of the list.
    preset = models.CharField(verbose_name=_("list"), max_length=20)
    query = models.TextField(verbose_name=_("filters"), blank=True)
    sharing = models.CharField(
        verbose_name=_("who may use it"),
        max_length=10,
        choices=Sharing.choices,
        default=Sharing.NOBODY,
    )
    team = models.ForeignKey(
        "Team",
        verbose_name=_("team"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField(
        verbose_name=_("order"),
        help_text=_("Lists with a smaller number come first."),
        default=0,
    )

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ListDigest(models.Model):
    """Mails to one person about one saved list: how many cases, which are new, never what is in
    them."""

    class Every(models.TextChoices):
        AT_ONCE = "at_once", _("At once, when a case comes into the list")
        DAILY = "daily", _("Every morning")
        WEEKLY = "weekly", _("Every Monday morning")

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="digests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="case_list_digests",
    )
    every = models.CharField(
        verbose_name=_("how often"), max_length=8, choices=Every.choices, default=Every.DAILY
    )
    #: When it was last looked at and, where anything was to say, sent.
    last_sent_at = models.DateTimeField(verbose_name=_("last sent"), editable=False)
    #: The cases (keys) that were in the list then: what is not among them is new.
    known: models.JSONField = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("mail about a saved list")
        verbose_name_plural = _("mails about saved lists")
        constraints = [
            models.UniqueConstraint(fields=["saved_list", "user"], name="complaints_one_digest")
        ]

    def __str__(self) -> str:
        return f"{self.saved_list_id} · {self.user_id}"


class ListColumns(models.Model):
    """Which columns of the list one person looks at. No row: the usual ones."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="case_list_columns",
    )
    names: models.JSONField = models.JSONField(
        verbose_name=pgettext_lazy("of a table", "columns"), default=list
    )

    class Meta:
        verbose_name = _("columns of a person")
        verbose_name_plural = _("columns of people")

    def __str__(self) -> str:
        return f"{self.user_id}"
