"""How much a message looks like spam: signs are counted, and a person decides (4.5, 4.9).

From `HandlingSettings.hold_above` on (5 at first) a message is held: it is stored, its sender gets
the same confirmation, and its clocks run, but no mail goes out until a person has looked.

There is no list of suspicious words. Who complains about a loan, a lottery or a medicine uses the
same words as who advertises them, and a list in one language would be blind in the other seven, or
unfair to them. Only the form of a text counts, and only what can be told in every script: capitals,
spaces, punctuation, emoji, length and bad language say nothing. What a person may do without
thinking of it stays below 5 on its own: it takes two such signs. Two things alone are enough, as
nobody does them who writes to us: a link in the notation of forums, and a link for a name.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

#: What staff read on a held message, by code. Codes are stored with cases: they never change.
SIGNS: Mapping[str, LazyText] = {
    "honeypot": _("a field that people do not see was filled in"),
    "too_fast": _("it was sent faster than a person can write"),
    "no_proof": _("the browser did not compute what was asked for while many messages came"),
    "busy_network": _("many messages came from the same network"),
    "forum_link": _("links in the notation of forums, such as [url=…]"),
    "name_link": _("a link in place of a name"),
    "only_links": _("nothing but links"),
    "bare_links": _("hardly a word between the links"),
    "html_link": _("links written as HTML"),
    "many_links": _("more than five links"),
    "same_link": _("the same link three times or more"),
    "hidden_link": _("a link that hides where it leads"),
    "invisible": _("invisible characters inside words"),
    "no_letters": _("not a single letter"),
    "repeats": _("the same line or letter over and over"),
}
POINTS: Mapping[str, int] = {
    "honeypot": 3,
    "too_fast": 2,
    # Below 5: who has no JavaScript can't compute, and is not held for that.
    "no_proof": 3,
    "busy_network": 2,
    "forum_link": 5,
    "name_link": 5,
    # Below 5: a single link may lead to a complaint in sign language.
    "only_links": 4,
    "bare_links": 3,
    "html_link": 3,
    "many_links": 2,
    "same_link": 2,
    "hidden_link": 2,
    "invisible": 3,
    "no_letters": 2,
    "repeats": 2,
}

MANY_LINKS = 6
SAME_LINK = 3
#: Letters for each link; fewer are hardly a word. In Chinese, ten make a sentence.
LETTERS_PER_LINK = 10
#: Fewer come along when text is copied from a web page.
INVISIBLE = 5
SAME_LINE, SAME_LETTER = 5, 80
#: Shorter lines may well come again, as in a list or a poem.
LINE = 10
SHORTENERS = frozenset(
    """
    bit.ly buff.ly clck.ru cutt.ly dwz.cn goo.gl han.gl is.gd me2.do ow.ly rb.gy rebrand.ly reurl.cc
    s.id shorturl.at soo.gd t.co t.ly tiny.cc tinyurl.com u.to v.gd vk.cc
    """.split()  # noqa: SIM905 - read more easily than quotes and commas
)

# Of ASCII where it can be: Chinese goes on without a space behind a link. The second kind has a
# host in another script.
_LINK = re.compile(
    r"(?:https?://|\bwww\.)(?:[!#-&*-;=?-Z\\^-z~]+|[^\s<>\"\[\]]{1,100})", re.IGNORECASE
)
_HOSTS = "|".join(map(re.escape, sorted(SHORTENERS)))
_SHORT_LINK = re.compile(rf"(?<![\w./@-])(?:{_HOSTS})/[A-Za-z0-9_-]+", re.IGNORECASE)
_FORUM_LINK = re.compile(r"\[(?:url|link)\s*[=\]]", re.IGNORECASE)
_HTML_LINK = re.compile(r"<a\s[^<>]{0,300}?href\s*=", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^<>]{0,300}>|\[/?[a-z]+[^\[\]]{0,300}\]", re.IGNORECASE)
# Between letters of scripts that never need them. Persian, Khmer, Indian scripts and emoji do;
# soft hyphens and marks of direction come from honest texts too.
_ALPHABET = r"[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]"
_INVISIBLE = re.compile(
    rf"(?<={_ALPHABET})[\u200b-\u200d\u2060-\u2064\u180e\ufeff]+(?={_ALPHABET})"
)
_SAME_LETTER = re.compile(rf"([^\W_])\1{{{SAME_LETTER - 1}}}")


@dataclass(frozen=True)
class Verdict:
    """What was found: codes of `SIGNS`, and their points together."""

    signs: tuple[str, ...] = ()
    score: int = 0


def judge(
    text: str,
    *,
    honeypot: bool,
    too_fast: bool,
    proof_missing: bool,
    network_busy: bool = False,
    names: Iterable[str] = (),
) -> Verdict:
    """Count the signs of spam in what somebody wrote and in how it came.

    `names` are what was given as names: they stand in the greeting of mails, so a link there would
    make us write advertisements to others.
    """
    found = {
        "honeypot": honeypot,
        "too_fast": too_fast,
        "no_proof": proof_missing,
        "busy_network": network_busy,
        "name_link": any(_LINK.search(name) for name in names),
    }
    seen = {code for code, is_there in found.items() if is_there} | set(_signs_in(text))
    signs = tuple(code for code in SIGNS if code in seen)
    return Verdict(signs=signs, score=sum(POINTS[code] for code in signs))


def _signs_in(text: str) -> Iterator[str]:
    links = [link.rstrip(".,;:!?'*)/").lower() for link in _LINK.findall(text)]
    links += [link.lower() for link in _SHORT_LINK.findall(_LINK.sub(" ", text))]
    words = _MARKUP.sub(" ", _SHORT_LINK.sub(" ", _LINK.sub(" ", text)))
    yield from _signs_of_links(links, sum(map(str.isalpha, words)))
    if _FORUM_LINK.search(text):
        yield "forum_link"
    if _HTML_LINK.search(text):
        yield "html_link"
    if len(_INVISIBLE.findall(text)) >= INVISIBLE:
        yield "invisible"
    if text.strip() and not any(map(str.isalpha, text)):
        yield "no_letters"
    if _SAME_LETTER.search(text) or _repeats_a_line(text):
        yield "repeats"


def _signs_of_links(links: list[str], letters: int) -> Iterator[str]:
    if not links:
        return
    if not letters:
        yield "only_links"
    if len(links) > 1 and letters < LETTERS_PER_LINK * len(links):
        yield "bare_links"
    if len(links) >= MANY_LINKS:
        yield "many_links"
    if max(Counter(links).values()) >= SAME_LINK:
        yield "same_link"
    if any(map(_is_hidden, links)):
        yield "hidden_link"


def _is_hidden(link: str) -> bool:
    """Behind a shortener, or at a public address without a name."""
    try:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return False
    if host.removeprefix("www.") in SHORTENERS:
        return True
    try:
        # Not private ones: a customer may well write about the router at home.
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _repeats_a_line(text: str) -> bool:
    lines = Counter(line for line in map(str.strip, text.splitlines()) if len(line) >= LINE)
    return any(count >= SAME_LINE for count in lines.values())
