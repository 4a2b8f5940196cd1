"""HEIC without what can't be seen, while nothing in the file moves: what is not needed is zeroed.

A HEIC file is a tree of boxes (ISO base media). `meta` lists items: pictures and pieces of them,
previews, Exif, XMP. `iloc` says where the bytes of each are. Only bytes that belong to a picture
are kept; everything else in the data boxes is overwritten with zeros, and boxes that are not known
here become empty `free` ones. So a place for hidden data that nobody has thought of goes as well.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_OUTER = {b"ftyp", b"meta", b"mdat"}
_META = {b"hdlr", b"pitm", b"iinf", b"iref", b"iprp", b"iloc", b"idat", b"dinf", b"grpl"}
_IPRP = {b"ipco", b"ipma"}
#: What a picture needs to be shown: size, colours, turning, the decoder's settings.
_PROPERTIES = {
    b"ispe", b"pixi", b"colr", b"hvcC", b"lhvC", b"av1C", b"avcC", b"vvcC", b"jpgC", b"j2kH",
    b"auxC", b"irot", b"imir", b"clap", b"pasp", b"clli", b"mdcv", b"cclv", b"amve", b"lsel",
    b"rloc", b"tols", b"oinf", b"a1op", b"a1lx",
}  # fmt: skip
_PICTURES = {
    b"hvc1", b"lhv1", b"av01", b"avc1", b"vvc1", b"jpeg", b"j2k1", b"unci",
    b"grid", b"iovl", b"iden", b"tmap",
}  # fmt: skip
#: Far more than any telephone writes; a file that claims more only wants to keep us busy.
_MOST_BOXES = 5_000
_MOST_EXTENTS = 20_000
_MOST_DATA_BOXES = 16


class _Box(NamedTuple):
    kind: bytes
    start: int
    #: Where its content begins and ends.
    content: int
    end: int


class _Item(NamedTuple):
    number: int
    is_picture: bool
    #: Where its name and the like begin, and end.
    words: int
    end: int


class _Extent(NamedTuple):
    item: int
    #: 0: counted from the start of the file; 1: from the start of `idat`.
    method: int
    offset: int
    length: int


@dataclass(frozen=True)
class _Layout:
    outer: list[_Box]
    meta: list[_Box]
    properties: list[_Box]

    def in_meta(self, kind: bytes) -> _Box:
        found = [box for box in self.meta if box.kind == kind]
        if len(found) != 1:
            raise ValueError(f"not exactly one {kind!r}")
        return found[0]


def pixels_of_heic(data: bytes) -> int:
    """The largest of the pictures inside, as it says itself."""
    sizes = [box for box in _layout(data).properties if box.kind == b"ispe"]
    if not sizes:
        raise ValueError("no size")
    sides = (struct.unpack_from(">II", data, box.content + 4) for box in sizes)
    return max(width * height for width, height in sides)


def clean_heic(data: bytes) -> memoryview:
    """The same file, as long as before; raises ValueError or struct.error where it is damaged or
    where it can't be said which bytes are the picture."""
    layout = _layout(data)
    clean = bytearray(data)
    for boxes, known in ((layout.outer, _OUTER), (layout.meta, _META)):
        _empty_unknown(clean, boxes, known)
    _empty_unknown(clean, layout.properties, _PROPERTIES)
    items = list(_items(data, layout.in_meta(b"iinf")))
    for item in items:
        _forget_words(clean, item)
    kept = _picture_bytes(data, layout, {item.number for item in items if item.is_picture})
    holders = [b for b in (*layout.outer, *layout.meta) if b.kind in {b"mdat", b"idat"}]
    if len(holders) > _MOST_DATA_BOXES:
        raise ValueError("too many boxes")
    for box in holders:
        _zero_between(clean, box, kept)
    end = max(box.end for box in layout.outer)
    return memoryview(clean)[:end]


def _layout(data: bytes) -> _Layout:
    outer = list(_boxes(data, 0, len(data)))
    metas = [box for box in outer if box.kind == b"meta"]
    if len(metas) != 1 or outer[0].kind != b"ftyp":
        # A film, or a picture with a second list of items.
        raise ValueError("not exactly one list of items")
    # `meta` begins with a version and flags.
    meta = list(_boxes(data, metas[0].content + 4, metas[0].end))
    layout = _Layout(outer, meta, [])
    iprp = layout.in_meta(b"iprp")
    for box in _boxes(data, iprp.content, iprp.end):
        if box.kind not in _IPRP:
            raise ValueError("an unknown table of properties")
        if box.kind == b"ipco":
            layout.properties.extend(_boxes(data, box.content, box.end))
    return layout


