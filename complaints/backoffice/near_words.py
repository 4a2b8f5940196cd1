"""How near two texts are by the rare words they share. Knows no language and needs no index."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

#: So much of a text is looked at: the beginning says what it is about.
READ = 2000
SHORTEST = 4
#: Scripts without spaces between words: looked at in pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]+")
#: Of one text's weight, what has to be in the other, and in how many words.
NEAR, FEWEST = 0.35, 3

Tokens = frozenset[str]


def tokens(*texts: str) -> Tokens:
    """Words long enough to mean something, order numbers, pairs of Chinese characters."""
    text = unicodedata.normalize("NFKC", " ".join(texts)[:READ]).casefold()
    found: set[str] = set()
    for run in _UNSPACED.findall(text):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    spaced = _UNSPACED.sub(" ", text)
    for word in _WORD.findall(spaced):
        # A syllable of Hangul says as much as two letters.
        if len(word) >= SHORTEST or (len(word) > 1 and not word.isascii()):
            found.add(word)
    return frozenset(found)


def weights(texts: Collection[Tokens]) -> Mapping[str, float]:
    """What everybody writes weighs nothing, what two of many write weighs most."""
    counts = Counter(token for text in texts for token in text)
    return {token: math.log((len(texts) + 1) / count) for token, count in counts.items()}


def _weight(words: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(weight.get(word, 0.0) for word in words)


def nearness(one: Tokens, other: Tokens, weight: Mapping[str, float]) -> float:
    """0: nothing in common that is rare; 1: all that one of them says is in the other."""
    shared = one & other
    if len(shared) < FEWEST:
        return 0.0
    least = min(_weight(one, weight), _weight(other, weight))
    return _weight(shared, weight) / least if least > 0 else 0.0
