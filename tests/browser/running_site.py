"""The reference site as people run it: a process of its own, with the demo and a folder of mail."""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.migrated_once import kept_file

START_SECONDS = 60


@dataclass(frozen=True)
class RunningSite:
    """Where it is and where its mail goes."""

    url: str
    mail: Path
    environment: Mapping[str, str]

    def make(self, function: str) -> None:
        """Let a function without arguments, named by its dotted path, make rows on this site."""
        module, _dot, name = function.rpartition(".")
        script = f"from {module} import {name}; {name}()"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
        folder = Path(__file__).resolve().parents[2]
        subprocess.run(command, check=True, env=self.environment, cwd=folder)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Every message to an address, oldest first."""
        messages = []
        for path in sorted(self.mail.glob("*.log"), key=lambda p: p.stat().st_mtime_ns):
            for part in re.split(rb"\n-{79}\n", path.read_bytes()):
                message = email.message_from_bytes(part.strip(), policy=email.policy.default)
                if address in str(message.get("To", "")):
                    messages.append(message)
        return messages


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@contextmanager
def running_site(repository: Path, folder: Path) -> Iterator[RunningSite]:
    """Migrate, load the demo and serve it from a database of its own; stop it at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    mail = folder / "mail"
    mail.mkdir()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        # Three slashes and an absolute path: the first is the separator.
        "EMAIL_URL": f"filemail:///{mail}",
        "MEDIA_ROOT": str(folder / "media"),
        "WAGTAILADMIN_BASE_URL": url,
    }
    if kept_file().exists():
        shutil.copyfile(kept_file(), folder / "site.sqlite3")  # saves migrating
    manage = [sys.executable, str(repository / "manage.py")]
    for command in (["migrate", "-v0"], ["demo"]):
        subprocess.run([*manage, *command], check=True, env=environment, stdout=subprocess.DEVNULL)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*manage, "runserver", f"127.0.0.1:{port}", "--noreload", "--skip-checks"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(url, server)
            yield RunningSite(url, mail, environment)
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended while starting"
        try:
            with urlopen(f"{url}/readyz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise TimeoutError(f"no answer from {url} within {START_SECONDS} s")
