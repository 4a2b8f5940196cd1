"""Talking to a ClamAV daemon: a verdict, or an error that says that there is none."""

import socket
import threading

import pytest

from complaints.scanning import clamd as protocol
from complaints.scanning.clamd import Address, ScanFailed, Unreachable, find_harm
from tests.complaints.scanning.clamav import EICAR, SIGNATURE, Clamd, free_port

pytestmark = pytest.mark.requirement("SEC-FILE")


@pytest.mark.parametrize("way", [0, 1], ids=["socket", "network"])
@pytest.mark.parametrize(
    ("content", "harm"),
    [
        (b"Good words.", ""),
        (b"", ""),
        (EICAR, f"{SIGNATURE}.UNOFFICIAL"),
        (b"%PDF-1.7 " + bytes(3_000_000) + EICAR, f"{SIGNATURE}.UNOFFICIAL"),
    ],
    ids=["good", "empty", "harmful", "harmful inside of a large file"],
)
def test_a_real_daemon_finds_what_is_harmful(clamd, way, content, harm):
    chunks = [content[start : start + 65536] for start in range(0, len(content), 65536)]
    assert find_harm(Address.parse(clamd.urls[way]), chunks) == harm


def test_a_file_that_the_daemon_finds_too_large_has_no_verdict(clamd_path, tmp_path):
    with Clamd(clamd_path, tmp_path, stream_limit="1M") as small:
        address = Address.parse(small.urls[0])
        with pytest.raises(ScanFailed) as failure:
            find_harm(address, [bytes(65536)] * 64)
        assert not isinstance(failure.value, Unreachable)


@pytest.mark.parametrize("url", ["unix:///nowhere/clamd.ctl", "tcp://127.0.0.1:{port}"])
def test_a_daemon_that_is_not_there_is_told_apart(url):
    with pytest.raises(Unreachable):
        find_harm(Address.parse(url.format(port=free_port())), [b"words"])


@pytest.fixture
def talking():
    """A daemon that reads everything and answers as it is told, or not at all."""
    listeners = []

    def start(answer):
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve():
            connection, _from = listener.accept()
            with connection:
                received = b""
                while not received.endswith(b"\0\0\0\0"):
                    received += connection.recv(65536)
                if answer is None:
                    connection.recv(1)
                else:
                    connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return Address(host="127.0.0.1", port=listener.getsockname()[1])

    yield start
    for listener in listeners:
        listener.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"stream: O", b"stream: OK but", b"OK\0", b"stream: Eicar", b"\xff\xfe\0",
        b"INSTREAM size limit exceeded. ERROR\0", b"x" * 10_000,
    ],
)  # fmt: skip
def test_half_an_answer_sets_no_file_free(talking, answer):
    with pytest.raises(ScanFailed):
        find_harm(talking(answer), [b"words"])


def test_a_daemon_that_hangs_is_given_up(talking, monkeypatch):
    monkeypatch.setattr(protocol, "ANSWER_SECONDS", 0.2)
    with pytest.raises(ScanFailed, match="TimeoutError"):
        find_harm(talking(None), [b"words"])
