"""What people, programs and bad luck put into a form: kept as typed and never an error."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.intake.complaint_form import ComplaintForm
from complaints.models import Case
from tests.complaints.intake import specimens
from tests.complaints.intake.drafting.test_steps import pdf
from tests.complaints.intake.drafting.walking import begin, ready, slug_of, the_case
from tests.complaints.intake.sending import WORDS, text_of

pytestmark = pytest.mark.django_db

NAMES = [
    "O", "م", "김", "安", "Ö",
    "Nguyễn Thị Ánh Tuyết", "김민지", "李小龍", "محمد بن عبد الله", "Владимир", "अनिता देवी",
    "Jean-Luc d’Arc", "Björk Guðmundsdóttir", "María José y O'Neill-Smith 3rd",
    # Composed from single marks, as some keyboards send it: neither changed nor refused.
    unicodedata.normalize("NFD", "Nguyễn Thị Ánh"),
    "👩‍👩‍👧 family",
]  # fmt: skip


@pytest.mark.requirement("I18N-3")
@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_a_name(name: str) -> None:
    walk = begin()
    walk.fill(you={"name": name, "email": "kim@example.com"})
    assert f"<bdi>{name}</bdi>" in text_of(walk.get("check")).replace("&#x27;", "'")
    walk.send()
    assert the_case().complainant.name == name


@pytest.mark.requirement("I18N-3")
@pytest.mark.parametrize("phone", ["+84 24 3825 0000", "٠١٢٣٤", "०१२३", "(0)20/123-4 ext. 5"])
def test_every_way_to_write_a_telephone_number_is_taken(phone: str) -> None:
    walk = begin()
    walk.fill(you={"phone": phone})
    walk.send()
    assert the_case().complainant.phone == phone


CHARACTERS = ["a", "ế", "한", "漢", "😀", "م"]


@pytest.mark.requirement("I18N-3")
@pytest.mark.parametrize("character", CHARACTERS)
def test_limits_count_characters_in_every_script(character: str) -> None:
    walk = ready()
    text = character * 39_999 + "\r\n" + character
    response = walk.post("problem-1", description=text)
    assert response.status_code == 422
    assert "This text has 40001 characters; 40000 can be sent." in text_of(response)
    assert len(walk.answers().raw("problem-1")["description"][0]) == 40_002
    assert Case.objects.count() == 0
    walk.post("problem-1", description=character * 39_998 + "\r\n" + character)
    walk.send()
    assert the_case().description == character * 39_998 + "\n" + character


def test_nine_problems_of_the_greatest_length_are_one_case() -> None:
    walk = ready(description="😀" * 40_000)
    for number in range(1, 9):
        walk.post(f"problem-{number}", "another", description="😀" * 40_000)
    walk.post("problem-9", "check", description="😀" * 40_000)
    walk.send()
    assert len(the_case().description) == 9 * 40_003 + 8 * 2


#: Zero-width and direction marks, a mark alone, a line separator, noncharacters, markup.
STRANGE = [
    "a\u200bb\u200cc\u200dd\ufeffe",
    "\u202eevil\u202c \u2066isolated\u2069 \u200f\u061c",
    "\u0301\u0301\u0301 Z\u0351\u036b\u0343",
    "line\u2028paragraph\u2029end",
    "\ufffe\uffff\U0010ffff \ue000",
    "<script>alert(1)</script> {{ x }} {% load %} %(name)s %s \\ ' \" ` $",
    "'; DROP TABLE complaints_case; --",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_characters_stay_as_typed_and_are_shown_apart(text: str) -> None:
    walk = ready(description=text)
    page = walk.get("check").content.decode()
    assert "<script>alert" not in page
    walk.send()
    case = the_case()
    assert case.description == text.strip()
    assert case.original_is_intact


def test_what_breaks_things_is_left_out_of_the_case_and_kept_in_the_draft() -> None:
    walk = ready()
    walk.post("problem-1", description="a\x00b\x07c\r\nd\re\x1b[31m")
    assert walk.answers().raw("problem-1")["description"] == ["a\x00b\x07c\r\nd\re\x1b[31m"]
    walk.send()
    assert the_case().description == "abc\nd\ne[31m"


LINES = [
    name
    for name, field in ComplaintForm.base_fields.items()
    if type(field).__name__ in {"LineField", "PhoneField"}
]
INJECTED = "123\r\nBcc: a@evil.x\r\n\x00\x0b\x0c\x1c\x85"


@pytest.mark.parametrize("field", LINES)
def test_no_line_can_become_two(field: str) -> None:
    form = ComplaintForm({"description": WORDS, "email": "a@b.example", field: INJECTED})
    form.is_valid()
    assert form.errors.get(field) is None
    assert form.cleaned_data[field] == "123 Bcc: a@evil.x"


@pytest.mark.parametrize("field", ["email", "notice_email", "representative_email"])
def test_an_address_with_a_line_break_is_no_address(field: str) -> None:
    for address in (
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\nc@d.example",
        "a\x00@b.c,d@e.f",
    ):
        form = ComplaintForm({"description": WORDS, "phone": "12345", field: address})
        assert field in form.errors


def test_nothing_typed_becomes_a_header_of_a_mail(django_capture_on_commit_callbacks: Any) -> None:
    walk = ready(description=f"Subject: x\r\nBcc: all@evil.example\r\n\r\n{INJECTED}")
    walk.fill(you={"name": INJECTED, "address_as": INJECTED, "email": "kim@example.com"})
    with django_capture_on_commit_callbacks(execute=True):
        walk.send()
    assert [m.to for m in mail.outbox if m.to == ["kim@example.com"]] == [["kim@example.com"]]
    for message in mail.outbox:
        head = message.message()
        assert (head["Bcc"], head["Cc"]) == (None, None)
        assert "\n" not in message.subject
        assert "evil" not in str(head["Subject"])
        assert "evil" not in ",".join(message.recipients())


def polyglot() -> bytes:
    """A picture to one program, an archive with a script to another."""
    return specimens.photo("gif") + specimens.archive({"run.js": b"alert(1)"})


BAD_FILES = {
    "zip bomb": ("letter.docx", specimens.bomb),
    "huge picture": ("photo.png", specimens.huge_png),
    "program": ("report.docx", lambda: specimens.EXE),
    "drawing with a script": ("photo.png", lambda: specimens.SVG),
    "page with a script": ("notes.txt", lambda: specimens.HTML),
    "empty": ("empty.pdf", lambda: b""),
}


@pytest.mark.requirement("SEC-FILE")
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_refused_file_is_told_and_loses_neither_words_nor_other_files(kind: str) -> None:
    name, content = BAD_FILES[kind]
    walk = ready()
    bad = SimpleUploadedFile(name, content())
    response = walk.post("problem-1", description="New words", files=[pdf(), bad])
    assert f"<bdi>{name}</bdi>:" in text_of(response)
    assert response.status_code == 200
    assert walk.answers().raw("problem-1") == {"description": ["New words"]}
    assert [f.name for f in walk.files()] == ["letter.pdf"]
    assert "We have your complaint" in text_of(walk.send())
    assert [a.name for a in the_case().attachments.all()] == ["letter.pdf"]


@pytest.mark.requirement("SEC-FILE")
def test_a_file_that_is_two_things_is_kept_as_the_harmless_one_or_not_at_all() -> None:
    walk = ready()
    walk.post("problem-1", "files", description=WORDS, files=SimpleUploadedFile("x", polyglot()))
    walk.send()
    for attachment in the_case().attachments.all():
        assert attachment.content_type == "image/gif"
        assert b"run.js" not in attachment.file.read()


def test_fifty_files_in_a_step_are_five_and_the_others_are_named() -> None:
    walk = ready()
    files = [SimpleUploadedFile(f"{n}.txt", f"page {n}".encode()) for n in range(50)]
    response = walk.post("problem-1", description=WORDS, files=files)
    assert text_of(response).count("Only 5 files can be sent at once.") == 45
    assert len(walk.files()) == 5
    again = walk.post("problem-1", description=WORDS, files=[pdf()])
    assert "Only 5 files can be sent at once." in text_of(again)


@pytest.mark.parametrize("slug", ["problem-1", "acting", "check"])
def test_more_than_the_server_reads_gets_a_sentence_and_loses_nothing(slug: str) -> None:
    walk = ready(product="Umbrella")
    seen = "x"
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(150)]
    for typed in ({"files": many}, {"description": "x" * 3_000_000}, {"f": ["x"] * 10_001}):
        response = walk.post(slug, seen=seen, **typed)
        assert response.status_code == 413
        assert "That was too much at once" in text_of(response)
    assert walk.answers().raw("problem-1") == {"description": [WORDS], "product": ["Umbrella"]}


NAMES_OF_FILES = [
    ("../../etc/passwd", "passwd.pdf"),
    ("a\r\nSet-Cookie: x=y.pdf", None),
    ("\u202efdp.exe", "fdp.pdf"),
    ("x" * 500 + ".pdf", None),
    ("계약서 سند.pdf", "계약서 سند.pdf"),
]


@pytest.mark.parametrize(("typed", "kept"), NAMES_OF_FILES)
def test_names_of_files_are_only_names(typed: str, kept: str | None) -> None:
    walk = ready()
    content = io.BytesIO(specimens.PDF)
    content.name = typed
    walk.post("problem-1", "files", description=WORDS, files=content)
    (file,) = walk.files()
    assert kept is None or file.name == kept
    assert (len(file.name) <= 124, "\n" in file.name, "/" in file.name) == (True, False, False)
    walk.send()
    assert the_case().attachments.get().name == file.name


@pytest.mark.parametrize("code", ["\x00", "a" * 100_000, "'--", "\u202e", ",".join("abc" * 50_000)])
@pytest.mark.parametrize("field", ["category", "promise", "categories", "chosen", "remedies"])
def test_codes_that_nobody_offered_are_no_errors_of_the_server(field: str, code: str) -> None:
    walk = begin(go="check", **{field: code})
    slug = "wish" if field == "remedies" else "problem-1"
    walk.post(slug, "check", description=WORDS, **{field: code})
    for page in (walk.get(slug), walk.get("check"), walk.get("you")):
        assert page.status_code == 200
    assert slug_of(walk.post("you", phone="12345")) == "acting"
