"""The signature of a receipt: what it forgives, and that nothing else gets past it."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.intake.receipt_signature import Result, boundary, check, normal, sign

REFERENCE = "C-7K4Q-2M9X"
AT = datetime(2026, 11, 24, 17, 54, 23, tzinfo=UTC)
BODY = (
    "Parcel Post\nReceipt for a complaint\n\nReference: C-7K4Q-2M9X\n\n"
    "What happened:\nThe parcel, no. 4711, lay in the rain for 3 days.\n"
    "소포가 비를 맞았습니다. وصل الطرد مبتلا. Ça alors: the café’s ① invoice!\n"
)


def signature(body: str = BODY, reference: str = REFERENCE):
    sent = hashlib.sha256(b"what was written").hexdigest()
    return sign(body, reference=reference, received_at=AT, length=60, sent_hash=sent)


def receipt(body: str = BODY, *, reference: str = REFERENCE, signed: str | None = None) -> str:
    """A text receipt around a body; `signed` is what the code was made for, if not the body."""
    made = signature(body if signed is None else signed, reference)
    line = boundary(reference)
    code = "\n".join(made.lines)
    head, tail = f"Reference: {reference}\nKey: K\n", f"Signature\nCode:\n{code}\n"
    return f"{head}\n{line}\n\n{body}\n\n{line}\n\n{tail}"


def test_a_whole_receipt_is_genuine_and_says_what_it_says():
    found = check(receipt())
    assert found.result == Result.UNCHANGED
    assert found.says == signature().says
    assert (found.says.reference, found.says.received_at, found.says.length) == (REFERENCE, AT, 60)
    assert found.says.sent_hash == hashlib.sha256(b"what was written").hexdigest()


@pytest.mark.requirement("10002-C")
@pytest.mark.parametrize(
    "handled",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFC", text),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  "),
        lambda text: " ".join(text.split()),
        lambda text: re.sub(r"(\S+ \S+) ", r"\1\n", text),
        lambda text: "\n".join(f"   {line}  " for line in text.split("\n")),
        lambda text: text.replace("Key: K", "Key: ■■■■"),
        lambda text: text.partition("\n\n")[2],
        lambda text: "A mail said:\n\n" + text + "\n-- \nParcel Post",
    ],
)
def test_what_mail_programs_editors_and_careful_people_do_is_forgiven(handled):
    assert check(handled(receipt())).result == Result.UNCHANGED


@pytest.mark.requirement("10002-C")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rain", "ruin"),
        ("rain", "Rain"),
        ("3 days", "8 days"),
        ("4711", "471 1"),
        ("lay in", "layin"),
        (", no.", " no."),
        ("days.", "days"),
        ("days.", "days.."),
        ("rain", "ra\u200bin"),
        ("rain", "\u202erain\u202c"),
        ("rain", "r\u0430in"),
        ("rain", "rai\u0301n"),
        ("rain", "ra\u00adin"),
        ("café", "cafe"),
        ("①", "1"),
        ("’", "'"),
        ("비를", "비름"),
        ("الطرد", "الطردة"),
        ("مبتلا", "مبتلاً"),
        ("Receipt for a complaint\n", ""),
        ("The parcel, no. 4711", "No. 4711, the parcel"),
        ("Reference: C-7K4Q-2M9X\n", "Reference: C-7K4Q-2M9Y\n"),
        ("What happened:", "We pay 1,000.\nWhat happened:"),
    ],
)
def test_a_change_of_any_kind_is_noticed(old, new):
    assert BODY.count(old) == 1
    found = check(receipt(BODY.replace(old, new), signed=BODY))
    assert (found.result, found.says) == (Result.CHANGED, signature().says)


def test_every_single_character_of_the_text_counts():
    results = {
        check(receipt(BODY[:at] + "\u25a0" + BODY[at + 1 :], signed=BODY)).result
        for at in range(len(BODY))
    }
    assert results == {Result.CHANGED}


def test_every_single_character_of_the_code_counts():
    code = signature().code
    results = set()
    for at, character in enumerate(code):
        other = "A" if character != "A" else "B"
        for changed in (code[:at] + other + code[at + 1 :], code[:at] + code[at + 1 :]):
            results.add(check(changed).result)
    assert results == {Result.NOT_OURS}
    assert check(code).result == Result.CODE_ONLY


@pytest.mark.parametrize(
    "typed", [lambda code: code, lambda code: f"\n {code[:50]}\r\n{code[50:]} ", "\t".join]
)
def test_the_code_alone_is_enough_however_its_lines_break(typed):
    found = check(typed(signature().code))
    assert (found.result, found.says) == (Result.CODE_ONLY, signature().says)


@pytest.mark.parametrize(
    "words", ["", "hello", "C-7K4Q-2M9X", "=" * 5000, "\x00", boundary(REFERENCE)]
)
def test_anything_else_is_not_ours(words):
    assert (check(words).result, check(words).says) == (Result.NOT_OURS, None)


def test_a_text_without_its_two_lines_is_never_called_unchanged():
    line = boundary(REFERENCE)
    for text in (
        receipt().replace(line, ""),
        receipt().replace(line, "", 1),
        f"We pay. {receipt()[-200:]}",
    ):
        assert check(text).result == Result.INCOMPLETE


def test_words_that_look_like_a_receipt_do_not_fool_the_check():
    other = receipt("Something else.", reference="C-0000-0000")
    inside = f"{BODY}\n{boundary(REFERENCE)}\n{signature().code}\n{other}"
    assert check(receipt(inside)).result == Result.UNCHANGED
    assert check(receipt(inside.replace("rain", "ruin"), signed=inside)).result == Result.CHANGED


def test_a_code_does_not_fit_another_receipt():
    one, other = receipt(), receipt("We pay 1,000.")
    tail = signature().code
    assert check(other.partition("Code:")[0] + tail).result == Result.CHANGED
    elsewhere = receipt("We pay 1,000.", reference="C-0000-0000").partition("Code:")[0] + tail
    assert check(elsewhere).result == Result.INCOMPLETE
    assert check(one).result == Result.UNCHANGED


def test_text_put_around_a_genuine_receipt_is_inside_of_no_line():
    # What the answer says: only what stands between the lines was checked.
    assert check(f"We pay 1,000.\n{receipt()}").result == Result.UNCHANGED
    again = f"{boundary(REFERENCE)}\nWe pay 1,000.\n{receipt()}"
    assert check(again).result == Result.CHANGED


def test_receipts_outlive_a_change_of_the_secret_key(settings):
    text, old = receipt(), settings.SECRET_KEY
    settings.SECRET_KEY = "another-secret-key-of-this-site-0123456789"
    assert check(text).result == Result.NOT_OURS
    settings.SECRET_KEY_FALLBACKS = [old]
    assert check(text).result == Result.UNCHANGED


def test_the_code_fits_on_paper():
    lines = signature().lines
    assert max(map(len, lines)) == 60
    assert len(lines) == 3
    assert "".join(lines) == signature().code


@given(body=st.text(min_size=1), other=st.text())
def test_a_text_is_unchanged_exactly_where_it_reads_the_same(body, other):
    same = normal(body) == normal(other)
    expected = Result.UNCHANGED if same else Result.CHANGED
    assert check(receipt(other, signed=body)).result == expected


@given(st.text())
def test_whatever_is_pasted_gets_an_answer(words):
    assert check(words).result == Result.NOT_OURS
    assert check(words + signature().code).says == signature().says
