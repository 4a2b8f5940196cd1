"""Text to words that can be compared: without accents and case, and in pieces of two characters
where a script has no spaces.

"quay roi" finds "quấy rối", "괴롭" finds "괴롭힘", "工资" finds a text that contains it. What comes
out has letters, digits and the marks that some letters need, and nothing that any database takes
for a sign of its query language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

#: Goes up with every change that gives other words, here or in what they are taken from: what was
#: kept before is then made anew, when the case changes or by `indexing.mend`.
VERSION = 2
#: Longer words are cut, in texts and in what is looked for alike.
LONGEST_WORD = 40
#: What anybody types by hand; the rest is left out.
LONGEST_QUERY = 200
MOST_WORDS_ASKED = 16
#: Fewer letters begin too many words.
SHORTEST_BEGINNING = 3

#: Scripts without spaces between words, and Hangul, whose words have endings: Thai, Lao, Myanmar,
#: Khmer, Kana, Han (with what is beyond the basic plane), Hangul syllables and jamo.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
_RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED} ]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")

#: Letters that don't come apart into a plain letter and a mark.
_PLAIN = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
    "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss",
    # Alef with a joining sign, ya without dots, ta marbuta, Persian ya and kaf.
    "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك",
}  # fmt: skip
#: The Arabic article, alone or after "and", "with", "like", "so"; and joined to "for".
_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=..)")


@dataclass(frozen=True)
class Query:
    """What to look for: every word, and words that begin with each of the beginnings."""

    words: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings)


def words_of(text: str) -> Iterator[str]:
    """The words of a text as they are kept, repetitions included."""
    for run, is_unspaced in _runs(text):
        if is_unspaced:
            yield from (run[i : i + 2] for i in range(len(run)))
        else:
            yield run


def query_of(typed: str) -> Query:
    """What somebody looks for; the last word may still be in the making."""
    words: list[str] = []
    beginnings: list[str] = []
    runs = list(_runs(typed[:LONGEST_QUERY]))
    for place, (run, is_unspaced) in enumerate(runs, 1):
        if is_unspaced and len(run) > 1:
            words += (run[i : i + 2] for i in range(len(run) - 1))
        elif is_unspaced or (place == len(runs) and len(run) >= SHORTEST_BEGINNING):
            # A single character begins a pair, or is kept as the last of its run.
            beginnings.append(run)
        else:
            words.append(run)
    return Query(_first(words), _first(beginnings))


def _first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:MOST_WORDS_ASKED]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Words with spaces around them, and whole runs of scripts without; True for the latter."""
    for match in _RUNS.finditer(_folded(text)):
        run = match[0]
        if is_unspaced := _UNSPACED.match(run) is not None:
            yield run, is_unspaced
        else:
            yield _ARTICLE.sub("", run)[:LONGEST_WORD], is_unspaced


def _folded(text: str) -> str:
    """Without case, width, accents and all that is no part of a word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_left_out)
    folded = text.casefold().translate(_compared)
    # Puts Hangul together again.
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


class _Table(dict[int, str | None]):
    """What becomes of each character; found out when it is first met."""

    def __init__(self, becomes: Callable[[str], str | None]) -> None:
        super().__init__()
        self.becomes = becomes

    def __missing__(self, code: int) -> str | None:
        becomes = self.becomes(chr(code))
        # Bounded: what people write with is on the basic plane.
        if code < 0x10000:
            self[code] = becomes
        return becomes


def _without_marks(character: str) -> str | None:
    """Leaves out accents, vowel signs of Arabic and Hebrew, tones of Thai, stretching, invisible
    signs.

    Not what makes another letter: the voicing of Kana, the virama and nukta of Indian scripts
    (combining classes 7 to 9).
    """
    combining = unicodedata.combining(character)
    is_left_out = combining not in {7, 8, 9} if combining else _is_invisible(character)
    return None if is_left_out else character


def _is_invisible(character: str) -> bool:
    return character == "ـ" or unicodedata.category(character) == "Cf"


def _as_compared(character: str) -> str:
    """A plain letter, or a space for what is no part of a word."""
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return _PLAIN.get(character, character)
    return " "


_left_out, _compared = _Table(_without_marks), _Table(_as_compared)
