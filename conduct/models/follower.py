"""Who wants to be told when a code or policy changes, and the mails that tell them (10001, 4.4).

Seen by nobody: no list in the admin, no export. Leaving deletes the row and its mails.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.encryption import EncryptedTextField, lookup_hash

from .edition import Edition


class FollowerQuerySet(models.QuerySet["Follower"]):
    def confirmed(self) -> FollowerQuerySet:
        """Those who pressed the button behind the link in our mail: nobody else is written to."""
        return self.exclude(confirmed_at=None)

    def with_address(self, address: str) -> FollowerQuerySet:
        """Whatever is kept for an exact address, in any upper and lower case."""
        return self.filter(address_hash=lookup_hash(address))


class Follower(models.Model):
    """An address that follows one code or policy, in all its languages."""

    #: In links: tells nothing, and can't be guessed.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(
        to="wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+"
    )
    # As of an edition: `translation_key` of the page.
    series = models.UUIDField(verbose_name=_("series"))
    address = EncryptedTextField(verbose_name=_("e-mail"))
    address_hash = models.CharField(max_length=64, db_index=True, editable=False)
    language = models.CharField(verbose_name=_("language"), max_length=20)
    asked_at = models.DateTimeField(verbose_name=_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(verbose_name=_("confirmed at"), null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["series", "address_hash"], name="conduct_follower_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.address_hash = lookup_hash(self.address)
        super().save(*args, **kwargs)


class Purpose(models.TextChoices):
    CONFIRM = "confirm", pgettext_lazy("purpose of a mail", "Please confirm")
    PUBLISHED = "published", pgettext_lazy("purpose of a mail", "New edition")
    IN_FORCE = "in_force", pgettext_lazy("purpose of a mail", "Now in force")


class FollowerMail(models.Model):
    """One mail to one follower. Its words are made when it is sent, so it holds none."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a mail", "Waiting")
        SENT = "sent", pgettext_lazy("state of a mail", "Sent")
        GIVEN_UP = "given_up", pgettext_lazy("state of a mail", "Given up")

    follower = models.ForeignKey(
        to=Follower, verbose_name=_("follower"), on_delete=models.CASCADE, related_name="mails"
    )
    purpose = models.CharField(verbose_name=_("purpose"), max_length=20, choices=Purpose.choices)
    edition = models.ForeignKey(
        to=Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    #: Of the page on which the form was, for a mail that asks to confirm.
    language = models.CharField(verbose_name=_("language"), max_length=20, blank=True)
    state = models.CharField(
        verbose_name=_("state"), max_length=20, choices=State.choices, default=State.WAITING
    )
    tries = models.PositiveSmallIntegerField(verbose_name=_("tries"), default=0)
    created_at = models.DateTimeField(verbose_name=_("created at"), default=timezone.now)
    next_try_at = models.DateTimeField(verbose_name=_("next try at"), null=True)
    sent_at = models.DateTimeField(verbose_name=_("sent at"), null=True)

    class Meta:
        verbose_name = _("mail to a follower")
        verbose_name_plural = _("mails to followers")
        default_permissions = ()
        constraints = (
            # Of an edition nobody hears twice, whoever sweeps at the same time.
            models.UniqueConstraint(
                fields=["follower", "edition", "purpose"], name="conduct_follower_mail_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try_at"],
                condition=Q(state="waiting"),
                name="conduct_follower_mail_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
