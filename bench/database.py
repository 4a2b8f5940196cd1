"""A database for the run alone: made, filled, and dropped at the end."""

from __future__ import annotations

import re
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from bench.models import Line
from bench.naming import CODE, PLAIN, PREFIX
from bench.references import BYTES
from bench.visiting import in_process

#: More than a page of Wagtail's own list.
LINES = 60


def drop() -> None:
    """Remove the run's own database, if it is there."""
    name = str(connection.settings_dict["NAME"])
    if not Path(name).name.startswith(PREFIX):
        raise RuntimeError(f"{name} is not a database of the benchmarks.")
    connections.close_all()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
        return
    for end in ("", "-wal", "-shm"):
        Path(name + end).unlink(missing_ok=True)


def is_built() -> bool:
    """A run before this one kept it (`KEEP=1`)."""
    try:
        return get_user_model().objects.filter(username="handler2").exists()
    except DatabaseError:
        return False


def build() -> None:
    """The demo's organisation, people and pages, and what the references need."""
    drop()
    if connection.vendor == "postgresql":
        name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    call_command("demo", stdout=_Quiet())
    _add_plain_page()
    Line._default_manager.bulk_create(
        Line(email=f"k{n}@example.com", text="Rain.") for n in range(LINES)
    )
    # The same people open the reference lists.
    seen = Permission.objects.filter(content_type__app_label="bench")
    for user in get_user_model().objects.filter(username__in=["handler", "quality"]):
        user.user_permissions.add(*seen)


def grow(number: int) -> float:
    """Make cases until there are `number`; how many a second were made."""
    from complaints.models import Case

    missing = number - Case.objects.count()
    if missing <= 0:
        return 0.0
    start = time.monotonic()
    call_command("make_cases", missing, seed=number, stdout=_Quiet())
    taken = time.monotonic() - start
    with connection.cursor() as cursor:
        # What autovacuum does within minutes: else the first lists would set hint bits.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return missing / taken


def _add_plain_page() -> None:
    """The site's plainest page, with the rendered words of the code as one piece of rich text."""
    from home.models import StandardPage

    served = in_process().get(CODE).content.decode()
    BYTES.write_text(served)
    main = re.search(r"<main[^>]*>(.*)</main>", served, re.DOTALL)
    if main is None:
        raise RuntimeError(f"{CODE} shows no text.")
    home: Page = Site.objects.get(is_default_site=True).root_page
    page = StandardPage(title="The same text", slug=PLAIN)
    page.body = [("text", RichText(main.group(1)))]
    home.add_child(instance=page)


class _Quiet:
    def write(self, text: str) -> None:
        pass
