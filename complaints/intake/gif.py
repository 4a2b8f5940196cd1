"""GIF without what can't be seen: comments, XMP and other applications' data, hidden text."""

from __future__ import annotations

from collections.abc import Iterator

#: How often an animation is repeated; each with exactly this in it.
_LOOPS = (b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01")
_LOOP_LENGTH = 2 + 12 + 4 + 1
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_TIMING, _APPLICATION = 0xF9, 0xFF


def clean_gif(data: memoryview) -> Iterator[bytes | memoryview]:
    """The frames, their timing and the loop; raises ValueError or IndexError where it is damaged.

    What follows the end mark is no picture and goes too.
    """
    position = 13 + _colours(data[10])
    yield _part(data, 0, position)
    frames = 0
    # Some programs leave the end mark out.
    while position < len(data) and data[position] != _END:
        start = position
        if data[position] == _PICTURE:
            frames += 1
            position = _end_of_blocks(data, start + 10 + _colours(data[start + 9]) + 1)
            yield data[start:position]
        elif data[position] == _EXTENSION:
            position = _end_of_blocks(data, start + 2)
            if _is_needed(data, start, position):
                yield data[start:position]
        else:
            raise ValueError("neither a picture nor an extension")
    if not frames:
        raise ValueError("no picture inside")
    yield bytes([_END])


def _is_needed(data: memoryview, start: int, end: int) -> bool:
    if data[start + 1] == _TIMING:
        return end - start == 8
    is_loop = bytes(data[start + 2 : start + 16]) in _LOOPS and end - start == _LOOP_LENGTH
    return data[start + 1] == _APPLICATION and is_loop


def _colours(flags: int) -> int:
    """Bytes of the table of colours that follows."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _part(data: memoryview, start: int, end: int) -> memoryview:
    if end > len(data):
        raise ValueError("cut off")
    return data[start:end]


def _end_of_blocks(data: memoryview, position: int) -> int:
    """Blocks begin with their length; one without any is the last."""
    while length := data[position]:
        position += 1 + length
    return position + 1
