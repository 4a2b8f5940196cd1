"""Files that people, and people with bad intent, send."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image, PngImagePlugin

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
GPS = 0x8825


def photo(kind: str, *, size: tuple[int, int] = (8, 4), orientation: int = 1) -> bytes:
    """A small picture that tells where it was taken, by whom and with what."""
    image = Image.new("RGB", size, "red")
    exif = image.getexif()
    exif[0x010F] = "SecretCameraMaker"
    exif[0x0112] = orientation
    exif.get_ifd(GPS)[2] = (52.0, 31.0, 12.0)
    out = io.BytesIO()
    options: dict[str, object] = {"exif": exif.tobytes()}
    if kind == "png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", "SecretAuthor")
        options["pnginfo"] = info
    if kind == "jpeg":
        options["comment"] = b"SecretComment"
    if kind == "webp":
        options["xmp"] = b"<x:xmpmeta>SecretAuthor</x:xmpmeta>"
    if kind == "gif":
        options = {}
    image.save(out, kind, **options)
    return out.getvalue()


def huge_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few bytes that claim to be an enormous picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def archive(members: Mapping[str, bytes], *, compressed: bool = True) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    return archive(parts | {name.replace("__", "/"): data for name, data in more.items()})


def odt() -> bytes:
    mimetype = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": mimetype, "content.xml": b"<office/>"}, compressed=False)


def bomb() -> bytes:
    """A document of some hundred kilobytes that unpacks to 210 megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        file.writestr("word/document.xml", b"<w:document/>")
        zeros = bytes(70 * 1024 * 1024)
        for number in range(3):
            file.writestr(f"word/media/{number}.bin", zeros)
    return out.getvalue()


HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0" + b"mif1heic" + b"\0" * 64
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML = b"Hello\n\n<p>text <script>alert(document.cookie)</script>"
