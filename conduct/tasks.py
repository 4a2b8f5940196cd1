"""What may take long or fail, outside of a request. Every task may run twice without harm."""

from __future__ import annotations

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]


@task()
def send_follower_mail(pk: int) -> None:
    """Try once to send a mail to a follower; what fails is tried again by the sweep."""
    from conduct.following.sending import send_one

    send_one(pk)
