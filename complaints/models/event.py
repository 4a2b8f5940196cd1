"""What happened to a case: appended, numbered, chained by hash, never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.lifecycle import ACTIONS, Role, State

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def event_hash(
    case: int,
    number: int,
    at: datetime,
    action: str,
    actor_role: str,
    actor: int | None,
    from_state: str,
    to_state: str,
    data: dict[str, Any],
    previous_hash: str,
) -> str:
    """The link of the chain; what it covers and in which order is fixed for good."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [case, number, moment, action, actor_role, actor, from_state, to_state, data]
    return hashlib.sha256(_encode([*content, previous_hash]).encode()).hexdigest()


class Event(models.Model):
    """One event. Holds no personal data: ids, states, field names and codes only (4.12, 8.1).

    `hash` covers the event and the hash before it; the database refuses UPDATE and DELETE
    (`complaints.events`). `manage.py verify_events` proves the chain.
    """

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=30)
    actor_role = models.CharField(max_length=12, choices=Role.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    from_state = models.CharField(max_length=14, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=14, choices=State.choices)
    data = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="complaints_event_number")
        ]
        indexes = [models.Index(fields=["at", "id"], name="complaints_events_at")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.action}"

    def compute_hash(self) -> str:
        """SHA-256 over everything in the event and the hash before it."""
        return event_hash(
            self.case_id,
            self.number,
            self.at,
            self.action,
            self.actor_role,
            self.actor_id,
            self.from_state,
            self.to_state,
            self.data,
            self.previous_hash,
        )

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An event can't be changed.")
        self.hash = self.compute_hash()
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An event can't be deleted.")

    @property
    def says(self) -> str:
        """What was done, as in "Ana assessed"."""
        if self.action == "receive":
            return str(_("received"))
        return str(ACTIONS[self.action].says)


class Access(models.Model):
    """The access log: who saw or exported which case's personal data, when and what for (GDPR
    32)."""

    class What(models.TextChoices):
        VIEW = "view", _("viewed")
        FILE = "file", _("downloaded a file")
        EXPORT = "export", _("exported")

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=6, choices=What.choices)
    at = models.DateTimeField()
    #: What for, where it went into a table.
    export = models.ForeignKey(
        "ExportLog", on_delete=models.PROTECT, related_name="accesses", null=True, blank=True
    )

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "-at"], name="complaints_access_case")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.what} {self.case_id}"
