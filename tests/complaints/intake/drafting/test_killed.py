"""The server is killed between the last click and the confirmation: the case or the draft is there.

Never neither, never twice, whenever it happens; and nothing of what was sent is missing.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from complaints.models import Attachment, Case, Draft
from tests.browser.running_site import free_port
from tests.complaints.intake import specimens

#: The server of `runserver`, without reading all the code anew each time: one for each line.
SERVER = """
import os, sys
import django
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
django.setup()
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
site = get_wsgi_application()
get_resolver().url_patterns
for _line in sys.stdin:
    child = os.fork()
    if child == 0:
        server = ThreadedWSGIServer(("127.0.0.1", int(sys.argv[1])), WSGIRequestHandler)
        server.set_app(site)
        os.setpgid(0, 0)
        os.write(1, f"{os.getpid()}\\n".encode())
        server.serve_forever()
    os.waitpid(child, 0)
"""
#: When the server is killed: at the first byte of the answer, as soon as the case is stored and its
#: files are not, or after a part of the time that the first took.
ANSWERED, STORED = "answered", "stored"
MOMENTS = (ANSWERED, STORED, 0.0, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5)


@dataclass
class Browser:
    """Keeps its cookie whatever becomes of the server."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, data: Any = None) -> tuple[http.client.HTTPResponse, str]:
        with closing(self.connect(method, path, data)) as connection:
            response = connection.getresponse()
            for header in response.headers.get_all("Set-Cookie", []):
                name, _equals, value = header.partition(";")[0].partition("=")
                self.cookies[name] = value
            return response, response.read().decode()

    def connect(self, method: str, path: str, data: Any = None) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": MULTIPART_CONTENT}
        body = encode_multipart(BOUNDARY, data) if data is not None else None
        connection.request(method, path, body, headers)
        return connection


@dataclass
class Complaint:
    """A draft that waits on the check page, and the browser that has it."""

    browser: Browser
    words: str
    check: str
    seen: str

    @classmethod
    def begin(cls, port: int, words: str) -> Complaint:
        browser = Browser(port)
        files = [
            SimpleUploadedFile(name, specimens.PDF + f"{words} {name}".encode() * 5000)
            for name in ("one.pdf", "two.pdf")
        ]
        begun = {"description": words, "go": "next", "files": files}
        response, _page = browser.ask("POST", "/en/case/start/", begun)
        base = response.headers["Location"].removesuffix("wish/")
        you = {"email": "kim@example.com", "go": "check"}
        assert browser.ask("POST", f"{base}you/", you)[0].status == 302
        _response, page = browser.ask("GET", f"{base}check/")
        assert "two.pdf" in page
        return cls(browser, words, f"{base}check/", _hidden(page))

    def send(self) -> str:
        """Press Send, looking at what there is first; the reference of the confirmation."""
        _response, page = self.browser.ask("GET", self.check)
        seen = _hidden(page) if 'name="seen"' in page else ""
        _response, page = self.browser.ask("POST", self.check, {"go": "send", "seen": seen})
        found = re.search(r'id="case-reference" dir="ltr">([^<]+)<', page)
        assert found, page
        return found.group(1)

    def click(self, clicked: threading.Event, answered: threading.Event) -> None:
        """The last click, which may never be answered."""
        with suppress(OSError, http.client.HTTPException):
            sent = {"go": "send", "seen": self.seen}
            with closing(self.browser.connect("POST", self.check, sent)) as connection:
                clicked.set()
                assert connection.sock
                connection.sock.recv(1)
        clicked.set()
        answered.set()


