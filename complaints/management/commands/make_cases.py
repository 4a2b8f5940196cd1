"""`manage.py make_cases N`: invented cases with their history, for trials of scale."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Makes N realistic, invented cases with their whole history, fast. Not for production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="how many cases")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")

    def handle(self, *args: Any, number: int, seed: int, **options: Any) -> None:
        from complaints.invented.making import Maker

        if number < 1:
            raise CommandError("Say how many cases, for example: make_cases 1000")
        start = time.monotonic()
        Maker(seed=seed).make(number, progress=lambda done: self._say(done, number))
        taken = time.monotonic() - start
        self.stdout.write(f"{number} cases in {taken:.1f} s ({number / taken:.0f} a second)")

    def _say(self, done: int, number: int) -> None:
        if done % 20_000 == 0:
            self.stdout.write(f"{done} of {number}")
