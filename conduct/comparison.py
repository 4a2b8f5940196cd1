"""What changed between two texts, word by word, in any script.

Pure functions on strings: `compare` never loses a character, so the equal and deleted pieces
joined give the first text and the equal and inserted ones the second.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext


class Operation(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    operation: Operation
    text: str


# Scripts written without spaces between words: each character stands for itself.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # Kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_JOINERS = "\u200c\u200d’'"


def tokens(text: str) -> list[str]:
    """Cut a text into words, spaces, signs and, in unspaced scripts, single characters.

    Joined, the pieces are the text again.
    """
    pieces: list[str] = []
    previous = ""
    for character in text:
        kind = _kind(character, previous)
        if pieces and kind == previous and kind in {"word", "space"}:
            pieces[-1] += character
        elif pieces and kind == "mark":
            pieces[-1] += character  # belongs to the letter before it
            continue
        else:
            pieces.append(character)
        previous = kind
    return pieces


def compare(before: str, after: str) -> list[Change]:
    """The pieces that lead from one text to the other, in order, deleted before inserted."""
    return _merge(_changes(tokens(before), tokens(after)))


def compare_html(before: str, after: str) -> SafeString:
    """The comparison as HTML: `<del>` and `<ins>`, each also said in words for screen readers."""
    return format_html_join("", "{}", ((_html(change),) for change in compare(before, after)))


def align(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Pair the paragraphs of two texts; a paragraph without partner is paired with an empty one."""
    pairs: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs.extend(zip(before[i1:i2], after[j1:j2], strict=True))
        else:
            pairs.extend(_pair(before[i1:i2], after[j1:j2]))
    return pairs


def _pair(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    length = max(len(before), len(after))
    for index in range(length):
        yield (
            before[index] if index < len(before) else "",
            after[index] if index < len(after) else "",
        )


def _kind(character: str, previous: str) -> str:
    category = unicodedata.category(character)
    code = ord(character)
    if category.startswith("M"):
        return "mark"
    if any(low <= code <= high for low, high in _UNSPACED):
        return "single"
    if category[0] in "LN":
        return "word"
    if character in _JOINERS and previous == "word":
        return "word"
    return "space" if character.isspace() else "sign"


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    yield Change(Operation.EQUAL, "".join(before[:start]))
    middle_before = before[start : len(before) - end]
    middle_after = after[start : len(after) - end]
    matcher = SequenceMatcher(None, middle_before, middle_after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Change(Operation.EQUAL, "".join(middle_before[i1:i2]))
            continue
        yield Change(Operation.DELETE, "".join(middle_before[i1:i2]))
        yield Change(Operation.INSERT, "".join(middle_after[j1:j2]))
    yield Change(Operation.EQUAL, "".join(before[len(before) - end :]))


def _merge(changes: Iterator[Change]) -> list[Change]:
    """Drop empty pieces and join neighbours; a lone space between changes joins those too."""
    kept = [change for change in changes if change.text]
    merged: list[Change] = []
    deleted = inserted = ""

    def flush() -> None:
        nonlocal deleted, inserted
        if deleted:
            merged.append(Change(Operation.DELETE, deleted))
        if inserted:
            merged.append(Change(Operation.INSERT, inserted))
        deleted = inserted = ""

    for index, change in enumerate(kept):
        if change.operation == Operation.DELETE:
            deleted += change.text
        elif change.operation == Operation.INSERT:
            inserted += change.text
        elif change.text.isspace() and deleted and inserted and index + 1 < len(kept):
            deleted += change.text
            inserted += change.text
        else:
            flush()
            if merged and merged[-1].operation == Operation.EQUAL:
                merged[-1] = Change(Operation.EQUAL, merged[-1].text + change.text)
            else:
                merged.append(change)
    flush()
    return merged


def _html(change: Change) -> SafeString:
    if change.operation == Operation.EQUAL:
        return format_html("{}", change.text)
    if change.operation == Operation.INSERT:
        tag, start, end = "ins", gettext("added:"), gettext("end of what was added")
    else:
        tag, start, end = "del", gettext("removed:"), gettext("end of what was removed")
    return format_html(
        '<{}><span class="visually-hidden"> {} </span>{}'
        '<span class="visually-hidden"> ({}) </span></{}>',
        tag,
        start,
        change.text,
        end,
        tag,
    )
