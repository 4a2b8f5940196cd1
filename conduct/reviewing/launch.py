"""Each new edition gets its three launch tasks: adoption, integration, dissemination (4.2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from conduct.models import Edition, LaunchTask
from conduct.models.launch_task import TaskKind

#: Days to do them where the edition is in force at once.
DAYS = 30


def make_tasks(edition: Edition) -> None:
    """Make the tasks of an edition that has none: due when it comes into force, or in 30 days."""
    from .due import pages_of

    published = timezone.localdate(edition.created_at)
    in_force = timezone.localdate(edition.effective_from)
    due_on = in_force if in_force > published else published + dt.timedelta(days=DAYS)
    page = pages_of([edition]).get(edition.series)
    owner_id = page.accountable_id if page is not None else None
    LaunchTask.objects.bulk_create(
        LaunchTask(edition=edition, kind=kind, owner_id=owner_id, due_on=due_on)
        for kind in TaskKind
    )


def _edition_made(instance: Edition, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        make_tasks(instance)


def connect() -> None:
    post_save.connect(_edition_made, sender=Edition, dispatch_uid="conduct.launch_tasks")
