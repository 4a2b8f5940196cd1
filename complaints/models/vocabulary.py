"""The organisation's own words: what complaints are about, who handles them, what may put them
right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.Model):
    """What an issue is about (table E1, block 4). A tree of two levels is usual."""

    code = models.SlugField(verbose_name=_("code"), max_length=50, unique=True)
    name = models.CharField(verbose_name=_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    team = models.ForeignKey(
        "Team",
        verbose_name=_("team that usually handles it"),
        on_delete=models.SET_NULL,
        related_name="categories",
        null=True,
        blank=True,
    )
    quick_way = models.TextField(
        verbose_name=_("quicker way"),
        help_text=_(
            "Where something else helps at once, such as a number to block a lost card. It is "
            "offered before sending; the complaint can be sent all the same."
        ),
        blank=True,
    )
    needs_training = models.BooleanField(
        verbose_name=_("only for trained staff"),
        help_text=_("Only who has a competence for it, or for every case, may handle these cases."),
        default=False,
    )
    order = models.PositiveSmallIntegerField(verbose_name=_("order"), default=0)
    is_active = models.BooleanField(verbose_name=_("offered in forms"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name or self.code


class Team(models.Model):
    """Those who handle a kind of case together."""

    name = models.CharField(verbose_name=_("name"), max_length=120)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("members"),
        through="TeamMember",
        related_name="complaint_teams",
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """One person in one team. What a lead may do is in `complaints.access`."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="complaint_memberships",
    )
    is_lead = models.BooleanField(verbose_name=_("leads the team"), default=False)
    authority_limit = models.DecimalField(
        verbose_name=_("may promise up to"),
        help_text=_("The amount this person may promise without a lead's approval."),
        max_digits=12,
        decimal_places=2,
        default=0,
    )

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="complaints_one_membership")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.team}"


class RemedyKind(models.Model):
    """What may put a complaint right (table F1)."""

    class Family(models.TextChoices):
        MONEY = "money", _("Money")
        THING = "thing", _("Thing or service")
        CONTRACT = "contract", _("Contract")
        WORDS = "words", _("Words and records")
        HELP = "help", pgettext_lazy("family of remedies", "Help")
        GOODWILL = "goodwill", _("Goodwill")
        CHANGE = "change", _("Change")

    code = models.SlugField(verbose_name=_("code"), max_length=50, unique=True)
    name = models.CharField(verbose_name=_("name"), max_length=120)
    family = models.CharField(verbose_name=_("family"), max_length=20, choices=Family.choices)
    order = models.PositiveSmallIntegerField(verbose_name=_("order"), default=0)
    is_active = models.BooleanField(verbose_name=_("offered in forms"), default=True)

    class Meta:
        verbose_name = _("kind of remedy")
        verbose_name_plural = _("kinds of remedies")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name or self.code


class Cause(models.Model):
    """Why something went wrong, as it is counted. A tree of two levels is usual."""

    code = models.SlugField(verbose_name=_("code"), max_length=50, unique=True)
    name = models.CharField(verbose_name=_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField(verbose_name=_("order"), default=0)
    is_active = models.BooleanField(verbose_name=_("offered in forms"), default=True)

    class Meta:
        verbose_name = _("kind of cause")
        verbose_name_plural = _("kinds of causes")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name or self.code


class Holiday(models.Model):
    """A day on which the organisation does not work."""

    day = models.DateField(verbose_name=_("day"), unique=True)
    name = models.CharField(verbose_name=_("name"), max_length=120)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
