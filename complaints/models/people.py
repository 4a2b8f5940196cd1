"""The people of a case: who complains, who acts for them, and the staff with a part in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.privacy.encryption import EncryptedTextField, lookup_hash


class Party(models.Model):
    """A complainant or the person who acts for one. Holds personal data; nothing else points at it.

    Contact data is encrypted at rest; `email_hash` finds an exact address.
    """

    class ReplyBy(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        POST = "post", _("Letter")
        ONLINE = "online", _("On my case page only")

    name = models.CharField(verbose_name=_("full name"), max_length=200, blank=True)
    address_as = models.CharField(verbose_name=_("how to address"), max_length=100, blank=True)
    email = EncryptedTextField(verbose_name=_("e-mail"), blank=True)
    email_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    phone = EncryptedTextField(verbose_name=_("telephone"), blank=True)
    postal_address = EncryptedTextField(verbose_name=_("postal address"), blank=True)
    country = models.CharField(verbose_name=_("country"), max_length=2, blank=True)
    reply_by = models.CharField(
        verbose_name=_("preferred way to reply"),
        max_length=10,
        choices=ReplyBy.choices,
        default=ReplyBy.EMAIL,
    )
    contact_times = models.CharField(
        verbose_name=_("good times to reach"), max_length=200, blank=True
    )
    support_needs = models.TextField(verbose_name=_("support needed"), blank=True)
    relation = models.CharField(verbose_name=_("relation"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, **kwargs: Any) -> None:
        self.email_hash = lookup_hash(self.email) if self.email else ""
        if (fields := kwargs.get("update_fields")) and "email" in fields:
            kwargs["update_fields"] = {*fields, "email_hash"}
        super().save(**kwargs)

    @property
    def greeting_name(self) -> str:
        return self.address_as or self.name

    @property
    def is_reachable(self) -> bool:
        """There is a way to write or call; without one a person has only the case page."""
        return bool(self.email or self.phone or self.postal_address)

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.is_reachable)


class Involvement(models.Model):
    """The part one member of staff has in one case.

    Whoever is named in a case, or declared a conflict of interest, can't see or touch it
    (`complaints.access`); whoever handled or approved can't review it.
    """

    class Part(models.TextChoices):
        HANDLER = "handler", _("Handler")
        LEAD = "lead", _("Lead")
        PROPOSER = "proposer", _("Proposed the answer")
        APPROVER = "approver", _("Approved the answer")
        REVIEWER = "reviewer", _("Reviewer")
        NAMED = "named", _("Named in the case")
        CONFLICT = "conflict", _("Conflict of interest")

    BARRED = (Part.NAMED, Part.CONFLICT)

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="involvements")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_involvements"
    )
    part = models.CharField(verbose_name=_("part"), max_length=10, choices=Part.choices)
    since = models.DateTimeField(verbose_name=_("since"))

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        constraints = [
            models.UniqueConstraint(fields=["case", "user", "part"], name="complaints_one_part")
        ]
        indexes = [models.Index(fields=["user", "part", "case"], name="complaints_part_of_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_part_display()}"
