"""What the words of a case are taken from, read in one query for any number of cases.

Never what is encrypted: e-mail, telephone and address. In SQL, because every action on a case asks:
putting the query together would take longer than the database does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from django.db import connection

ENTRY = 0
#: (case, part, place in it, text); what comes first is kept in any case: one with endless messages
#: is still found by its names.
STORED = """
SELECT case_id, 0 AS part, 0 AS place, digest AS said
    FROM conduct_complaints_searchentry WHERE case_id IN (%(ids)s)
UNION ALL SELECT c.id, 1, 0, c.subject || %(line)s || who.name || %(line)s
    || COALESCE(other.name, '') || %(line)s || c.order_number || %(line)s || c.product
    || %(line)s || c.place || %(line)s || c.description
    FROM conduct_complaints_case c
    JOIN conduct_complaints_party who ON who.id = c.complainant_id
    LEFT JOIN conduct_complaints_party other ON other.id = c.representative_id
    WHERE c.id IN (%(ids)s)
UNION ALL SELECT case_id, 2, number, summary || %(line)s || product || %(line)s || place
    || %(line)s || description
    FROM conduct_complaints_issue WHERE case_id IN (%(ids)s)
UNION ALL SELECT case_id, 3, id, body
    FROM conduct_complaints_message WHERE case_id IN (%(ids)s)
ORDER BY 1, 2, 3
"""
LINE = "\n"


def text_of_case(
    *, subject: str, name: str, description: str, representative: str = "", order_number: str = "",
    product: str = "", place: str = "",
) -> str:  # fmt: skip
    """What the query makes of a case with these values."""
    return LINE.join((subject, name, representative, order_number, product, place, description))


def text_of_issue(
    *, summary: str = "", product: str = "", place: str = "", description: str = ""
) -> str:
    return LINE.join((summary, product, place, description))


def texts_of(cases: Collection[int]) -> Iterator[tuple[int, str, list[str]]]:
    """Of each case its id, the digest that is known of it, and its texts: the case's own, then
    those of issues, then messages in their order."""
    if not cases:
        return
    ids = ", ".join(str(int(case)) for case in cases)
    with connection.cursor() as cursor:
        cursor.execute(STORED % {"ids": ids, "line": "'\n'"})
        rows = cursor.fetchall()
    for case, own in groupby(rows, key=itemgetter(0)):
        known, texts = "", []
        for _case, part, _place, said in own:
            if part == ENTRY:
                known = said
            else:
                texts.append(said)
        yield case, known, texts
