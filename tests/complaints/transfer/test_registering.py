"""A further table is one short class; keys may have several parts and name people."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import Case, Team, TeamMember
from complaints.transfer.importing import carry_out, preview
from complaints.transfer.resource import VocabularyResource
from tests import people
from tests.complaints.transfer.conftest import table

pytestmark = pytest.mark.django_db


class MemberTable(VocabularyResource):
    """Not registered: teams have a table of their own."""

    class Meta:
        model = TeamMember
        key = ("team", "user")
        columns = ("team", "user", "is_lead", "authority_limit")
        personal = True


def test_a_row_may_be_known_by_several_columns(quality: Any) -> None:
    care, bills = (Team.objects.create(name=name) for name in ("Care", "Bills"))
    kim, lee = (people.make_user(name) for name in ("kim", "lee"))
    people.join(kim, care)
    people.join(kim, bills)
    rows = table(
        MemberTable().table()[0],
        ["Care", "kim", "yes", "10"], ["Bills", "kim", "no", "0"], ["Bills", "lee", "", "5"],
    )  # fmt: skip
    found = preview(MemberTable, rows)
    assert (found.problems, found.unchanged) == ([], 1)
    assert [(c.name, c.is_new) for c in found.changes] == [
        ("Care · kim", False), ("Bills · lee", True),
    ]  # fmt: skip
    carry_out(MemberTable, rows, digest=found.digest, user=quality)
    assert set(TeamMember.objects.values_list("team", "user", "is_lead", "authority_limit")) == {
        (care.pk, kim.pk, True, 10), (bills.pk, kim.pk, False, 0), (bills.pk, lee.pk, False, 5),
    }  # fmt: skip
    _headings, written = MemberTable().table()
    assert preview(MemberTable, table(_headings, *written)).unchanged == 3


def test_what_a_key_names_must_be_there() -> None:
    Team.objects.create(name="Care")
    rows = table(["team", "user"], ["Care", "nobody"], ["Nowhere", ""], ["", ""])
    problems = [(p.line, p.words) for p in preview(MemberTable, rows).problems]
    assert problems == [
        (2, "Person: There is no account “nobody”."),
        (3, "Team: There is no team “Nowhere”."),
        (3, "Person: This is needed."),
        (4, "Team: This is needed."),
        (4, "Person: This is needed."),
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_people_are_read_together(rows: int) -> None:
    team = Team.objects.create(name="Care")
    for number in range(rows):
        people.join(people.make_user(f"u{number}"), team)
    with CaptureQueriesContext(connection) as queries:
        headings, written = MemberTable().table()
    assert (len(written), len(queries)) == (rows, 3)
    with CaptureQueriesContext(connection) as queries:
        assert preview(MemberTable, table(headings, *written)).unchanged == rows
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 4


def test_a_field_that_nobody_can_write_into_a_cell_is_noticed_at_once() -> None:
    class CaseTable(VocabularyResource):
        class Meta:
            model = Case
            columns = ("received_at",)

    with pytest.raises(ImproperlyConfigured):
        CaseTable()

    class Typo(VocabularyResource):
        class Meta:
            model = Team
            columns = ("nmae",)

    with pytest.raises(ImproperlyConfigured):
        Typo()
