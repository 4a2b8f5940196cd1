"""What is said about a case, and the files that come with it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.privacy.encryption import EncryptedTextField


class Message(models.Model):
    """One thing somebody said: from the complainant, to the complainant, or among staff.

    Internal messages are never shown to the complainant; `public()` is what the complainant sees.
    """

    class Direction(models.TextChoices):
        IN = "in", _("From the complainant")
        OUT = "out", _("To the complainant")
        INTERNAL = "internal", _("Internal")

    class Purpose(models.TextChoices):
        ORIGINAL = "original", _("What was sent first")
        ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
        QUESTION = "question", _("Question")
        REPLY = "reply", _("Reply")
        UPDATE = "update", _("Update")
        ANSWER = "answer", _("Answer")
        ROUTES = "routes", _("What remains possible")
        NOTE = "note", _("Note")
        REASON = "reason", _("Reason")
        CLOSING = "closing", _("Closing")

    class Objects(models.QuerySet["Message"]):
        def public(self) -> Message.Objects:
            return self.exclude(direction=Message.Direction.INTERNAL)

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    body = models.TextField(verbose_name=_("text"))
    language = models.CharField(max_length=15)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()
    #: Makes one submission on the tracking page one message.
    submission_id = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "at", "id"], name="complaints_messages")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_purpose_display()}"

    @property
    def is_internal(self) -> bool:
        return self.direction == self.Direction.INTERNAL


def private_storage() -> Storage:
    """Storage outside of everything the web server publishes (setting
    STORAGES["conduct_private"])."""
    return storages["conduct_private"]


def attachment_path(attachment: Attachment, filename: str) -> str:
    # The name a person gave stays in the database: a path must not tell nor choose anything.
    return f"cases/{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """A file somebody sent. Stored privately, served through a permission check, always as a
    download, and only when a scan, where one is wanted, has found nothing."""

    class Scan(models.TextChoices):
        """Empty where no scanner was configured when it came."""

        WAITING = "waiting", pgettext_lazy("virus scan", "Not scanned yet")
        CLEAN = "clean", pgettext_lazy("virus scan", "Nothing found")
        INFECTED = "infected", pgettext_lazy("virus scan", "Harmful, locked away")

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(storage=private_storage, upload_to=attachment_path)
    name = models.CharField(verbose_name=_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(verbose_name=_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    internal = models.BooleanField(verbose_name=_("for staff only"), default=False)
    issue = models.ForeignKey(
        "Issue", on_delete=models.SET_NULL, related_name="attachments", null=True, blank=True
    )
    question = models.ForeignKey(
        "ExtraQuestion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    #: The permission of a representative, to be checked before anything is told (SEC-REP).
    is_authority = models.BooleanField(verbose_name=_("permission to act"), default=False)
    scan = models.CharField(
        verbose_name=_("virus scan"), max_length=10, choices=Scan.choices, blank=True
    )
    scanned_at = models.DateTimeField(null=True, blank=True)
    #: Since then only the privacy officer opens it, where it was kept at all.
    withheld_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["at"], name="complaints_to_scan", condition=models.Q(scan="waiting")
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def may_be_opened(self) -> bool:
        """Not while a scan is outstanding, and never where it found something or was withheld."""
        return self.withheld_at is None and self.is_harmless

    @property
    def is_harmless(self) -> bool:
        """Nothing was found in it, or nothing looks for it here."""
        return self.scan in {"", self.Scan.CLEAN}


class Notice(models.Model):
    """The outbox: one mail to one person, kept exactly as sent (7.4, 7.8).

    Written in the transaction that causes it, sent after commit, retried until it is sent or given
    up;
    `failed` shows on the case.
    """

    SECRET_MARK = "XXXX-XXXX-XXXX-XXXX"  # noqa: S105 - only stands for one

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        NO_ADDRESS = "no_address", _("No e-mail address: tell the person another way")
        OTHER_WAY = "other_way", _("To be told by telephone or letter")
        TOLD = "told", _("Told by telephone or letter")

    class Objects(models.QuerySet["Notice"]):
        def to_be_told(self) -> Notice.Objects:
            """Somebody has to call or write a letter: there is no e-mail, or they want it so."""
            return self.filter(state=Notice.State.OTHER_WAY)

    case = models.ForeignKey(
        "Case", on_delete=models.CASCADE, related_name="notices", null=True, blank=True
    )
    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, related_name="notice", null=True, blank=True
    )
    template = models.CharField(max_length=50)
    to = models.ForeignKey(
        "Party", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    #: An address that belongs to nobody on the case (a draft, an anonymous person's): forgotten
    #: when the mail is sent or given up.
    to_address = EncryptedTextField(blank=True)
    language = models.CharField(max_length=15)
    subject = models.CharField(max_length=250)
    #: As sent, but for the key of the case: `SECRET_MARK` stands in its place.
    text = models.TextField()
    html = models.TextField()
    sha256 = models.CharField(max_length=64)
    #: What `SECRET_MARK` stands for until the mail is sent; then it is forgotten.
    secret = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = Objects.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="complaints_outbox",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["case"],
                name="complaints_to_tell",
                condition=models.Q(state="other_way"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"
