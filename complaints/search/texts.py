"""What the words of a case are taken from, read in one query for any number of cases.

Never what is encrypted: e-mail, telephone and address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat

from complaints.models import Case, Issue, Message, SearchEntry

#: What comes first is kept in any case: a case with endless messages is still found by its names.
FIELDS_OF_CASE = (
    "subject", "complainant__name", "representative__name", "order_number", "product", "place",
    "description",
)  # fmt: skip
FIELDS_OF_ISSUE = ("summary", "product", "place", "description")
ENTRY, CASE, ISSUE, MESSAGE = range(4)


def text_of_case(**values: str) -> str:
    """What the query below makes of a case with these values and no others."""
    return "".join(f"{values.get(name, '')}\n" for name in FIELDS_OF_CASE)


def text_of_issue(**values: str) -> str:
    return "".join(f"{values.get(name, '')}\n" for name in FIELDS_OF_ISSUE)


def texts_of(cases: Collection[int]) -> Iterator[tuple[int, str, list[str]]]:
    """Of each case its id, the digest that is known of it, and its texts: the case's own, then
    those of issues, then messages in their order."""
    for case, rows in groupby(_rows(cases), key=itemgetter(0)):
        known, texts = "", []
        for _case, part, _place, said in rows:
            if part == ENTRY:
                known = said
            else:
                texts.append(said)
        yield case, known, texts


def _rows(cases: Collection[int]) -> QuerySet[Any, Any]:
    """(case, part, place in it, text), in this order."""
    entries = SearchEntry.objects.filter(case__in=cases)
    own = Case.objects.filter(pk__in=cases)
    issues = Issue.objects.filter(case__in=cases)
    messages = Message.objects.filter(case__in=cases)
    rows = _columns(entries, ENTRY, "case_id", "case_id", F("digest")).union(
        _columns(own, CASE, "pk", "pk", _lines(FIELDS_OF_CASE)),
        _columns(issues, ISSUE, "case_id", "number", _lines(FIELDS_OF_ISSUE)),
        _columns(messages, MESSAGE, "case_id", "pk", F("body")),
        all=True,
    )
    return rows.order_by("of_case", "part", "of_place")


def _columns(
    rows: QuerySet[Any], part: int, case: str, place: str, text: Any
) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(
        of_case=F(case), part=Value(part), of_place=F(place), said=text
    )
    return named.values_list("of_case", "part", "of_place", "said")


def _lines(fields: tuple[str, ...]) -> Concat:
    """The fields one below the other, an empty line for one that is missing."""
    parts: list[Any] = []
    line_end = Value("\n", TextField())
    for name in fields:
        parts += [Coalesce(name, Value(""), output_field=TextField()), line_end]
    return Concat(*parts, output_field=TextField())
