"""Keeping the words of cases, in the transaction that changes them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet

from complaints.models import Case
from complaints.search import database
from complaints.search.analyser import VERSION, words_of
from complaints.search.texts import texts_of

#: PostgreSQL takes a megabyte for one case; what comes last is left out.
MOST_BYTES = 500_000
LONGEST_DIGEST = 64
BATCH = 200
MENDED_AT_ONCE = 2000
#: So long nobody looks for words of another version again, once there were none: that reads all.
#: Not for good: a backup, or a process that was not replaced yet, may bring some back.
ALL_ARE_NEW, A_DAY = "conduct-search-all-new-{version}", 24 * 3600
STORE = """INSERT INTO conduct_complaints_searchentry (case_id, words, digest) VALUES (%s, %s, %s)
ON CONFLICT (case_id) DO UPDATE SET words = excluded.words, digest = excluded.digest"""


def keep_words(case: int) -> None:
    """Keep what this case can be found by; the caller has changed it or locked its row.

    One query where nothing was written that words are taken from, else two.
    """
    keep_words_of([case])


def keep_words_of(cases: Collection[int], *, anew: bool = False) -> int:
    """The same for several cases; how many were written. `anew`: whether or not they changed."""
    entries: list[tuple[int, str, str]] = []
    for case, known, texts in texts_of(cases):
        digest = digest_of(texts)
        # Words are made only where they are needed: the digest costs nothing beside them.
        if anew or digest != known:
            entries.append((case, comparable(texts), digest))
    if entries:
        with connection.cursor() as cursor:
            cursor.executemany(STORE, entries)
    return len(entries)


def digest_of(texts: Iterable[str]) -> str:
    """Tells whether the words were made of these texts, by this analyser: that stands in front."""
    digest = hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()
    return f"{_version()}{digest}"[:LONGEST_DIGEST]


def _version() -> str:
    return f"{VERSION}:"


def comparable(texts: Iterable[str]) -> str:
    """The words of the texts, as many as one case may have."""
    room = MOST_BYTES
    words: set[str] = set()
    for text in texts:
        for word in words_of(text):
            if word not in words:
                room -= len(word.encode()) + 1
                if room < 0:
                    return joined(words)
                words.add(word)
    return joined(words)


def joined(words: Iterable[str]) -> str:
    """As they are stored: the same words are the same text."""
    return " ".join(sorted(words))


def rebuild(progress: Callable[[int], None] = lambda done: None) -> int:
    """Make the words of all cases anew, a batch at a time; how many cases there are."""
    database.mend(connection)
    done = last = 0
    while batch := _next_cases(Case.objects.filter(pk__gt=last)):
        done += _keep_locked(batch)
        last = batch[-1]
        progress(done)
    return done


def mend(limit: int = MENDED_AT_ONCE) -> int:
    """Make the words of some cases that have none or those of another version: they were there
    before, or written in bulk.
    """
    all_are_new = ALL_ARE_NEW.format(version=VERSION)
    waiting = _without_words() if cache.get(all_are_new) else _without_new_words()
    done = last = 0
    while done < limit:
        batch = _next_cases(waiting.filter(pk__gt=last))
        if not batch:
            cache.add(all_are_new, value=True, timeout=A_DAY)
            break
        done += _keep_locked(batch)
        last = batch[-1]
    return done


def _without_words() -> QuerySet[Case]:
    return Case.objects.filter(search_entry=None)


def _without_new_words() -> QuerySet[Case]:
    """Without any words, too."""
    return Case.objects.exclude(search_entry__digest__startswith=_version())


def _next_cases(cases: QuerySet[Case]) -> list[int]:
    return list(cases.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _keep_locked(cases: list[int]) -> int:
    """While nobody changes them, so that older words never replace newer ones."""
    with transaction.atomic():
        locked = Case.objects.locked().filter(pk__in=cases).order_by("pk")
        return keep_words_of(list(locked.values_list("pk", flat=True)), anew=True)
