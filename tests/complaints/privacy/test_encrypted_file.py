"""Files at rest: encrypted in pieces, whole or not at all."""

import tracemalloc

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.privacy.encrypted_file import PIECE, decrypted, encrypted

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


def content(size):
    return bytes(number * 7 % 251 for number in range(size))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_encrypted_comes_back(size):
    plain = content(size)
    stored = encrypted(ContentFile(plain))
    file = decrypted(stored, size=size)
    assert file.size == size
    assert b"".join(file.chunks()) == plain
    # Twice, as when it is first measured and then copied.
    file.seek(0)
    assert file.read() == plain


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3 * PIECE), st.integers(0, 2 * PIECE)), max_size=6))
def test_it_is_read_like_any_file(reads):
    plain = content(2 * PIECE + 100)
    file = decrypted(encrypted(ContentFile(plain)), size=len(plain))
    for start, count in reads:
        file.seek(start)
        assert file.read(count) == plain[start : start + count]


def pieces_of(stored):
    data = stored.read()
    pieces = []
    while data:
        length = 4 + int.from_bytes(data[:4], "big")
        pieces.append(data[:length])
        data = data[length:]
    return pieces


def left_out(pieces):
    return [pieces[0], pieces[2]]


def swapped(pieces):
    return [pieces[1], pieces[0], pieces[2]]


def cut_off(pieces):
    return pieces[:2]


def cut_inside(pieces):
    return [*pieces[:2], pieces[2][:-9]]


def changed(pieces):
    return [pieces[0], pieces[1][:50] + b"AA" + pieces[1][52:], pieces[2]]


def announced_as_huge(pieces):
    return [b"\xff\xff\xff\xff", *pieces]


@pytest.mark.parametrize(
    "damage", [left_out, swapped, cut_off, cut_inside, changed, announced_as_huge]
)
def test_a_changed_file_can_not_be_read_to_its_end(damage):
    stored = encrypted(ContentFile(content(2 * PIECE + 100)))
    file = decrypted(ContentFile(b"".join(damage(pieces_of(stored)))), size=0)
    with pytest.raises(OSError, match="encrypted file"):
        file.read()


def test_another_key_does_not_open_it(settings):
    stored = encrypted(ContentFile(b"words"))
    settings.CONDUCT_FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(OSError, match="can't be read"):
        decrypted(stored, size=5).read()


def test_a_large_file_never_has_to_fit_into_memory():
    source = ContentFile(bytes(10 * 1024 * 1024))
    tracemalloc.start()
    read = sum(len(chunk) for chunk in decrypted(encrypted(source), size=0).chunks())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 10 * 1024 * 1024
    assert most < 3 * 1024 * 1024
