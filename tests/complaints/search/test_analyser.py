"""What becomes of words, in eight languages and of what is no word at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.search.analyser import LONGEST_WORD, MOST_WORDS_ASKED, Query, query_of, words_of

#: text -> its words
WORDS = {
    "en": ("The driver's SHEET, No. 7", ["the", "driver", "s", "sheet", "no", "7"]),
    "vi": ("Bị quấy rối ở Đà Nẵng", ["bi", "quay", "roi", "o", "da", "nang"]),
    "zh": ("拖欠工资。", ["拖欠", "欠工", "工资", "资"]),
    "ko": ("괴롭힘을 신고", ["괴롭", "롭힘", "힘을", "을", "신고", "고"]),
    "fr": ("L’œuvre déçue", ["l", "oeuvre", "decue"]),
    "es": ("¿Mañana? Sí", ["manana", "si"]),
    "de": ("Straße, Größe", ["strasse", "grosse"]),
    "ar": ("الطردُ وُعدت بالتأخير إلى المدرسة", ["طرد", "وعدت", "تاخير", "الي", "مدرسه"]),
    "ja": ("ｶﾞﾗｽが", ["ガラ", "ラス", "スが", "が"]),
    "th": ("ที่นี่", ["ที", "ีน", "นี", "ี"]),
    "tr": ("İstanbul", ["istanbul"]),
    "hi": ("हिन्दी", ["हिन्दी"]),
    "mixed": ("iPhone15手机", ["iphone15", "手机", "机"]),
    "wide": ("ＡＢ－１２", ["ab", "12"]),
    "number": ("C-1234/5_6", ["c", "1234", "5", "6"]),
    "invisible": ("so\u00adft zero\u200bwidth", ["soft", "zerowidth"]),
    "signs": ("%*:&|!()<->'\"\\\0 😀 \ud800", []),
}


@pytest.mark.parametrize(("text", "words"), WORDS.values(), ids=WORDS)
def test_a_text_becomes_words(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


#: typed, in a text, whether it is found there
FINDS = [
    ("quay roi", "Tôi bị quấy rối", True),
    ("QUẤY RỐI", "Toi bi quay roi", True),
    ("rối quấy", "Tôi bị quấy rối", True),
    ("da nang", "Đà Nẵng", True),
    ("괴롭", "괴롭힘을 당했다", True),
    ("롭힘", "괴롭힘을 당했다", True),
    ("괴담", "괴롭힘을 당했다", False),
    ("돈", "밀린 돈", True),
    ("工资", "公司拖欠工资三个月", True),
    ("资", "公司拖欠工资", True),
    ("资工", "公司拖欠工资", False),
    ("par", "The parcel is wet", True),
    ("the par", "The parcel is wet", True),
    # Only the last word may be unfinished; and two letters begin too many.
    ("par wet", "The parcel is wet", False),
    ("pa", "The parcel is wet", False),
    ("is", "The parcel is wet", True),
    ("arcel", "The parcel is wet", False),
    ("resume", "Mon résumé", True),
    ("STRASSE", "straße", True),
    ("strasse", "Straße", True),
    ("طرد", "تُرك الطرد تحت المطر", True),
    ("الطرد", "وصل طرد", True),
    ("أحمد", "احمد", True),
    ("مدرسه", "مدرسة", True),
    ("على", "علي", True),
    ("rain parcel", "The parcel is wet", False),
]


@pytest.mark.parametrize(("typed", "text", "is_found"), FINDS)
def test_what_is_typed_is_found(typed: str, text: str, is_found: bool) -> None:
    words, query = set(words_of(text)), query_of(typed)
    found = bool(query) and words >= set(query.words)
    found = found and all(any(w.startswith(b) for w in words) for b in query.beginnings)
    assert found is is_found


def test_a_query_is_bounded() -> None:
    many = query_of(" ".join(f"w{number}" for number in range(3000)))
    assert (len(many.words), len(many.beginnings)) == (MOST_WORDS_ASKED, 0)
    assert query_of("x" * 10_000) == Query((), ("x" * LONGEST_WORD,))
    assert list(words_of("x" * 10_000)) == ["x" * LONGEST_WORD]
    assert query_of("") == query_of("😀 %*") == Query()
    assert not Query()


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_words_hold_nothing_that_a_database_could_take_for_a_sign(text: str) -> None:
    query = query_of(text)
    for word in (*words_of(text), *query.words, *query.beginnings):
        assert 0 < len(word) <= LONGEST_WORD
        assert not re.search(r"[\s\0'\"\\%*:&|!()<>\-^.,;$?{}\[\]]", word)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_every_text_is_found_by_itself(text: str) -> None:
    words, query = set(words_of(text)), query_of(text)
    assert words >= set(query.words)
    assert all(any(word.startswith(b) for word in words) for b in query.beginnings)
