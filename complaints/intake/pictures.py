"""Pictures people send: recognised, measured and cleaned without being decoded.

Cleaning copies only what is needed to show the picture. Where it was taken, with what, by whom, and
whatever else was put in or behind it, is left out; pixels are not touched.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from complaints.intake.gif import clean_gif
from complaints.intake.heic import clean_heic, pixels_of_heic

#: More than any camera in a pocket makes; a file that claims more is a bomb or of no use here.
MAX_PIXELS = 50_000_000
_ORIENTATION = 0x0112
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"pHYs", b"acTL", b"fcTL", b"fdAT", b"bKGD", b"cICP",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
# JFIF, colour profile, Adobe's colour transform. All other application segments go.
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}
_NEXT_JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class UnsafePicture(ValueError):
    """A picture that is not taken; the message is a sentence for the person who sent it."""


def picture_kind(head: bytes) -> str | None:
    """jpeg, png, gif, webp or heic by the first bytes of a file; None for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    return None


def without_metadata(kind: str, data: bytes) -> Iterator[bytes | memoryview]:
    """The same picture without hidden data, in pieces that are no copies where that is possible.

    Raises `UnsafePicture` if it is damaged or far too large, also after some pieces.
    """
    try:
        if kind == "heic":
            if pixels_of_heic(data) > MAX_PIXELS:
                raise UnsafePicture(_too_large())
            yield clean_heic(data)
            return
        orientation = _measure(kind, data)
        pieces = _CLEANERS[kind](memoryview(data))
        if kind == "jpeg":
            yield next(pieces)
            yield _orientation_segment(orientation)
        yield from pieces
    except UnsafePicture:
        raise
    except (struct.error, IndexError, ValueError) as error:
        raise UnsafePicture(_not_cleaned() if kind == "heic" else _damaged()) from error


def _not_cleaned() -> str:
    return _("The hidden data of this picture can't be removed. Save it as a JPEG and send that.")


def _damaged() -> str:
    return _("The picture is damaged and can't be opened.")


def _measure(kind: str, data: bytes) -> int:
    """Check the header alone (nothing is decoded) and give the picture's orientation, 1 to 8."""
    if kind == "webp" and _pixels_of_webp(data) > MAX_PIXELS:
        raise UnsafePicture(_too_large())
    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
            width, height = image.size
            orientation = image.getexif().get(_ORIENTATION, 1) if kind == "jpeg" else 1
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnsafePicture(_too_large()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error) as error:
        raise UnsafePicture(_damaged()) from error
    if width * height > MAX_PIXELS:
        raise UnsafePicture(_too_large())
    return orientation if orientation in range(1, 9) else 1


def _too_large() -> str:
    return _("The picture has more than 50 million pixels. Send a smaller copy of it.")


def _clean_jpeg(data: memoryview) -> Iterator[bytes | memoryview]:
    yield data[:2]
    position = 2
    while True:
        if data[position] != 0xFF:
            raise ValueError("no marker")
        marker = data[position + 1]
        if marker == 0xFF:  # fill byte
            position += 1
            continue
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, position + 2)
        segment = data[position : position + 2 + length]
        if length < 2 or len(segment) < length + 2:
            raise ValueError("a segment is cut off")
        if _is_needed(marker, bytes(segment[:16])):
            yield segment
        position += 2 + length
        if marker == 0xDA:  # the picture itself follows, up to the next marker
            found = _NEXT_JPEG_MARKER.search(data, position)
            end = found.start() if found else len(data)
            yield data[position:end]
            if not found:  # cut off at the end: the part that is there can still be seen
                break
            position = end
    # What comes after the end marker is no picture.
    yield b"\xff\xd9"


def _is_needed(marker: int, start: bytes) -> bool:
    if marker == 0xFE:  # comment
        return False
    if not 0xE0 <= marker <= 0xEF:
        return True
    # 0xE0 and 0xE2 also hold previews, perhaps of what was cut away.
    wanted = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE"}.get(marker, b"")
    return marker in _JPEG_KEPT and start[4:].startswith(wanted)


def _orientation_segment(orientation: int) -> bytes:
    """The one thing without which a phone's picture lies on its side."""
    if orientation == 1:
        return b""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(data: memoryview) -> Iterator[bytes | memoryview]:
    yield data[:8]
    position = 8
    while True:
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        if name in _PNG_KEPT:
            yield data[position:end]
        position = end
        if name == b"IEND":
            return


def _clean_webp(data: memoryview) -> Iterator[bytes | memoryview]:
    kept = [(name, content) for name, content in _riff_chunks(data) if name in _WEBP_KEPT]
    if not kept:
        raise ValueError("no picture inside")
    size = sum(8 + len(content) + len(content) % 2 for _name, content in kept)
    yield b"RIFF" + struct.pack("<I", size + 4) + b"WEBP"
    for name, content in kept:
        yield name + struct.pack("<I", len(content))
        if name == b"VP8X":
            # Bits 2 and 3 announce XMP and Exif, which are gone.
            yield bytes([content[0] & ~0b1100])
            yield content[1:]
        else:
            yield content
        yield b"\x00" * (len(content) % 2)


def _riff_chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    end = min(len(data), struct.unpack_from("<I", data, 4)[0] + 8)
    position = 12
    while position + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, position)
        chunk = data[position + 8 : position + 8 + length]
        if len(chunk) < length:
            raise ValueError("a chunk is cut off")
        yield name, chunk
        position += 8 + length + length % 2


def _pixels_of_webp(data: bytes) -> int:
    """What its header claims: reading it any further would make room for so many."""
    name, _length = struct.unpack_from("<4sI", data, 12)
    if name == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif name == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return int(width * height)


_CLEANERS = {"jpeg": _clean_jpeg, "png": _clean_png, "webp": _clean_webp, "gif": clean_gif}
