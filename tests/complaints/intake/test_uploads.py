"""Files are judged by what they are, cleaned of what they tell, and refused with a reason."""

import io
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints.intake.uploads import RefusedFile, check_upload, check_uploads, safe_name
from tests.complaints.intake import specimens

pytestmark = pytest.mark.requirement("SEC-FILE")


def upload(name, content):
    # What the browser says about the type is a claim, and here always a lie.
    return SimpleUploadedFile(name, content, content_type="image/png")


def read(checked):
    checked.content.seek(0)
    return checked.content.read()


TAKEN = [
    ("a.jpg", specimens.photo("jpeg"), "a.jpg", "image/jpeg"),
    ("a.JPEG", specimens.photo("jpeg"), "a.JPEG", "image/jpeg"),
    ("a.png", specimens.photo("png"), "a.png", "image/png"),
    ("a.gif", specimens.photo("gif"), "a.gif", "image/gif"),
    ("a.webp", specimens.photo("webp"), "a.webp", "image/webp"),
    ("IMG_1.HEIC", specimens.HEIC, "IMG_1.HEIC", "image/heic"),
    ("a.pdf", specimens.PDF, "a.pdf", "application/pdf"),
    ("ảnh.txt", "Xin chào, 안녕, مرحبا".encode(), "ảnh.txt", "text/plain"),
    ("a.txt", "Grüße".encode("latin-1"), "a.txt", "text/plain"),
    ("a.txt", "안녕하세요".encode("cp949"), "a.txt", "text/plain"),
    ("a.txt", "Hello".encode("utf-16"), "a.txt", "text/plain"),
    ("a.docx", specimens.docx(), "a.docx", "application/vnd.openxmlformats-officedocument."
     "wordprocessingml.document"),
    ("a.odt", specimens.odt(), "a.odt", "application/vnd.oasis.opendocument.text"),
    # The name says something else than the content: the content is right.
    ("page.html", specimens.photo("jpeg"), "page.jpg", "image/jpeg"),
    ("tool.exe", specimens.PDF, "tool.pdf", "application/pdf"),
    ("noname", b"Just words.", "noname.txt", "text/plain"),
    (".htaccess", b"Just words.", "htaccess.txt", "text/plain"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "kept_name", "content_type"), TAKEN)
def test_a_known_kind_is_taken_and_named_as_what_it_is(name, content, kept_name, content_type):
    checked = check_upload(upload(name, content))
    assert (checked.name, checked.content_type) == (kept_name, content_type)
    assert checked.size == len(read(checked)) > 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
def test_a_long_text_is_read_piece_by_piece(encoding):
    """Letters of several bytes lie across the borders of the pieces."""
    content = ("x" + "안녕하세요 " * 40_000).encode(encoding)
    assert check_upload(upload("long.txt", content)).content_type == "text/plain"


KIND = "This kind of file can't be taken."
DAMAGED = "The picture is damaged and can't be opened."
DOCUMENT = "The document is damaged and can't be opened."
REFUSED = [
    ("empty.txt", b"", "The file is empty."),
    ("report.docx", specimens.EXE, KIND),
    ("picture.svg", specimens.SVG, KIND),
    ("picture.txt", specimens.SVG, KIND),
    ("page.txt", specimens.HTML, KIND),
    ("page.txt", b"\n <!DOCTYPE HTML><b>x", KIND),
    ("page.txt", "<script>x</script>".encode("utf-16"), KIND),
    ("run.txt", b"#!/bin/sh\nrm -rf /", KIND),
    ("letter.txt", b"{\\rtf1 x}", KIND),
    ("binary.txt", b"words\x00more", KIND),
    ("unknown.dat", "Grüße".encode("latin-1"), KIND),
    ("things.zip", specimens.archive({"a.txt": b"x"}), KIND),
    ("sheet.docx", specimens.archive({"xl/workbook.xml": b"x"}), KIND),
    ("half.docx", specimens.docx()[:60], DOCUMENT),
    ("up.docx", specimens.docx(**{"..__..__etc__passwd": b"x"}), DOCUMENT),
    ("macro.docx", specimens.docx(word__vbaProject__bin=b"x", **{"word/vbaProject.bin": b"x"}),
     "The document holds macros. Save it as a PDF and send that."),
    ("bomb.docx", specimens.bomb(), "The document becomes far too large when it is opened."),
    ("huge.png", specimens.huge_png(),
     "The picture has more than 50 million pixels. Send a smaller copy of it."),
    ("wide.png", specimens.huge_png(2_000_000_000, 1),
     "The picture has more than 50 million pixels. Send a smaller copy of it."),
    ("cut.png", specimens.photo("png")[:40], DAMAGED),
    ("cut.jpg", specimens.photo("jpeg")[:30], DAMAGED),
    ("cut.webp", specimens.photo("webp")[:30], DAMAGED),
    ("gif.gif", b"GIF89a" + b"/*\x00\x00=alert(1)//", DAMAGED),
    ("page.jpg", b"\xff\xd8\xff<script>alert(1)</script>", DAMAGED),
    ("huge.heic", specimens.heic(size=(30_000, 30_000)),
     "The picture has more than 50 million pixels. Send a smaller copy of it."),
    ("film.heic", specimens.heic()[:24] + specimens.box(b"moov", bytes(40)),
     "The hidden data of this picture can't be removed. Save it as a JPEG and send that."),
    ("late.txt", b"words " * 20_000 + b"<script>alert(1)</script>", KIND),
    ("across.txt", b"x" * (64 * 1024 - 4) + b"<script>alert(1)</script>", KIND),
    ("spaces.txt", b" " * 70_000 + b"<!doctype html>", KIND),
    ("late.txt", ("words " * 20_000 + "<svg>").encode("utf-16"), KIND),
    ("late.txt", b"words " * 20_000 + b"\0", KIND),
    ("odd.txt", "words".encode("utf-16") + b"\0", KIND),
    ("late.dat", b"words " * 20_000 + b"\xff", KIND),
    ("cut.dat", "안녕".encode()[:-1], KIND),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED)
