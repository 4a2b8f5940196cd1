"""What the words of a case are taken from, read in one query for any number of cases.

Never what is encrypted: e-mail, telephone and address. In SQL, because every action on a case asks:
putting the query together would take longer than the database does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from django.db import connection

LINE = "\n"
#: What people wrote, longer texts and single lines. A colleague named in it never sees the case.
OF_CASE = (
    "subject", "order_number", "product", "place", "description", "staff_named", "happened_when",
    "earlier_contact", "effect", "remedy_wanted", "elsewhere", "enclosures", "evidence_link",
)  # fmt: skip
OF_ISSUE = ("summary", "product", "place", "description", "happened_when")


def _lines(row: str, fields: Iterable[str]) -> str:
    """These columns of a row, one under the other. None of them is ever null."""
    return f" || '{LINE}' || ".join(f"{row}.{name}" for name in fields)


ENTRY = 0
#: (case, part, place in it, text); what comes first is kept in any case: one with endless messages
#: is still found by its names.
STORED = f"""
SELECT case_id, 0 AS part, 0 AS place, digest AS said
    FROM conduct_complaints_searchentry WHERE case_id IN (%(ids)s)
UNION ALL SELECT c.id, 1, 0, who.name || '{LINE}' || COALESCE(other.name, '') || '{LINE}'
    || {_lines("c", OF_CASE)}
    FROM conduct_complaints_case c
    JOIN conduct_complaints_party who ON who.id = c.complainant_id
    LEFT JOIN conduct_complaints_party other ON other.id = c.representative_id
    WHERE c.id IN (%(ids)s)
UNION ALL SELECT i.case_id, 2, i.number, {_lines("i", OF_ISSUE)}
    FROM conduct_complaints_issue i WHERE i.case_id IN (%(ids)s)
UNION ALL SELECT case_id, 3, id, text
    FROM conduct_complaints_extraanswer WHERE case_id IN (%(ids)s) AND text <> ''
UNION ALL SELECT case_id, 4, id, body
    FROM conduct_complaints_message WHERE case_id IN (%(ids)s)
ORDER BY 1, 2, 3
"""  # noqa: S608 - names of our own columns


def text_of_case(*, name: str, representative: str = "", **written: str) -> str:
    """What the query makes of a case with these values."""
    return LINE.join((name, representative, *(written.get(field, "") for field in OF_CASE)))


def text_of_issue(**written: str) -> str:
    return LINE.join(written.get(field, "") for field in OF_ISSUE)


def texts_of(cases: Collection[int]) -> Iterator[tuple[int, str, list[str]]]:
    """Of each case its id, the digest that is known of it, and its texts: the case's own, then
    those of issues, then answers to extra questions, then messages in their order."""
    if not cases:
        return
    ids = ", ".join(str(int(case)) for case in cases)
    with connection.cursor() as cursor:
        cursor.execute(STORED % {"ids": ids})
        rows = cursor.fetchall()
    for case, own in groupby(rows, key=itemgetter(0)):
        known, texts = "", []
        for _case, part, _place, said in own:
            if part == ENTRY:
                known = said
            else:
                texts.append(said)
        yield case, known, texts
