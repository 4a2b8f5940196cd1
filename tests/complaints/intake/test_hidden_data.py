"""What a picture tells beside what it shows is gone; what it shows is as before."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from complaints.intake.pictures import UnsafePicture, without_metadata
from complaints.intake.uploads import RefusedFile, check_upload
from tests.complaints.intake import specimens
from tests.complaints.intake.specimens import box, full_box, gif, gif_extension, heic

pytestmark = pytest.mark.requirement("SEC-FILE")


def cleaned(name, content):
    file = check_upload(SimpleUploadedFile(name, content)).content
    file.seek(0)
    return file.read()


def frames_of(image):
    return [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(image)]


XMP = gif_extension(0xFF, b"XMP DataXMP", b"<SecretAuthor>")
LOOP = gif_extension(0xFF, b"NETSCAPE2.0", b"\x01\x00\x00")


@pytest.mark.parametrize(
    "hidden",
    [
        gif_extension(0xFE, b"SecretComment"),
        XMP,
        gif_extension(0xFF, b"ICCRGBG1012", b"Secret"),
        gif_extension(0xFF, b"NETSCAPE2.0", b"\x01\x00\x00", b"Secret"),
        gif_extension(0x01, bytes(12), b"SecretText"),
        gif_extension(0xF9, b"\0\0\0\0", b"Secret"),
        gif_extension(0x77, b"SecretOfTheFuture"),
    ],
    ids=["comment", "xmp", "profile", "loop", "text", "timing", "unknown"],
)
def test_a_gif_loses_what_it_tells_and_keeps_its_frames(hidden):
    before = gif(hidden, behind=b"SecretBehind")
    after = cleaned("a.gif", before)
    assert b"Secret" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        frames = [
            [f.convert("RGB").tobytes() for f in ImageSequence.Iterator(i)] for i in (old, new)
        ]
        assert len(frames[1]) == 2
        assert frames[0] == frames[1]
        assert (new.info["loop"], new.info["duration"]) == (0, 100)


def test_a_gif_without_end_mark_gets_one():
    assert cleaned("a.gif", gif()[:-1]) == gif()


def test_a_heic_keeps_its_picture_and_nothing_else():
    before = heic(more_meta=box(b"uuid", b"SecretId"), behind=box(b"mpvd", b"SecretFilm"))
    after = cleaned("a.heic", before + box(b"free", b"SecretSpace"))
    assert b"Secret" not in after
    assert b"Exif" not in after
    # Nothing moved: the table of places still leads to the picture.
    at = before.index(b"the picture itself")
    assert after[at : at + 18] == b"the picture itself"
    assert after[at + 18 : before.index(b"mpvd") - 4] == bytes(before.index(b"mpvd") - 4 - at - 18)
    # How it is turned stays.
    assert box(b"irot", b"\1") in after


def test_a_picture_inside_of_the_table_is_kept_too():
    """Small parts, such as how the tiles are put together, lie in `idat`."""
    entries = [full_box(b"infe", 2, b"\0\1\0\0grid\0"), full_box(b"infe", 3, b"\0\0\0\2\0\0Exif\0")]
    iloc = full_box(
        b"iloc", 2, b"\x44\x40", (2).to_bytes(4, "big"),
        (1).to_bytes(4, "big"), b"\0\1\0\0", bytes(4), b"\0\1", b"\0\0\0\0\0\0\0\4",
        (2).to_bytes(4, "big"), b"\0\1\0\0", bytes(4), b"\0\1", b"\0\0\0\4\0\0\0\6",
    )  # fmt: skip
    iprp = box(b"iprp", box(b"ipco", full_box(b"ispe", 0, b"\0\0\0\x08\0\0\0\x08")))
    meta = full_box(
        b"meta", 0, full_box(b"iinf", 0, b"\0\2", *entries), iprp, iloc, box(b"idat", b"GRIDSecret")
    )
    after = cleaned("a.heic", specimens.HEIC[:24] + meta)
    assert b"GRID\0\0\0\0\0\0" in after


WHOLE = heic()
UNSAFE = {
    "no list of items": WHOLE[:24] + box(b"mdat", bytes(50)),
    "two lists of items": WHOLE + full_box(b"meta", 0, bytes(8)),
    "no picture": heic(parts={b"Exif": b"Secret"}),
    "cut off": WHOLE[:-10],
    "a picture without an end": heic(parts={b"hvc1": b""}),
    "two tables of places": heic(more_meta=full_box(b"iloc", 1, b"\x44\x00\0\0")),
    "many boxes": WHOLE + box(b"free") * 6000,
    "many boxes of data": WHOLE + box(b"mdat") * 20,
    "many places": WHOLE.replace(
        b"\x44\x00\0\4\0\1\0\0\0\0\0\1", b"\x44\x00\0\4\0\1\0\2\0\0\xff\xff"
    ),
}


@pytest.mark.parametrize("content", UNSAFE.values(), ids=UNSAFE.keys())
def test_a_heic_that_can_not_be_followed_is_refused_with_a_way_out(content):
    started = time.monotonic()
    with pytest.raises(RefusedFile, match="Save it as a JPEG and send that"):
        check_upload(SimpleUploadedFile("a.heic", content))
    assert time.monotonic() - started < 2


def mutations():
    """Changed bytes, cut or stretched, anywhere in a real file."""
    edit = st.tuples(st.integers(0, 2000), st.integers(0, 6), st.binary(max_size=6))
    return st.tuples(
        st.sampled_from([("heic", WHOLE), ("gif", gif(XMP)), ("webp", specimens.photo("webp"))]),
        st.lists(edit, min_size=1, max_size=6),
        st.integers(0, 2000),
    )


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=400, deadline=2000)
@given(mutations())
@example((("heic", WHOLE), [(0, 0, b"")], 0))
def test_a_damaged_picture_is_cleaned_or_refused_and_never_an_accident(mutation):
    (kind, content), edits, cut = mutation
    data = bytearray(content)
    for position, length, replacement in edits:
        data[position : position + length] = replacement
    data = bytes(data[: len(data) - cut] if cut < len(data) else data)
    try:
        after = b"".join(without_metadata(kind, data))
    except UnsafePicture:
        return
    assert len(after) <= len(data) + 32


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=300))
def test_boxes_of_nonsense_are_refused(noise):
    with pytest.raises(UnsafePicture):
        list(without_metadata("heic", WHOLE[:24] + full_box(b"meta", 0, noise)))
