"""Everything that happens by itself: mail, reminders, warnings and the silence rule."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.automation import run_clocks


class Command(BaseCommand):
    help = (
        "Sends what waits in the outbox, reminds, warns and closes by the silence rule. "
        "Run it every few minutes; it is safe to run twice, or on two machines at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = run_clocks()
        self.stdout.write(str(counts))
        if counts.failed:
            raise CommandError(f"{counts.failed} clocks could not be attended to; see the log.")
