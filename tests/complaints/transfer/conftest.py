"""Rows in every language, and a browser of somebody who may change them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from complaints.models import Category, Holiday, RemedyKind, Team
from complaints.transfer import resources  # noqa: F401 - registers the tables
from complaints.transfer.files import Table, read, write
from complaints.transfer.registry import table_of
from tests import people

LANGUAGES = [code for code, _name in settings.LANGUAGES]
WORDS = {
    "en": "Delivery", "vi": "Giao hàng", "ko": "배송", "zh_hans": "送货", "de": "Zustellung",
    "fr": "Livraison", "es": "Entrega", "ar": "التوصيل",
}  # fmt: skip
VIEWSETS: dict[Any, str] = {
    Category: "conduct_categories",
    RemedyKind: "conduct_remedy_kinds",
    Holiday: "conduct_holidays",
    Team: "conduct_teams",
}
Send = Callable[..., Any]


def column(name: str, language: str) -> str:
    return f"{name}_{language.replace('-', '_').lower()}"


def in_all_languages(name: str, extra: str = "") -> dict[str, str]:
    """Values for every column of a translated field; each differs from the others."""
    words = {code: WORDS.get(code.replace("-", "_").lower(), code) for code in LANGUAGES}
    return {column(name, code): words[code] + extra for code in LANGUAGES}


def table(headings: Sequence[str], *rows: Sequence[Any]) -> Table:
    return Table(headings, rows, range(2, len(rows) + 2))


def csv_file(text: str | bytes, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def exported(model: Any, kind: str) -> Table:
    """What a person who exports gets, read back as they would send it."""
    headings, rows = table_of(model)().table()
    return read(io.BytesIO(write(kind, headings, rows)))


@pytest.fixture
def quality(db: None) -> Any:
    return people.make_quality()


@pytest.fixture
def client_of(db: None) -> Callable[[Any], Client]:
    def browser(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def send(quality: Any, client_of: Any) -> Send:
    """Upload a file to the import of a model; the answer is the page."""
    client = client_of(quality)

    def upload(model: Any, file: Any) -> Any:
        if isinstance(file, str | bytes):
            file = csv_file(file)
        return client.post(reverse(f"{VIEWSETS[model]}:import"), {"file": file})

    upload.client = client  # type: ignore[attr-defined]
    return upload
