"""`manage.py demo`: content, people and cases that show every feature."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from demo import accounts, building


class Command(BaseCommand):
    help = "Loads the demo once: an invented organisation with pages, people, cases and answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset",
            action="store_true",
            help="empty the whole database first; everything in it is lost",
        )

    def handle(self, *args: Any, reset: bool, **options: Any) -> None:
        accounts.refuse_in_production()
        if reset:
            building.empty_database()
            call_command("migrate", verbosity=0, interactive=False)
        if building.is_built():
            self.stdout.write("The demo is there already. Start anew with: manage.py demo --reset")
            return
        building.build(self.stdout.write)
        self.stdout.write(self.style.SUCCESS("The demo is ready."))
