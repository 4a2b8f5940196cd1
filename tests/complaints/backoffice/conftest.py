"""Browsers of members of staff, and a case with a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from complaints.intake.submission import CheckedFile
from complaints.models import Attachment, Case
from tests.factories import Staff, make_case

Browse = Callable[[Any], Client]


@pytest.fixture
def browse(db: None) -> Browse:
    """A browser in which this member of staff is logged in."""

    def browser(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def staff(db: None) -> Staff:
    """The handler and the lead of the customer care team, both there from the start."""
    people = Staff()
    assert people.handler
    assert people.lead
    return people


def checked_file(name: str = "receipt.pdf", content: bytes = b"%PDF-1.7 receipt") -> CheckedFile:
    return CheckedFile(name, "application/pdf", len(content), ContentFile(content))


@pytest.fixture
def case_with_file(staff: Staff) -> tuple[Case, Attachment]:
    case = make_case(files=[checked_file()])
    return case, case.attachments.get()
