"""Reading a public page as a person does: its words, not its markup."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils.formats import date_format


def soup(client: Client, address: str) -> BeautifulSoup:
    """The page at an address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def words(element: Any) -> str:
    """The words of an element, with single spaces."""
    assert element is not None
    return " ".join(element.get_text().split())


def day(year: int, month: int, number: int) -> str:
    """A date as the active language writes it: British or not is the host's choice."""
    return date_format(dt.date(year, month, number), "DATE_FORMAT")