def _boxes(data: bytes, position: int, end: int) -> Iterator[_Box]:
    for _number in range(_MOST_BOXES):
        if position >= end:
            return
        size, kind = struct.unpack_from(">I4s", data, position)
        content = position + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, content)
            content += 8
        elif size == 0:  # up to the end
            size = end - position
        if position + size > end or position + size < content:
            raise ValueError("a box is cut off")
        yield _Box(kind, position, content, position + size)
        position += size
    raise ValueError("too many boxes")


def _empty_unknown(clean: bytearray, boxes: list[_Box], known: set[bytes]) -> None:
    for box in boxes:
        if box.kind not in known:
            clean[box.start + 4 : box.start + 8] = b"free"
            clean[box.content : box.end] = bytes(box.end - box.content)


def _zero_between(clean: bytearray, box: _Box, kept: list[tuple[int, int]]) -> None:
    position = box.content
    for start, end in kept:
        if start < box.end and end > box.content:
            start, end = max(start, box.content), min(end, box.end)  # noqa: PLW2901
            clean[position : max(start, position)] = bytes(max(start - position, 0))
            position = max(position, end)
    clean[position : box.end] = bytes(box.end - position)


def _forget_words(clean: bytearray, item: _Item) -> None:
    """An item's name and the like; and what is no picture is no longer announced as anything."""
    if not item.is_picture:
        clean[item.words - 4 : item.words] = b"free"
    clean[item.words : item.end] = bytes(item.end - item.words)


def _picture_bytes(data: bytes, layout: _Layout, pictures: set[int]) -> list[tuple[int, int]]:
    """Where the bytes of the pictures are, from first to last."""
    idats = [box.content for box in layout.meta if box.kind == b"idat"]
    kept = []
    for extent in _extents(data, layout.in_meta(b"iloc")):
        if extent.item not in pictures:
            continue
        if not extent.length:
            raise ValueError("a picture without an end")
        base = 0 if extent.method == 0 else idats[0]
        kept.append((base + extent.offset, base + extent.offset + extent.length))
    if not kept:
        raise ValueError("no picture inside")
    return sorted(kept)


def _items(data: bytes, iinf: _Box) -> Iterator[_Item]:
    """The list of what is in the file: pictures, parts of pictures, and all else."""
    entries = iinf.content + (6 if data[iinf.content] == 0 else 8)
    for box in _boxes(data, entries, iinf.end):
        version = data[box.content]
        if box.kind != b"infe" or version not in {2, 3}:
            raise ValueError("an item of an unknown form")
        form = struct.Struct(">HH4s" if version == 2 else ">IH4s")
        number, _protection, kind = form.unpack_from(data, box.content + 4)
        words = box.content + 4 + form.size
        if words > box.end:
            raise ValueError("an item is cut off")
        yield _Item(number, kind in _PICTURES, words, box.end)


class _Reader:
    """Numbers of a given width, one after the other."""

    def __init__(self, data: bytes, position: int, end: int) -> None:
        self._data, self._position, self._end = data, position, end

    def take(self, width: int) -> int:
        start, self._position = self._position, self._position + width
        if self._position > self._end:
            raise ValueError("a table is cut off")
        return int.from_bytes(self._data[start : self._position], "big")


def _extents(data: bytes, iloc: _Box) -> Iterator[_Extent]:
    reader = _Reader(data, iloc.content, iloc.end)
    version = reader.take(1)
    reader.take(3)
    widths, more_widths = reader.take(1), reader.take(1)
    if version > 2:
        raise ValueError("an unknown table of places")
    index_width = more_widths & 15 if version else 0
    seen = 0
    for _item in range(reader.take(2 if version < 2 else 4)):
        item = reader.take(2 if version < 2 else 4)
        method = reader.take(2) & 15 if version else 0
        is_elsewhere = reader.take(2) > 0
        base = reader.take(more_widths >> 4)
        extents = reader.take(2)
        seen += extents
        if seen > _MOST_EXTENTS:
            raise ValueError("too many places")
        for _extent in range(extents):
            reader.take(index_width)
            offset, length = reader.take(widths >> 4), reader.take(widths & 15)
            # Of method 2 the bytes are those of other items, which are listed themselves.
            if not is_elsewhere and method < 2:
                yield _Extent(item, method, base + offset, length)
