"""A complainant at the browser."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from complaints.intake.submission import Receipt
from complaints.models import Case
from tests.factories import submit, walk_to

HOME = "/en/case/"


class Complainant:
    """Opens a case with reference and key, and sends the forms of its pages as a browser does."""

    def __init__(self, receipt: Receipt, home: str = HOME) -> None:
        self.receipt = receipt
        self.case: Case = receipt.case
        self.home = home
        self.client = Client()

    def open(self, **changes: str) -> Any:
        data = {"reference": self.case.reference, "key": self.receipt.key} | changes
        return self.client.post(self.home, data)

    def page(self) -> str:
        return text_of(self.client.get(self.home))

    def form(self, action: str) -> dict[str, str]:
        """The hidden fields of an action's page."""
        body = self.client.get(f"{self.home}do/{action}/").content.decode()
        return {
            name: html.unescape(value)
            for name, value in re.findall(
                r'<input type="hidden" name="(submission|seen)" value="([^"]*)"', body
            )
        }

    def send(self, action: str, form: dict[str, str] | None = None, **fields: Any) -> Any:
        data = (self.form(action) if form is None else form) | fields
        return self.client.post(f"{self.home}do/{action}/", data, follow=True)


def text_of(response: Any) -> str:
    """What a reader sees: no tags, single spaces."""
    body = (
        response.content.decode()
        .partition('<main id="main" tabindex="-1">')[2]
        .partition("</main>")[0]
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def complainant(db: None) -> Complainant:
    return Complainant(submit())


@pytest.fixture
def opened(complainant: Complainant) -> Complainant:
    complainant.open()
    return complainant


@pytest.fixture
def answered(complainant: Complainant) -> Complainant:
    """A complainant who has opened a case that was answered."""
    walk_to(complainant.case, "answered")
    complainant.open()
    return complainant
