"""What was said, in another language: beside the original, never in its place (4.9)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageTranslation(models.Model):
    """One message in one more language.

    Of what a complainant wrote it is a translation for staff. Of what was sent to them it is what
    the member of staff had written (`is_source`); the message itself is what they read and approved
    in the complainant's language.
    """

    message = models.ForeignKey("Message", on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(verbose_name=_("language"), max_length=15)
    text = models.TextField(verbose_name=_("text"))
    is_source = models.BooleanField(default=False)
    #: Proposed by a service and not changed by a person.
    by_machine = models.BooleanField(verbose_name=_("made by a machine"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation of a message")
        verbose_name_plural = _("translations of messages")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "language"], name="complaints_one_translation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.language}"
