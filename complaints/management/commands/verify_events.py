"""Proves that no event was changed, removed or added behind the application's back (4.12, 8.1)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.events import broken_links
from complaints.models import Event


class Command(BaseCommand):
    help = "Proves the events of every case; exit code 1 and the first broken link where it fails."

    def handle(self, *args: Any, **options: Any) -> None:
        # One is enough to fail; the walk ends there.
        broken = next(broken_links(), None)
        if broken is not None:
            raise CommandError(
                f"The chain of events is broken at {broken.reference}, event {broken.number}: "
                f"{broken.why}."
            )
        self.stdout.write(f"{Event.objects.count()} events are proven.")
