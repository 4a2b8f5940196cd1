"""What may take long or fail, outside of a request. Every task may run twice without harm."""

from __future__ import annotations

from datetime import datetime

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]


@task()
def send_notice(pk: int) -> None:
    """Try once to send a notice; what fails is tried again by `manage.py run_clocks`."""
    from complaints.notices.sending import send_one

    send_one(pk)


@task()
def scan_attachment(pk: int) -> None:
    """Look once for harm in a file; what can't be scanned waits for `manage.py run_clocks`."""
    from complaints.scanning.quarantine import scan_one

    scan_one(pk)


@task()
def send_new_key(reference: str, email_hash: str, asked_at: str) -> None:
    """Send a new key to whoever asked for one, if the address is the one on file."""
    from complaints.tracking.lost_key import give_new_key

    give_new_key(reference, email_hash, datetime.fromisoformat(asked_at))
