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


def without_metadata(kind: str, data: bytes) -> bytes:
    """The same picture without hidden data; raises `UnsafePicture` if damaged or far too large.

    HEIC is only recognised and GIF only measured: neither is changed.
    """
    if kind == "heic":
        return data
    orientation = _measure(kind, data)
    if kind == "gif":
        return data
    try:
        clean = _CLEANERS[kind](data)
    except (struct.error, IndexError, ValueError) as error:
        raise UnsafePicture(_damaged()) from error
    return _with_orientation(clean, orientation) if kind == "jpeg" else clean


def _damaged() -> str:
    return _("The picture is damaged and can't be opened.")


def _measure(kind: str, data: bytes) -> int:
    """Check the header alone (nothing is decoded) and give the picture's orientation, 1 to 8."""
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


def _clean_jpeg(data: bytes) -> bytes:
    out = bytearray(data[:2])
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
        if _is_needed(marker, segment):
            out += segment
        position += 2 + length
        if marker == 0xDA:  # the picture itself follows, up to the next marker
            found = _NEXT_JPEG_MARKER.search(data, position)
            end = found.start() if found else len(data)
            out += data[position:end]
            if not found:  # cut off at the end: the part that is there can still be seen
                break
            position = end
    # What comes after the end marker is no picture.
    return bytes(out + b"\xff\xd9")


def _is_needed(marker: int, segment: bytes) -> bool:
    if marker == 0xFE:  # comment
        return False
    if not 0xE0 <= marker <= 0xEF:
        return True
    # 0xE2 is also used for previews of other pictures in the same file.
    return marker in _JPEG_KEPT and (marker != 0xE2 or segment[4:15] == b"ICC_PROFILE")


def _with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """Put back the one thing without which a phone's picture lies on its side."""
    if orientation == 1:
        return jpeg
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def _clean_png(data: bytes) -> bytes:
    out = bytearray(data[:8])
    position = 8
    while True:
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        if name in _PNG_KEPT:
            out += data[position:end]
        position = end
        if name == b"IEND":
            return bytes(out)


def _clean_webp(data: bytes) -> bytes:
    body = bytearray()
    for name, content in _riff_chunks(data):
        if name not in _WEBP_KEPT:
            continue
        # Bits 2 and 3 announce XMP and Exif, which are gone.
        is_header = name == b"VP8X"
        chunk = bytes([content[0] & ~0b1100]) + content[1:] if is_header else content
        body += name + struct.pack("<I", len(chunk)) + chunk + b"\x00" * (len(chunk) % 2)
    if not body:
        raise ValueError("no picture inside")
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + bytes(body)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = min(len(data), struct.unpack_from("<I", data, 4)[0] + 8)
    position = 12
    while position + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, position)
        chunk = data[position + 8 : position + 8 + length]
        if len(chunk) < length:
            raise ValueError("a chunk is cut off")
        yield name, chunk
        position += 8 + length + length % 2


_CLEANERS = {"jpeg": _clean_jpeg, "png": _clean_png, "webp": _clean_webp}
