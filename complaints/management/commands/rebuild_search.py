"""Makes what cases are found by anew."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from complaints.search.indexing import rebuild

EVERY = 10_000


class Command(BaseCommand):
    help = (
        "Makes the words that cases are found by anew, for all cases. After an upgrade that says "
        "so, or after a restore without them. Staff can go on working meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        done = rebuild(self._say)
        taken = time.monotonic() - start
        self.stdout.write(f"{done} cases in {taken:.1f} s")

    def _say(self, done: int) -> None:
        if done % EVERY == 0:
            self.stdout.write(f"{done} cases …")
