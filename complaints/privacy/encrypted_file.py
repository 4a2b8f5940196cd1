"""Files at rest: encrypted piece by piece, so that a large file never has to fit into memory.

Each piece is one Fernet token and carries its place in the file and whether it is the last one:
pieces that were swapped, left out or cut off are noticed.
"""

from __future__ import annotations

import io
import struct
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.base import File

from complaints.privacy.encryption import DecryptionError, decrypt_bytes, encrypt_bytes

PIECE = 64 * 1024
_PLACE = struct.Struct(">I?")
_LENGTH = struct.Struct(">I")


def encrypted(file: File) -> File:
    """What to store for a file: a temporary file on disk that only holds what is encrypted."""
    # The caller's storage reads it to its end; it vanishes when nobody holds it any more.
    out = tempfile.TemporaryFile()  # noqa: SIM115
    pieces = _pieces(file)
    piece, number = next(pieces, b""), 0
    while True:
        following = next(pieces, None)
        token = encrypt_bytes(_PLACE.pack(number, following is None) + piece)
        out.write(_LENGTH.pack(len(token)) + token)
        if following is None:
            break
        piece, number = following, number + 1
    out.seek(0)
    return File(out)


def _pieces(file: File) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def decrypted(stored: IO[bytes] | File, *, size: int) -> File:
    """The file behind what `encrypted` gave, decrypted as it is read."""
    return _DecryptedFile(io.BufferedReader(_Decrypting(stored), PIECE), size)


class _DecryptedFile(File):
    def __init__(self, file: Any, size: int) -> None:
        super().__init__(file)
        self.size = size


class _Decrypting(io.RawIOBase):
    """Reads forwards; going back is possible to the start only, which is all that storages do.

    A wrong key or damage is an `OSError` here, as it is for any other file that can't be read.
    """

    def __init__(self, stored: IO[bytes] | File) -> None:
        self._stored = stored
        self._rewind()

    def _rewind(self) -> None:
        self._stored.seek(0)
        self._rest, self._number, self._position, self._is_over = b"", 0, 0, False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset if whence == io.SEEK_SET else self._position + offset
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("The end is only known when it was read.")
        if target < self._position:
            self._rewind()
        while self._position < target and self._fill():
            step = min(target - self._position, len(self._rest))
            self._rest, self._position = self._rest[step:], self._position + step
        return self._position

    def readinto(self, buffer: Any) -> int:
        if not self._fill():
            return 0
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest, self._position = self._rest[count:], self._position + count
        return count

    def _fill(self) -> bool:
        """Decrypt the next piece when the last is used up; False at the end."""
        while not self._rest and not self._is_over:
            self._rest = self._next_piece()
        return bool(self._rest)

    def _next_piece(self) -> bytes:
        head = self._stored.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise OSError("An encrypted file is cut off.")
        (length,) = _LENGTH.unpack(head)
        if length > 2 * PIECE:
            raise OSError("An encrypted file is damaged.")
        try:
            data = decrypt_bytes(self._stored.read(length))
        except DecryptionError as error:
            raise OSError("An encrypted file can't be read.") from error
        number, self._is_over = _PLACE.unpack_from(data)
        if number != self._number:
            raise OSError("An encrypted file is not in order.")
        self._number += 1
        return data[_PLACE.size :]

    def close(self) -> None:
        if not self.closed:
            self._stored.close()
        super().close()