def test_anything_else_is_refused_with_a_reason(name, content, reason):
    with pytest.raises(RefusedFile) as refusal:
        check_upload(upload(name, content))
    assert refusal.value.reason.startswith(reason)
    assert refusal.value.name == name


def test_a_file_over_the_limit_is_refused_unread(settings):
    settings.CONDUCT_MAX_FILE_SIZE = 1024
    with pytest.raises(RefusedFile, match="The file is larger than 1"):
        check_upload(upload("a.pdf", specimens.PDF + bytes(1024)))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_picture_loses_what_it_tells_and_keeps_its_pixels(kind):
    before = specimens.photo(kind) + b"<?php hidden(); ?>"
    assert b"Secret" in before
    after = read(check_upload(upload(f"a.{kind}", before)))
    assert b"Secret" not in after
    assert b"php" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert dict(old.getexif().get_ifd(specimens.GPS)) != {}
        assert dict(new.getexif().get_ifd(specimens.GPS)) == {}
        assert old.tobytes() == new.tobytes()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_phones_picture_stays_upright(orientation):
    after = read(check_upload(upload("a.jpg", specimens.photo("jpeg", orientation=orientation))))
    with Image.open(io.BytesIO(after)) as image:
        assert image.getexif().get(0x0112, 1) == orientation


def test_a_progressive_picture_with_several_scans_survives():
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(out, "jpeg", progressive=True)
    after = read(check_upload(upload("a.jpg", out.getvalue())))
    with Image.open(io.BytesIO(out.getvalue())) as old, Image.open(io.BytesIO(after)) as new:
        assert old.tobytes() == new.tobytes()


def test_a_picture_that_is_a_document_too_is_a_picture_only():
    both = specimens.photo("jpeg") + specimens.docx()
    after = read(check_upload(upload("both.docx", both)))
    assert b"PK\x03\x04" not in after


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kim\\photo.jpg", "photo.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("사진 (1).jpg", "사진 (1).jpg"),
        ("x" * 300 + ".jpeg", "x" * 110 + ".jpeg"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_names_are_shown_and_stored_without_tricks(typed, name):
    assert safe_name(typed) == name


def test_of_too_many_files_the_first_are_taken(settings):
    settings.CONDUCT_MAX_FILES = 2
    files = [upload(f"{n}.txt", b"words") for n in range(4)]
    kept, refused = check_uploads(files, already=1)
    assert [f.name for f in kept] == ["0.txt"]
    assert [f.name for f in refused] == ["1.txt", "2.txt", "3.txt"]
    assert refused[0].reason == "Only 2 files can be sent at once."


def scanner(checked):
    if b"EICAR" in checked.content.read():
        raise RefusedFile(checked.name, "The file holds a virus.")


def test_a_scanner_of_the_host_can_refuse_a_file(settings):
    settings.CONDUCT_FILE_CHECKS = [f"{__name__}.scanner"]
    checked = check_upload(upload("a.txt", b"good words"))
    assert read(checked) == b"good words"
    with pytest.raises(RefusedFile, match="virus"):
        check_upload(upload("a.txt", b"EICAR"))


def damaged(random, content):
    """Some bytes changed, cut out or added."""
    data = bytearray(content)
    for _ in range(random.randint(1, 10)):
        at = random.randrange(len(data) + 1)
        data[at : at + random.choice([0, 1, 1, 20])] = random.randbytes(random.choice([0, 1, 1, 8]))
    return bytes(data) or b"x"


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_a_damaged_file_is_taken_or_refused_and_never_an_accident():
    random = Random(7)
    seen = set()
    for _ in range(2000):
        content = damaged(random, random.choice(TAKEN)[1])
        try:
            seen.add(check_upload(upload("a.bin", content)).content_type)
        except RefusedFile as refusal:
            seen.add(refusal.reason)
    assert {"image/jpeg", "image/png", DAMAGED, DOCUMENT} < seen