def _hidden(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found, page
    return found.group(1)


@dataclass
class Site:
    """The reference site on a database of its own, to be killed and started again."""

    repository: Path
    folder: Path
    port: int
    parent: subprocess.Popen[str] = field(init=False)
    server: int = 0
    #: What the first of them took from the click to the answer.
    seconds: float = 0.0

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": f"sqlite:///{self.folder / 'site.sqlite3'}",
            "EMAIL_URL": f"filemail:///{self.folder}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "CLAMD_URL": "",
        }

    def manage(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.repository / "manage.py"), *arguments]

    def run(self, *arguments: str) -> None:
        command = self.manage(*arguments)
        subprocess.run(command, check=True, env=self.environment, stdout=subprocess.DEVNULL)

    def migrate(self) -> None:
        """A copy of the tests' own tables where they are SQLite's, made anew where they aren't."""
        tests = settings.DATABASES["default"]
        if "sqlite3" not in tests["ENGINE"]:
            return self.run("migrate", "-v0")
        target = self.folder / "site.sqlite3"
        with closing(sqlite3.connect(tests["NAME"])) as tables:
            tables.execute("VACUUM INTO ?", [str(target)])
        return None

    @contextmanager
    def nursery(self) -> Iterator[None]:
        """A process that has read all the code and serves nothing: servers come from it at once."""
        path = os.pathsep.join(map(str, (self.repository, self.repository / "site")))
        with (self.folder / "server.log").open("w") as log:
            self.parent = subprocess.Popen(
                [sys.executable, "-c", SERVER, str(self.port)],
                cwd=self.repository,
                env=self.environment | {"PYTHONPATH": path},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            with self.parent:
                yield
                assert self.parent.stdin
                self.parent.stdin.close()

    @contextmanager
    def serving(self) -> Iterator[None]:
        """A server in a group of its own; killed in the end, if it was not before."""
        assert self.parent.stdin
        assert self.parent.stdout
        self.parent.stdin.write("\n")
        self.parent.stdin.flush()
        self.server = int(self.parent.stdout.readline())
        try:
            self.wait_until_it_answers()
            yield
        finally:
            self.kill()

    def kill(self) -> None:
        """The whole group of the server, once, without a chance to tidy up."""
        server, self.server = self.server, 0
        if server:
            os.killpg(server, signal.SIGKILL)

    def wait_until_it_answers(self) -> None:
        for _time in range(600):
            with suppress(OSError):
                if Browser(self.port).ask("GET", "/healthz")[0].status == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError("no answer")

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "site.sqlite3", timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def cases(self, complaint: Complaint) -> list[tuple[Any, ...]]:
        return self.rows(
            f"SELECT id, reference FROM {Case._meta.db_table} WHERE description = ?",
            complaint.words,
        )

    def drafts(self, complaint: Complaint) -> list[tuple[Any, ...]]:
        public_id = complaint.check.split("/")[-3].replace("-", "")
        query = f"SELECT case_id FROM {Draft._meta.db_table} WHERE public_id = ?"
        return self.rows(query, public_id)

    def files(self, complaint: Complaint) -> list[str]:
        ((pk, _reference),) = self.cases(complaint)
        table = Attachment._meta.db_table
        query = f"SELECT name FROM {table} WHERE case_id = ? ORDER BY name"
        return [name for (name,) in self.rows(query, pk)]


def wait_for(site: Site, complaint: Complaint, moment: str | float) -> None:
    deadline = time.monotonic() + 30
    while moment == STORED and not site.cases(complaint) and time.monotonic() < deadline:
        time.sleep(0.001)
    if isinstance(moment, float):
        time.sleep(moment * site.seconds)


def send_and_kill(site: Site, number: int, moment: str | float) -> Complaint:
    with site.serving():
        complaint = Complaint.begin(site.port, f"The parcel was wet, for the {number}th time.")
        clicked, answered = threading.Event(), threading.Event()
        click = threading.Thread(target=complaint.click, args=(clicked, answered))
        click.start()
        clicked.wait(timeout=30)
        began = time.monotonic()
        if moment == ANSWERED:
            answered.wait(timeout=30)
            site.seconds = time.monotonic() - began
        wait_for(site, complaint, moment)
        site.kill()
        click.join(timeout=30)
    return complaint


@pytest.fixture
def site(db: None, repository: Path, tmp_path: Path) -> Site:
    site = Site(repository, tmp_path, free_port())
    site.migrate()
    return site


@pytest.mark.slow
@pytest.mark.requirement("10002-7.2")
def test_whenever_the_server_dies_the_case_is_there_once_or_the_draft_is(site: Site) -> None:
    with site.nursery():
        complaints = [send_and_kill(site, n, moment) for n, moment in enumerate(MOMENTS)]
    before = [site.cases(complaint) for complaint in complaints]
    for cases, complaint in zip(before, complaints, strict=True):
        # Exactly one of the two: a case that the draft has become, or a draft.
        assert site.drafts(complaint) == ([(cases[0][0],)] if cases else [(None,)])
        assert len(cases) <= 1
    assert [len(cases) for cases in before[:2]] == [1, 1], "what was answered was stored"
    site.run("run_clocks")
    for cases, complaint in zip(before, complaints, strict=True):
        if cases:
            assert site.files(complaint) == ["one.pdf", "two.pdf"]
    with site.nursery(), site.serving():
        for cases, complaint in zip(before, complaints, strict=True):
            references = {complaint.send(), complaint.send()}
            assert references == {reference for _pk, reference in cases or site.cases(complaint)}
            assert len(site.cases(complaint)) == 1
            assert site.files(complaint) == ["one.pdf", "two.pdf"]
