"""A small client that keeps its connection and takes the time of each request."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

SLOWEST = 60
#: A secret of the browser's own, as the cookie and as the field of a form.
CSRF = {"csrfmiddlewaretoken": "b" * 32}


@dataclass
class Visit:
    """What to ask for: addresses in turn, and the fields to post (made anew for each request)."""

    paths: Sequence[str]
    cookie: str = ""
    fields: Callable[[], dict[str, str]] | None = None
    #: A piece of what the answer must hold, else the run fails: fast errors prove nothing.
    shows: str = ""
    #: What was done leads to another page, which is not part of the visit.
    status: int = 200
    asked: int = 0

    @property
    def path(self) -> str:
        """The next address."""
        self.asked += 1
        return self.paths[self.asked % len(self.paths)]


@dataclass
class Visitor:
    port: int
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SLOWEST)

    def ask(self, visit: Visit) -> tuple[float, str]:
        """Milliseconds from sending to the last byte, and the page."""
        headers = {"Cookie": visit.cookie} if visit.cookie else {}
        method, body = "GET", None
        if visit.fields is not None:
            method, body = "POST", urlencode(visit.fields())
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        path = visit.path
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        taken = (time.perf_counter() - start) * 1000
        if response.status != visit.status or visit.shows not in text:
            raise RuntimeError(f"{path} answered {response.status}: {text[:300]}")
        return taken, text


def cookie_of(username: str) -> str:
    """The cookies of a browser in which this person has logged in."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    name = settings.SESSION_COOKIE_NAME
    secret = f"{settings.CSRF_COOKIE_NAME}={CSRF['csrfmiddlewaretoken']}"
    return f"{name}={client.cookies[name].value}; {secret}"


def in_process(cookie: str = "") -> Client:
    """A client without a network, for the same host."""
    host = settings.WAGTAILADMIN_BASE_URL.removeprefix("http://")
    headers = {"host": host, "cookie": cookie} if cookie else {"host": host}
    return Client(headers=headers)


def queries_of(visit: Visit) -> int:
    """How many queries it makes, in this process, once caches are warm."""
    client = in_process(visit.cookie)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            if visit.fields is None:
                client.get(visit.path)
            else:
                client.post(visit.path, visit.fields())
    return len(caught)
