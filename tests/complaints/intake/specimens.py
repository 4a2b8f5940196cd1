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
            file.writestr(zipfile.ZipInfo(name), content, file.compression)
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
        file.writestr(zipfile.ZipInfo("[Content_Types].xml"), b"<Types/>", file.compression)
        file.writestr(zipfile.ZipInfo("word/document.xml"), b"<w:document/>", file.compression)
        zeros = bytes(70 * 1024 * 1024)
        for number in range(3):
            file.writestr(f"word/media/{number}.bin", zeros)
    return out.getvalue()


EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML = b"Hello\n\n<p>text <script>alert(document.cookie)</script>"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, version: int, *parts: bytes) -> bytes:
    return box(kind, bytes([version, 0, 0, 0]), *parts)


#: What the parts of a HEIC picture hold; the first is the picture.
HEIC_PARTS = {
    b"hvc1": b"the picture itself",
    b"Exif": b"\0\0\0\0MM SecretCameraMaker 52.0 N 31.2 E",
    b"mime": b"<x:xmpmeta>SecretAuthor</x:xmpmeta>",
    b"xyz ": b"SecretOfAKindNobodyKnowsYet",
}


def heic(
    *,
    size: tuple[int, int] = (4032, 3024),
    parts: Mapping[bytes, bytes] = HEIC_PARTS,
    more_meta: bytes = b"",
    behind: bytes = b"",
    offset: int = 0,
) -> bytes:
    """As a telephone writes it: a picture among what it tells, its place found through a table."""
    kinds = list(parts)
    entries = [
        full_box(b"infe", 2, struct.pack(">HH4s", n, 0, kind), b"SecretName\0application/x\0")
        for n, kind in enumerate(kinds, 1)
    ]
    iinf = full_box(b"iinf", 0, struct.pack(">H", len(entries)), *entries)
    properties = [
        full_box(b"ispe", 0, struct.pack(">II", *size)),
        box(b"irot", b"\1"),
        full_box(b"udes", 0, b"SecretDescription\0"),
    ]
    iprp = box(b"iprp", box(b"ipco", *properties), full_box(b"ipma", 0, struct.pack(">I", 0)))
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(start: int) -> bytes:
        places, at = [], start
        for number, content in enumerate(parts.values(), 1):
            places.append(struct.pack(">HHHHII", number, 0, 0, 1, at + offset, len(content)))
            at += len(content)
        iloc = full_box(b"iloc", 1, b"\x44\x00", struct.pack(">H", len(places)), *places)
        return full_box(b"meta", 0, iinf, iprp, iloc, more_meta)

    # The place of the data depends on the length of the table, which doesn't depend on the place.
    start = len(ftyp) + len(meta(0)) + 8
    hole = b"SecretBetweenTheParts"
    return ftyp + meta(start) + box(b"mdat", *parts.values(), hole) + behind


HEIC = heic()


def gif(*extensions: bytes, behind: bytes = b"") -> bytes:
    """A small animation with something hidden before its first frame."""
    frames = [Image.new("RGB", (8, 4), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "gif", save_all=True, append_images=frames[1:], loop=0, duration=100)
    data = out.getvalue()
    start = 13 + (3 << (data[10] & 7) + 1)
    return data[:start] + b"".join(extensions) + data[start:] + behind


def gif_extension(label: int, *blocks: bytes) -> bytes:
    return bytes([0x21, label]) + b"".join(bytes([len(b)]) + b for b in blocks) + b"\0"
