"""The people of a case: who complains, who acts for them, and the staff with a part in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.privacy.contact_digests import contact_digests
from complaints.privacy.encryption import EncryptedTextField, lookup_hash


class Party(models.Model):
    """A complainant or the person who acts for one. Holds personal data; nothing else points at it.

    Contact data is encrypted at rest; `email_hash` finds an exact e-mail address, `digests` a
    telephone number and a line of the postal address.
    """

    class ReplyBy(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        POST = "post", _("Letter")
        ONLINE = "online", _("On my case page only")

    class Support(models.TextChoices):
        LARGE_PRINT = "large_print", _("Letters in large print")
        CALL = "call", _("A call instead of a letter")
        WRITE = "write", _("Writing instead of a call")
        INTERPRETER = "interpreter", _("An interpreter")
        SIGN_LANGUAGE = "sign_language", _("Sign language")
        PLAIN_WORDS = "plain_words", _("Plain, short words")
        MORE_TIME = "more_time", _("More time to reply")
        SOMEONE_WITH_ME = "someone", _("Somebody with me when we meet or talk")

    class Authority(models.TextChoices):
        """The permission of a representative to hear about the case."""

        FOLLOWS = "follows", pgettext_lazy("permission to represent", "Will follow")
        SENT = "sent", pgettext_lazy("permission to represent", "Sent, not checked yet")
        CONFIRMED = "confirmed", pgettext_lazy("permission to represent", "Checked and in order")
        REFUSED = "refused", pgettext_lazy("permission to represent", "Checked and not enough")

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
    #: Values of `Support`.
    support = models.JSONField(verbose_name=_("support to give"), default=list, blank=True)
    support_review_on = models.DateField(
        verbose_name=_("ask again about support"), null=True, blank=True
    )
    relation = models.CharField(verbose_name=_("relation"), max_length=200, blank=True)
    authority = models.CharField(
        verbose_name=_("permission to act"), max_length=10, choices=Authority.choices, blank=True
    )
    authority_scope = models.CharField(
        verbose_name=_("what the permission covers"), max_length=300, blank=True
    )
    authority_until = models.DateField(verbose_name=_("permission ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, **kwargs: Any) -> None:
        self.email_hash = lookup_hash(self.email) if self.email else ""
        is_new, fields = self._state.adding, kwargs.get("update_fields")
        if fields and "email" in fields:
            kwargs["update_fields"] = {*fields, "email_hash"}
        if fields is not None and not {"phone", "postal_address"} & set(fields):
            super().save(**kwargs)
            return
        digests = contact_digests(phone=self.phone, postal_address=self.postal_address)
        if is_new and not digests:
            # Most people leave neither: nothing to keep together.
            super().save(**kwargs)
            return
        with transaction.atomic():
            super().save(**kwargs)
            self._keep(digests, is_new=is_new)

    def _keep(self, digests: set[str], *, is_new: bool) -> None:
        known = set() if is_new else set(self.digests.values_list("digest", flat=True))
        if gone := known - digests:
            self.digests.filter(digest__in=gone).delete()
        ContactDigest.objects.bulk_create(
            ContactDigest(party=self, digest=digest) for digest in sorted(digests - known)
        )

    @property
    def greeting_name(self) -> str:
        return self.address_as or self.name

    @property
    def is_reachable(self) -> bool:
        """There is a way to write or call; without one a person has only the case page."""
        return bool(self.email or self.phone or self.postal_address)

    @property
    def has_authority(self) -> bool:
        """Somebody has checked the permission to act for the complainant, and it runs."""
        until = self.authority_until
        return self.authority == self.Authority.CONFIRMED and (
            until is None or until >= timezone.localdate()
        )

    @property
    def support_words(self) -> str:
        """All that should be done for this person, in the active language."""
        names = dict(self.Support.choices)
        chosen = [str(names[code]) for code in self.support if code in names]
        return "; ".join([*chosen, *filter(None, [self.support_needs])])

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.is_reachable)


class ContactDigest(models.Model):
    """A keyed hash of a telephone number or of a line of an address, to find it when it is typed.

    Made by `Party.save`, from `complaints.privacy.contact_digests`.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="digests")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("digest of contact data")
        verbose_name_plural = _("digests of contact data")
        constraints = (
            models.UniqueConstraint(
                fields=["digest", "party"], name="complaints_contact_digest_once"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.party_id}"


class NoticeAddress(models.Model):
    """Where an anonymous person wants to be told that there is something to read, and nothing else.

    Kept apart from the case: no screen, export or search of staff shows it, and it is deleted when
    the case can no longer be reopened.
    """

    case = models.OneToOneField("Case", on_delete=models.CASCADE, related_name="notice_address")
    email = EncryptedTextField()

    class Meta:
        verbose_name = _("address for notices")
        verbose_name_plural = _("addresses for notices")

    def __str__(self) -> str:
        return f"{self.case_id}"


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
    # What is owed to who is named (annex D): empty until it was done.
    informed_at = models.DateTimeField(verbose_name=_("informed"), null=True, blank=True)
    supported_at = models.DateTimeField(verbose_name=_("offered support"), null=True, blank=True)
    heard_at = models.DateTimeField(verbose_name=_("heard"), null=True, blank=True)
    told_at = models.DateTimeField(verbose_name=_("told the result"), null=True, blank=True)
    account = models.TextField(verbose_name=_("their account"), blank=True)

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        constraints = [
            models.UniqueConstraint(fields=["case", "user", "part"], name="complaints_one_part")
        ]
        indexes = [models.Index(fields=["user", "part", "case"], name="complaints_part_of_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_part_display()}"
