"""Keeps what staff type on a case until it is sent: a crash, a lost connection or a colleague who
was quicker costs nobody their words.

Each draft is its writer's alone and encrypted; it goes when the action is done (`forget`), when its
writer throws it away, and two weeks after the last change (`sweep`, by `manage.py run_clocks`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.lifecycle import ACTIONS
from complaints.models import Case, WritingDraft
from complaints.privacy.encryption import DecryptionError

KEPT_FOR = timedelta(days=14)
#: The box on the case page from which both a question and an update can be sent.
WRITE = "write"
WRITTEN_IN_BOX = frozenset({"ask", "update"})
#: Says where the form stands, not what was typed.
NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "version", "submission_id", "confirmed", "edit", "another_remedy"}
)
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """A draft as its writer is offered it."""

    action: str
    label: str | LazyText
    at: datetime
    pairs: Pairs

    @property
    def words(self) -> list[str]:
        """What can be read of it, for who wants to copy it."""
        return [value for _name, value in self.pairs if len(value.split()) > 1]

    def value(self, name: str) -> str:
        return dict(self.pairs).get(name, "")

    @property
    def text(self) -> str:
        return self.value("text")


def label_of(action: str) -> str | LazyText:
    return ACTIONS[action].label if action in ACTIONS else _("Message to the complainant")


def keep(case: Case, user: Any, action: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep what was typed in place of what was kept before; nothing typed keeps nothing."""
    typed = [(name, value) for name, value in pairs if name not in NOT_TYPED]
    if not any(value.strip() for _name, value in typed):
        throw_away(case, user, action)
        return
    values = {"typed": json.dumps(typed), "changed_at": timezone.now()}
    key = {"case": case, "user": user, "action": action}
    try:
        with transaction.atomic():
            WritingDraft.objects.update_or_create(**key, defaults=values)
    except IntegrityError:
        # Another window of the same person was a moment quicker.
        WritingDraft.objects.filter(**key).update(**values)


def kept(case: Case, user: Any, now: datetime) -> list[Kept]:
    """All that this person has begun on a case, the newest first."""
    rows = WritingDraft.objects.filter(case=case, user=user.pk, changed_at__gt=now - KEPT_FOR)
    try:
        return [
            Kept(row.action, label_of(row.action), row.changed_at, _pairs(row.typed))
            for row in rows.order_by("-changed_at")
        ]
    except DecryptionError:
        # The key it was written with is gone: nobody can read it, and the case must open.
        return []


def _pairs(typed: str) -> Pairs:
    return [(str(name), str(value)) for name, value in json.loads(typed)]


def forget(case: Case, user: Any, action: str) -> None:
    """The action is done: what led to it is said now, or no longer wanted."""
    names = [action, WRITE] if action in WRITTEN_IN_BOX else [action]
    WritingDraft.objects.filter(case=case, user=user.pk, action__in=names).delete()


def throw_away(case: Case, user: Any, action: str) -> None:
    WritingDraft.objects.filter(case=case, user=user.pk, action=action).delete()


def sweep(now: datetime) -> int:
    """Delete what nobody has come back to."""
    deleted, _by_model = WritingDraft.objects.filter(changed_at__lte=now - KEPT_FOR).delete()
    return deleted
