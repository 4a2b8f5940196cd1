"""`manage.py make_cases N`: invented cases with their history, for trials of scale."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

MOST_WORKERS = 4


class Command(BaseCommand):
    help = "Makes N realistic, invented cases with their whole history, fast. Not for production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="how many cases")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")
        parser.add_argument(
            "--workers", type=int, help="processes on PostgreSQL (one for each processor)"
        )

    def handle(
        self, *args: Any, number: int, seed: int, workers: int | None, **options: Any
    ) -> None:
        from complaints.invented.making import BATCH, Maker
        from complaints.invented.workers import make_in_parallel

        if settings.SETTINGS_MODULE.endswith("production"):
            # Their events could never be removed again.
            raise CommandError("These cases are invented: not in production.")
        if number < 1:
            raise CommandError("Say how many cases, for example: make_cases 1000")
        start = time.monotonic()
        maker = Maker(seed=seed)
        if workers is None:
            workers = min(os.cpu_count() or 1, MOST_WORKERS)
        if connection.vendor == "postgresql" and workers > 1 and number > BATCH:
            make_in_parallel(maker, number, workers, lambda done: self._say(done, number))
        else:
            maker.make(number, lambda done: self._say(done, number))
        taken = time.monotonic() - start
        self.stdout.write(f"{number} cases in {taken:.1f} s ({number / taken:.0f} a second)")

    def _say(self, done: int, number: int) -> None:
        if done % 20_000 == 0:
            self.stdout.write(f"{done} of {number}")
