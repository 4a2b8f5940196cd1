"""System checks: settings without which mail or files of cases would not be safe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register

from complaints.notices.outbox import WAITS
from complaints.scanning.quarantine import scanner
from complaints.translating import translator

#: What a complainant reads first and last: each says that no legal right is lost (FW-RIGHTS).
TELL_OF_RIGHTS = (
    "conduct_complaints/intake/form.html",
    "conduct_complaints/mail/received.txt",
    "conduct_complaints/mail/received.html",
    "conduct_complaints/answer.txt",
)
PRIVATE_STORAGE = "conduct_private"


@register()
def check_mail_timeout(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A mail server that hangs must neither hold up a request nor let a second try begin."""
    timeout = settings.EMAIL_TIMEOUT
    longest = WAITS[0].total_seconds() / 4
    if timeout and timeout <= longest:
        return []
    return [
        checks.Warning(
            "EMAIL_TIMEOUT is not set, or is too long.",
            hint=f"Set it to 10 seconds (at most {longest:.0f}).",
            id="conduct_complaints.W001",
        )
    ]


@register()
def check_private_storage(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """What complainants send is kept apart from everything the web server publishes."""
    if PRIVATE_STORAGE in settings.STORAGES:
        return []
    return [
        checks.Error(
            f'STORAGES["{PRIVATE_STORAGE}"] is missing.',
            hint="Name a storage for the files of complainants that no web server publishes.",
            id="conduct_complaints.E001",
        )
    ]


@register()
def check_staff_address(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Mails to staff link to the case."""
    if getattr(settings, "WAGTAILADMIN_BASE_URL", ""):
        return []
    return [
        checks.Warning(
            "WAGTAILADMIN_BASE_URL is not set.",
            hint="Set it to the address of the staff's site, so that mails can link to cases.",
            id="conduct_complaints.W002",
        )
    ]


@register()
def check_clamd(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A mistyped address would leave every file waiting for its scan."""
    try:
        scanner()
    except ValueError:
        return [
            checks.Error(
                "CONDUCT_CLAMD_URL is not an address of a ClamAV daemon.",
                hint="Write tcp://host:3310 or unix:///run/clamav/clamd.ctl.",
                id="conduct_complaints.E003",
            )
        ]
    return []


@register()
def check_translator(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A mistyped name would show when somebody in need of it presses the button."""
    try:
        found = translator()
    except (ImportError, TypeError):
        found = "nothing"  # type: ignore[assignment]
    if found is None or callable(found):
        return []
    return [
        checks.Error(
            "CONDUCT_TRANSLATOR names nothing that can be called.",
            hint="Give the dotted name of a function: translate(text, source, target) -> str.",
            id="conduct_complaints.E004",
        )
    ]


@register(deploy=True)
def check_encryption(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Contact data is encrypted at rest with keys of the deployment's own."""
    if getattr(settings, "CONDUCT_FIELD_ENCRYPTION_KEYS", None):
        return []
    return [
        checks.Error(
            "CONDUCT_FIELD_ENCRYPTION_KEYS is empty.",
            hint="Give at least one key; see docs/operations.md.",
            id="conduct_complaints.E002",
        )
    ]
