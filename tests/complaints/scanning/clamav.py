"""A real ClamAV daemon of the test's own, which knows one harmful file: the EICAR test file."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

# In two halves, so that no scanner takes this file for it.
EICAR = (
    b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
)  # fmt: skip
SIGNATURE = "Eicar.Test"


def find_clamd() -> str | None:
    """Debian keeps it where only root looks."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Clamd:
    """Starts with the block and ends with it."""

    def __init__(self, program: str, folder: Path, *, stream_limit: str = "25M") -> None:
        self.socket, self.port = folder / "clamd.ctl", free_port()
        signatures = folder / "signatures"
        signatures.mkdir()
        (signatures / "own.hdb").write_text(
            f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:{SIGNATURE}\n"
        )
        # The same inside of another file.
        (signatures / "own.ndb").write_text(f"{SIGNATURE}:0:*:{EICAR.hex()}\n")
        config = folder / "clamd.conf"
        config.write_text(
            f"Foreground yes\nDatabaseDirectory {signatures}\nOfficialDatabaseOnly no\n"
            f"LocalSocket {self.socket}\nTCPSocket {self.port}\nTCPAddr 127.0.0.1\n"
            f"TemporaryDirectory {folder}\nStreamMaxLength {stream_limit}\n"
            f"LogFile {folder / 'clamd.log'}\nMaxThreads 2\nConcurrentDatabaseReload no\n"
        )
        self._command = [program, f"--config-file={config}"]
        self._log = folder / "output.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def urls(self) -> list[str]:
        return [f"unix://{self.socket}", f"tcp://127.0.0.1:{self.port}"]

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, env={"PATH": os.environ["PATH"]}
            )
        try:
            self._wait_until_it_answers(time.monotonic() + 60)
        except BaseException:
            self.stop()
            raise
        return self

    def _wait_until_it_answers(self, latest: float) -> None:
        assert self._process is not None
        while time.monotonic() < latest and self._process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                    connection.sendall(b"zPING\0")
                    if connection.recv(16) == b"PONG\0":
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"clamd did not start:\n{self._log.read_text()}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
