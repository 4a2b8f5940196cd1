"""The site in two workers on a loopback port, for as long as the measuring lasts."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORTS = range(8060, 8070)
WORKERS = 2
PATIENCE = 120


def free_ports(number: int) -> list[int]:
    """The first ports of ours that nobody listens on."""
    free = []
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                free.append(port)
    if len(free) < number:
        raise RuntimeError("The ports of the benchmarks are taken.")
    return free[:number]


@contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[None]:
    """Start gunicorn with this added to the environment, wait until it answers, stop it in the
    end."""
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--chdir", str(ROOT / "site"),
        "--pythonpath", str(ROOT), "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        # One request at a time each, as the default; but it keeps connections open.
        "--worker-class", "gthread", "--threads", "1", "--keep-alive", "75",
        "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        _wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("The server of the benchmarks did not start.")
