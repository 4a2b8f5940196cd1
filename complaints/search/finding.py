"""Cases that have the words somebody looks for, fast for rare words and bounded for common ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from complaints.models.case import CaseQuerySet
from complaints.search.analyser import Query
from complaints.search.database import AMONG, MATCHING, SOME, expression

#: Words that no more cases than these have are looked up in the index, and all are found.
EXACT = 2000
#: Commoner words are looked for in so many cases only, the first ones of the list …
FIRST = 2000
#: … and no further than to this many hits: nobody reads on, and each hit is sorted with every page.
ENOUGH = 500


@dataclass(frozen=True)
class Found:
    """The cases found. `looked_in`: how many were looked at, where that was not all of them."""

    cases: CaseQuerySet
    looked_in: int = 0


def find(cases: CaseQuerySet, query: Query, order: Sequence[str]) -> Found:
    """Those of the cases that have all the words. They are narrowed before to what may be found.

    A rare word is read from the index, a common one is looked for in the order of the list, until
    enough cases were looked at: neither way alone is fast for both.
    """
    asked = expression(query)
    ids = _ids(SOME, words=asked, limit=EXACT + 1)
    if len(ids) <= EXACT:
        return Found(cases.filter(pk__in=ids))
    first = list(cases.order_by(*order).values_list("pk", flat=True)[: FIRST + 1])
    hits = _among(first[:FIRST], asked)
    if len(first) <= FIRST:
        # All were looked at.
        return Found(cases.filter(pk__in=hits))
    hits, looked_in = hits[:ENOUGH], FIRST
    if len(hits) == ENOUGH:
        looked_in = first.index(hits[-1]) + 1
    return Found(cases.filter(pk__in=hits), looked_in)


def _among(looked_at: list[int], asked: str) -> list[int]:
    """Those that have the words, in the same order."""
    among: Any = json.dumps(looked_at) if connection.vendor == "sqlite" else looked_at
    found = set(_ids(AMONG, words=asked, ids=among))
    return [pk for pk in looked_at if pk in found]


def find_all(cases: CaseQuerySet, query: Query) -> CaseQuerySet:
    """All of them however many, as a part of the caller's own query: for exports."""
    return cases.filter(pk__in=RawSQL(MATCHING[connection.vendor], [expression(query)]))  # noqa: S611 - our own SQL


def _ids(statements: Mapping[str, str], **parameters: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor], parameters)
        return [row[0] for row in cursor.fetchall()]
