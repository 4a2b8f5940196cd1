"""Asking a ClamAV daemon whether a file is harmful: its INSTREAM command over a plain socket.

The file goes over the connection, so the daemon may run anywhere and needs no right to read the
storage. See docs/dependencies.md for why this is no library.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

PORT = 3310
#: Until the daemon takes the connection, and for each step after that. Large documents take it
#: some seconds.
CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
_LENGTH = struct.Struct(">I")
_LONGEST_ANSWER = 4096


class ScanFailed(Exception):
    """There is no verdict on this file."""


class Unreachable(ScanFailed):
    """There will be none on any other file either, for now."""


@dataclass(frozen=True)
class Address:
    """Where the daemon listens: a path, or a host with a port."""

    path: str = ""
    host: str = ""
    port: int = PORT

    @classmethod
    def parse(cls, url: str) -> Address:
        """From `tcp://host:3310` or `unix:///run/clamd.ctl`; raises ValueError for all else."""
        parts = urlsplit(url)
        if parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc:
            return cls(path=parts.path)
        is_bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if parts.scheme == "tcp" and parts.hostname and is_bare:
            return cls(host=parts.hostname, port=parts.port or PORT)
        raise ValueError("Neither tcp://host:port nor unix:///path.")

    def connect(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        return connection


def find_harm(address: Address, chunks: Iterable[bytes]) -> str:
    """What the daemon calls the harm in a file; empty where it finds none. Raises `ScanFailed`."""
    try:
        connection = address.connect()
    except OSError as error:
        raise Unreachable(type(error).__name__) from error
    with connection:
        try:
            connection.settimeout(ANSWER_SECONDS)
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                if chunk:
                    connection.sendall(_LENGTH.pack(len(chunk)) + chunk)
            connection.sendall(_LENGTH.pack(0))
            answer = _answer(connection)
        except OSError as error:
            raise ScanFailed(type(error).__name__) from error
    return _harm_in(answer)


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < _LONGEST_ANSWER:
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            break
        received += part
    return received.rstrip(b"\0").decode(errors="replace").strip()


def _harm_in(answer: str) -> str:
    """Only what says so in full is a verdict: half an answer must not set a file free."""
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND") or "unknown"
    raise ScanFailed("The daemon gave no verdict.")
