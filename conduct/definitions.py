"""Terms that explain themselves where they are used (ISO 10001:2018, 6.4 d; WCAG 1.4.13).

A term is a button that opens its meaning as a native popover: reached with Tab, closed with Esc,
without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, NavigableString
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_SKIPPED = {"a", "button", "h2", "h3", "h4"}


def definition_html(term: str, meaning: str, identifier: str) -> SafeString:
    """The button and its popover; both may stand inside a paragraph."""
    return format_html(
        '<button type="button" class="term" popovertarget="{}">{}</button>'
        '<span class="term__meaning" id="{}" popover role="note">{}</span>',
        identifier,
        term,
        identifier,
        meaning,
    )


def mark_terms(html: str, definitions: Iterable[tuple[str, str]], prefix: str) -> SafeString:
    """Explain the first use of each defined term in a piece of HTML that we made ourselves."""
    terms = {term.casefold(): (term, meaning) for term, meaning in definitions if term}
    if not terms:
        return mark_safe(html)
    pattern = _pattern(terms)
    soup = BeautifulSoup(html, "html.parser")
    for node in list(soup.find_all(string=True)):
        if any(parent.name in _SKIPPED for parent in node.parents):
            continue
        _mark_node(node, pattern, terms, prefix)
        if not terms:
            break
    return mark_safe(str(soup))


def _pattern(terms: dict[str, tuple[str, str]]) -> re.Pattern[str]:
    longest_first = sorted((term for term, _ in terms.values()), key=len, reverse=True)
    # A boundary is asked for only beside letters of spaced scripts.
    parts = [
        (r"\b" if _is_spaced(term[0]) else "")
        + re.escape(term)
        + (r"\b" if _is_spaced(term[-1]) else "")
        for term in longest_first
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


def _is_spaced(character: str) -> bool:
    # From Kana upwards (Han, Hangul) words or their particles follow without a space.
    return character.isalnum() and ord(character) < 0x3040


def _mark_node(
    node: NavigableString,
    pattern: re.Pattern[str],
    terms: dict[str, tuple[str, str]],
    prefix: str,
) -> None:
    text = str(node)
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(text):
        found = terms.pop(match.group().casefold(), None)
        if found is None:
            continue
        pieces.append(format_html("{}", text[position : match.start()]))
        pieces.append(definition_html(match.group(), found[1], f"{prefix}-{len(terms)}"))
        position = match.end()
    if not pieces:
        return
    pieces.append(format_html("{}", text[position:]))
    fragment = BeautifulSoup("".join(pieces), "html.parser")
    node.replace_with(*list(fragment.contents))
