"""Building the whole demo, in the order that its parts need each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import override_settings
from django.utils import timezone, translation
from wagtail.models import Page, Site

from complaints.models import Notice
from demo import (
    accounts,
    casework,
    handling,
    listening,
    pages,
    privacy,
    promises,
    satisfaction,
    translating,
    vocabulary,
    ways_in,
)

Say = Callable[[str], None]


def is_built() -> bool:
    """The demo is there already: its accounts are."""
    return get_user_model().objects.filter(username="handler2").exists()


def build(say: Say, now: datetime | None = None) -> None:
    """Make everything, or nothing. Old mails are marked as sent and go nowhere."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    quiet = override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
    with quiet, translation.override("en"), transaction.atomic():
        say("Languages, people and vocabulary …")
        pages.make_locales()
        site = make_site()
        teams = accounts.make_teams()
        people = accounts.make_people(teams)
        accounts.let_editors_work(people["editor"])
        vocabulary.make_vocabulary(site, teams, today)
        handling.make_capacity(people, now)
        say("Promises and pages in every language …")
        promised = promises.make_promises(people["quality"], today)
        home = pages.make_home(Page.get_first_root_node(), site)
        site.refresh_from_db()
        pages.make_pages(home, site, today, promised)
        pages.show_promises_on_home(home, promised)
        translating.tie_translations(home)
        listening.make_listening(people, now)
        privacy.make_notice(site, now)
        say("Cases of the last year …")
        satisfaction.make_surveys(site)
        casework.make_cases(site, people, now)
        ways_in.make_cases(site, people, now)
        handling.show_handling(people, now)
    with quiet:
        say("Answers to the survey …")
        satisfaction.answer_surveys(now)
        Notice.objects.filter(state=Notice.State.SENT).update(sent_at=F("created_at"))


def make_site() -> Site:
    """The site's own address, so that links in mails lead to it."""
    site = Site.objects.get(is_default_site=True)
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.hostname = address.hostname or "127.0.0.1"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = "Merrow Parcels"
    site.save()
    return site


def empty_database() -> None:
    """Drop every table, and with them what the database refuses to delete row by row."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')")
        for kind, name in cursor.fetchall():
            cursor.execute(f'DROP {kind} IF EXISTS "{name}"')
        for name in _sqlite_tables(cursor):
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        cursor.execute("PRAGMA foreign_keys = ON")


def _sqlite_tables(cursor: Any) -> list[str]:
    """Virtual tables first: they take their own shadow tables with them."""
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return [name for (name,) in cursor.fetchall()]
