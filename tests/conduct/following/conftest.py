"""A published code that people follow, and what its pages and mails hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from conduct.editions import publish
from conduct.models import CodeOfConductPage, Edition, Follower, PolicyPage

# The mail server of the outbox's tests.
from tests.complaints.notices.conftest import mail_server  # noqa: F401

KIM = "kim@example.com"


@pytest.fixture
def code(code_draft: CodeOfConductPage) -> CodeOfConductPage:
    publish(code_draft)
    return code_draft


@pytest.fixture
def policy(policy_draft: PolicyPage) -> PolicyPage:
    publish(policy_draft)
    return policy_draft


@pytest.fixture
def follow(code: CodeOfConductPage) -> Callable[..., Follower]:
    """Somebody who confirmed just now, after the first edition."""

    def make(address: str = KIM, **fields: Any) -> Follower:
        now = timezone.now()
        values = {
            "site": code.get_site(),
            "series": code.translation_key,
            "language": "en",
            "asked_at": now,
            "confirmed_at": now,
        }
        return Follower.objects.create(address=address, **(values | fields))

    return make


@pytest.fixture
def next_edition(code: CodeOfConductPage) -> Callable[..., Edition]:
    """Publishes an edition; `fields` are those of the page."""

    def make(**fields: Any) -> Edition:
        page = CodeOfConductPage.objects.get(pk=code.pk)
        values = {
            "scope": "Parcels sent anywhere.",
            "what_changed": "Parcels abroad are covered too.",
            "approved_on": timezone.localdate(),
        }
        for name, value in (values | fields).items():
            setattr(page, name, value)
        edition = publish(page)
        assert edition is not None
        return edition

    return make


@pytest.fixture
def ask(
    client: Client, code: CodeOfConductPage, django_capture_on_commit_callbacks: Any
) -> Callable[..., Any]:
    """Sends the form to follow as a reader does; returns the response."""

    def send(address: str = KIM, *, language: str = "en", page: Any = code, **data: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                f"/{language}/following/{page.pk}/", {"email": address} | data, follow=False
            )

    return send


def links_in(message: Any) -> dict[str, str]:
    """The paths of the links to confirm and to leave in a mail."""
    found = re.findall(r"https?://[^/\s]+(/\S*/following/(confirm|leave)/\S+)", message.body)
    return {name: path for path, name in found}


def last_mail() -> Any:
    return mail.outbox[-1]
